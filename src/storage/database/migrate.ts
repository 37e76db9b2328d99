import { Migrator, type Migration } from 'kysely/migration';
import type { Database } from './database.ts';
import * as articles from './migrations/0001-articles.ts';
import * as search from './migrations/0002-search.ts';
import * as editors from './migrations/0003-editors.ts';
import * as revisions from './migrations/0004-revisions.ts';
import * as renames from './migrations/0005-renames.ts';
import * as purges from './migrations/0006-purges.ts';
import * as searchMerges from './migrations/0007-search-merges.ts';
import * as copies from './migrations/0008-copies.ts';
import * as renderedPreviews from './migrations/0009-rendered-previews.ts';
import * as secrets from './migrations/0010-secrets.ts';
import * as themeTimes from './migrations/0011-theme-times.ts';
import * as names from './migrations/0012-names.ts';
import * as purgedVersion from './migrations/0013-purged-version.ts';
import * as windows from './migrations/0014-windows.ts';
import * as pictures from './migrations/0015-pictures.ts';
import * as storylines from './migrations/0016-storylines.ts';
import * as corrections from './migrations/0017-corrections.ts';
import * as themes from './migrations/0018-themes.ts';
import * as authors from './migrations/0019-authors.ts';
import * as pages from './migrations/0020-pages.ts';
import * as secondFactor from './migrations/0022-second-factor.ts';
import * as notes from './migrations/0023-notes.ts';
import * as presenceOfWindows from './migrations/0024-presence-of-windows.ts';
import * as keptNames from './migrations/0025-kept-names.ts';
import * as compactTerms from './migrations/0026-compact-terms.ts';
import * as whole from './migrations/postgres/0007-whole.ts';

/** In order, for both systems. Append new migrations, and never change one that has been released. */
const shared: Record<string, Migration> = {
  '0008-copies': copies,
  '0009-rendered-previews': renderedPreviews,
  '0010-secrets': secrets,
  '0011-theme-times': themeTimes,
  '0012-names': names,
  '0013-purged-version': purgedVersion,
  '0014-windows': windows,
  '0015-pictures': pictures,
  '0016-storylines': storylines,
  '0017-corrections': corrections,
  '0018-themes': themes,
  '0019-authors': authors,
  '0020-pages': pages,
  '0022-second-factor': secondFactor,
  '0023-notes': notes,
  '0024-presence-of-windows': presenceOfWindows,
  '0025-kept-names': keptNames,
  '0026-compact-terms': compactTerms,
};

const migrations: Record<Database['system'], Record<string, Migration>> = {
  sqlite: {
    '0001-articles': articles,
    '0002-search': search,
    '0003-editors': editors,
    '0004-revisions': revisions,
    '0005-renames': renames,
    '0006-purges': purges,
    '0007-search-merges': searchMerges,
    ...shared,
  },
  postgres: {
    '0007-whole': whole,
    ...shared,
  },
};

export class NewerDatabaseError extends Error {}

/** Applies the missing migrations in one transaction. @throws NewerDatabaseError without having changed anything */
export async function migrate(db: Database): Promise<void> {
  await db.withExclusiveLock(async () => {
    await refuseNewer(db);
    const migrator = new Migrator({ db: db.writer, provider: { getMigrations: async () => migrations[db.system] } });
    const { error } = await migrator.migrateToLatest();
    if (error) throw error instanceof Error ? error : new Error('A migration failed', { cause: error });
  });
}

async function refuseNewer(db: Database): Promise<void> {
  const tables = await db.writer.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return;
  const applied = await db.writer.withTables<{ kysely_migration: { name: string } }>().selectFrom('kysely_migration').select('name').orderBy('name').execute();
  const unknown = applied.find(({ name }) => !(name in migrations[db.system]));
  if (unknown) throw new NewerDatabaseError(`it has migration ${unknown.name}, which this program does not know`);
}
