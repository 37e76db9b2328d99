import { access } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { OperatorError } from '../errors.ts';
import { showProgress } from '../observability/progress.ts';
import { databaseFile } from '../startup/open-database.ts';
import { refuseRemains } from '../startup/remains.ts';
import { withContext } from './with-context.ts';

/** `backup FILE`: a consistent copy of the database, also of one that a running site is writing to. */
export async function backup(args: string[]): Promise<void> {
  const [file, ...rest] = parseArgs({ args, allowPositionals: true }).positionals;
  if (!file || rest.length > 0) throw new OperatorError('Name one file to copy to: npx broadsheet backup FILE');
  if (await exists(file)) throw new OperatorError(`${file} exists already: name another file, or remove it first.`);
  const config = readConfig();
  if (config.databaseUrl !== '') throw new OperatorError('A site in PostgreSQL is copied by PostgreSQL itself: pg_dump -Fc "$DATABASE_URL" > FILE');
  await refuseRemains(databaseFile(config), 'DATA_DIR');
  // Opening it would make an empty one, and a copy of that is no backup.
  if (!(await exists(databaseFile(config)))) throw new OperatorError(`There is no site in DATA_DIR=${config.dataDir}: set DATA_DIR to its folder.`);
  await withContext(async ({ db }) => {
    const progress = showProgress('copied');
    try {
      await db.backup(path.resolve(file), progress.show);
    } catch (error) {
      throw new OperatorError(`${file} cannot be written (${error instanceof Error ? error.message : error}).`, { cause: error });
    } finally {
      progress.end();
    }
    console.log(`Copied to ${file}`);
  });
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(() => true, () => false);
}
