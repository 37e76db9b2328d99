import { access } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { OperatorError } from '../errors.ts';
import { showProgress } from '../observability/progress.ts';
import { refuseLeftovers } from '../startup/leftover-files.ts';
import { databaseFile } from '../startup/open-database.ts';
import { withContext } from './with-context.ts';

/** `backup FILE`: makes a consistent copy of the database, even while the site writes to it. */
export async function backup(args: string[]): Promise<void> {
  const [file, ...rest] = parseArgs({ args, allowPositionals: true }).positionals;
  if (!file || rest.length > 0) throw new OperatorError('Usage: npx broadsheet backup FILE');
  if (await exists(file)) throw new OperatorError(`${file} already exists. Choose another file name, or delete this file first.`);
  const config = readConfig();
  if (config.databaseUrl !== '') throw new OperatorError('This command backs up SQLite only. Back up a PostgreSQL site with pg_dump -Fc --exclude-table-data=rendition "$DATABASE_URL" > FILE');
  await refuseLeftovers(databaseFile(config), 'DATA_DIR');
  // Opening a missing database would create an empty one and back that up.
  if (!(await exists(databaseFile(config)))) throw new OperatorError(`There is no site in DATA_DIR=${config.dataDir}. Set DATA_DIR to the folder of the site.`);
  await withContext(async ({ db }) => {
    const progress = showProgress('copied');
    try {
      await db.backup(path.resolve(file), progress.show);
    } catch (error) {
      throw new OperatorError(`${file} can't be written (${error instanceof Error ? error.message : error}). Choose a file in a folder that exists and that this user can write to.`, { cause: error });
    } finally {
      progress.end();
    }
    console.log(`Backup written to ${file}`);
  });
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(() => true, () => false);
}
