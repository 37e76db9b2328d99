import { access } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { OperatorError } from '../errors.ts';
import { showProgress } from '../observability/progress.ts';
import { fileOf, openPlace } from '../startup/open-database.ts';
import { copyDatabase, type CopyResult } from '../storage/database/copy-database.ts';
import type { Database } from '../storage/database/database.ts';

const usage = 'Say from where and to where: npx broadsheet copy --from sqlite:FILE --to postgres://USER:PASSWORD@HOST:5432/DATABASE, or the other way round';

/** `copy --from PLACE --to PLACE`: the whole site in another database, of the same kind or the other. */
export async function copy(args: string[]): Promise<void> {
  const { from, to } = parseArgs({ args, options: { from: { type: 'string' }, to: { type: 'string' } } }).values;
  if (!from || !to) throw new OperatorError(`${usage}.`);
  if (from === to) throw new OperatorError('That is one and the same place.');
  const file = fileOf(from);
  // Opening it would make an empty one.
  if (file !== undefined && !(await access(file).then(() => true, () => false))) throw new OperatorError(`There is no ${file}.`);

  const config = readConfig();
  const source = await openPlace(from, '--from', config);
  try {
    const target = await openPlace(to, '--to', config);
    try {
      const result = await copyAll(source, target);
      if ('refused' in result) throw new OperatorError(refusalOf(result));
      console.log(`${result.rows} rows copied, and found the same`);
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
    const isTheirs = source.troubleOf(error) !== undefined || target.troubleOf(error) !== undefined || (error instanceof Error && 'code' in error);
    if (!isTheirs) throw error;
    throw new OperatorError(`The copy has not come to its end (${error instanceof Error ? error.message : error}): mend that, and copy again. It begins anew.`, { cause: error });
  } finally {
    progress.end();
  }
}

function refusalOf(result: Extract<CopyResult, { refused: string }>): string {
  return result.refused === 'different' ? `What has arrived in ${result.table} is not what was sent: copy again.` : refusals[result.refused];
}

const refusals = {
  empty: 'The database of --from holds no site, and nothing was changed.',
  unfinished: 'The database of --from holds a part of a site only, for a copy into it has not ended: copy into it again, or name another.',
  'not empty': 'The database of --to holds a site already, and nothing was changed: name an empty one.',
  overtaken: 'Another copy into the database of --to has begun meanwhile, and this one has stopped.',
};
