import { statfsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { shortOrLong } from './support/long.ts';

// The tests create thousands of databases. In memory that is much faster, and none of them has to survive a reboot.
if (process.env['TMPDIR'] === undefined && freeBytes('/dev/shm') > 4 * 1024 ** 3) process.env['TMPDIR'] = '/dev/shm';

// As in the program itself: threads and child processes load their modules in half the time.
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('../node_modules/.cache/broadsheet', import.meta.url));

function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}

// The short form runs on PostgreSQL what depends on the database: searches, locks, the order of lists, and tests that together run
// almost every query of src/storage. The walk of the page cache performs most editorial actions and requests every kind of page.
// The long form runs all tests that use the database.
const onPostgres = shortOrLong(
  [
    'postgres/**/*', 'storage/**/*', 'matching/imported', 'page-cache/**/*', 'reader/lists/*', 'reader/search', 'admin/articles/article-list', 'admin/topics/topics', 'admin/bulk/bulk', 'admin/dashboard', 'admin/saving/notes', 'admin/saving/races', 
    'admin/publishing/corrections', 'admin/accounts/sessions', 'admin/audit-log', 'admin/second-factor/account', 'admin/accounts/forgotten-password',
  ],
  ['postgres/**/*', 'storage/**/*', 'matching/*', 'page-cache/**/*', 'admin/**/*', 'reader/**/*', 'imaging/re*', 'exchange/import-pictures'],
);

// Test files share their modules, because loading them takes longer than running most files.
const shared = { isolate: false, maxWorkers: 4, testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    projects: [
      { test: { ...shared, name: 'sqlite', include: ['tests/**/*.test.ts'], exclude: ['tests/postgres/**'], globalSetup: ['tests/browser/global-setup.ts'] } },
      {
        test: {
          ...shared,
          name: 'postgres',
          include: onPostgres.map((name) => `tests/${name}.test.ts`),
          exclude: ['tests/storage/database/sqlite/**'],
          globalSetup: ['tests/support/postgres/global-setup.ts'],
        },
      },
    ],
  },
});
