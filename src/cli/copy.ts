import { access } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { OperatorError } from '../errors.ts';
import { showProgress } from '../observability/progress.ts';
import { sqliteFileOf, openPlace } from '../startup/open-database.ts';
import { copyDatabase, type CopyResult } from '../storage/database/copy-database.ts';
import type { Database } from '../storage/database/database.ts';

const usage = 'Usage: npx broadsheet copy --from PLACE --to PLACE, where a PLACE is sqlite:FILE or postgres://USER:PASSWORD@HOST:5432/DATABASE';

/** `copy --from PLACE --to PLACE`: copies the whole site into another, empty database of either kind. */
export async function copy(args: string[]): Promise<void> {
  const { from, to } = parseArgs({ args, options: { from: { type: 'string' }, to: { type: 'string' } } }).values;
  if (!from || !to) throw new OperatorError(usage);
  if (from === to) throw new OperatorError('--from and --to are the same database. Choose another one for --to.');
  const file = sqliteFileOf(from);
  // Opening a missing database would create an empty one.
  if (file !== undefined && !(await access(file).then(() => true, () => false))) throw new OperatorError(`--from=sqlite:${file} does not exist. Check the path of the file.`);

  const config = readConfig();
  const source = await openPlace(from, '--from', config);
  try {
    const target = await openPlace(to, '--to', config);
    try {
      const result = await copyAll(source, target);
      if ('refused' in result) throw new OperatorError(refusalOf(result));
      console.log(`${result.rows} rows copied and verified`);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function copyAll(source: Database, target: Database): Promise<CopyResult> {
  const progress = showProgress('copied');
  try {
    return await copyDatabase(source, target, Date.now(), progress.show);
  } catch (error) {
    const isDatabaseError = source.troubleOf(error) !== undefined || target.troubleOf(error) !== undefined || (error instanceof Error && 'code' in error);
    if (!isDatabaseError) throw error;
    throw new OperatorError(`The copy failed (${error instanceof Error ? error.message : error}). Fix the cause and run the copy again; it will start from the beginning.`, { cause: error });
  } finally {
    progress.end();
  }
}

function refusalOf(result: Extract<CopyResult, { refused: string }>): string {
  return result.refused === 'different' ? `The rows of the table ${result.table} differ between --from and --to after the copy. Run the copy again.` : refusals[result.refused];
}

const refusals = {
  empty: 'The --from database contains no site. Nothing was changed.',
  unfinished: 'The --from database contains only part of a site, because a copy into it did not finish. Run that copy again, or use another database.',
  'not empty': 'The --to database already contains a site. Nothing was changed. Use an empty database.',
  overtaken: 'Another copy into the --to database was started, so this one stopped.',
};
