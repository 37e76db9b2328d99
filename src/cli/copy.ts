import { access } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { OperatorError } from '../errors.ts';
import { openPlace } from '../open-database.ts';
import { copyDatabase, type CopyResult } from '../storage/copy-database.ts';
import { showProgress } from './progress.ts';

const usage = 'Say from where and to where: npx broadsheet copy --from sqlite:FILE --to postgres://USER:PASSWORD@HOST:5432/DATABASE, or the other way round';

/** `copy --from PLACE --to PLACE`: the whole site in another database, of the same kind or the other. */
export async function copy(args: string[]): Promise<void> {
  const { from, to } = parseArgs({ args, options: { from: { type: 'string' }, to: { type: 'string' } } }).values;
  if (!from || !to) throw new OperatorError(`${usage}.`);
  if (from === to) throw new OperatorError('That is one and the same place.');
  const file = from.startsWith('sqlite:') ? path.resolve(from.slice('sqlite:'.length)) : undefined;
  if (file !== undefined && !(await access(file).then(() => true, () => false))) throw new OperatorError(`There is no ${file}.`);

  const config = readConfig();
  const source = await openPlace(from, config);
  try {
    const target = await openPlace(to, config);
    try {
      const progress = showProgress('copied');
      const result = await copyDatabase(source, target, Date.now(), progress.show);
      progress.end();
      if ('refused' in result) throw new OperatorError(refusalOf(result));
      console.log(`${result.rows} rows copied, and found the same`);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

function refusalOf(result: Extract<CopyResult, { refused: string }>): string {
  if (result.refused === 'not empty') return 'The database of --to holds a site already, and nothing was changed: name an empty one.';
  if (result.refused === 'changed') return 'The site was written to while it was copied: stop it, and copy again.';
  return `What has arrived in ${result.table} is not what was sent: copy again.`;
}
