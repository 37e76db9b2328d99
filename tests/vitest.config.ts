import { statfsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { isLong } from './support/long.ts';

// The tests create thousands of databases. In memory that is much faster, and none of them has to survive a reboot.
if (process.env['TMPDIR'] === undefined && freeBytes('/dev/shm') > 4 * 1024 ** 3) process.env['TMPDIR'] = '/dev/shm';

function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}

// Tests of pages, forms, files and headers, whose result does not depend on the database. The long form runs them on PostgreSQL too.
const databaseIndependent = [
  'admin/accounts/account', 'admin/accounts/roles', 'admin/addresses', 'admin/articles/article-form', 'admin/articles/article-pictures', 'admin/articles/hostile-text', 'admin/articles/odd-values',
  'admin/body-limit', 'admin/odd-requests', 'admin/pictures/upload', 'admin/same-origin', 'admin/saving/picture-file', 'admin/valid-html', 'exchange/import-pictures',
  'reader/articles/article', 'reader/articles/representative-picture', 'reader/feeds/feed-pictures', 'reader/http', 'reader/pages/errors', 'reader/pictures/article-pictures', 'reader/pictures/picture-file', 'reader/valid-html',
];

// Test files share their modules, because loading them takes longer than running most files.
const shared = { isolate: false, maxWorkers: 4, testTimeout: 30_000, hookTimeout: 30_000 };

export default defineConfig({
  test: {
    projects: [
      { test: { ...shared, name: 'server', include: ['tests/**/*.test.ts'], exclude: ['tests/browser/**', 'tests/postgres/**'] } },
      {
        test: {
          ...shared,
          name: 'postgres',
          // Everything that uses the database runs again on PostgreSQL.
          include: [...['postgres', 'storage', 'reader', 'admin', 'page-cache', 'matching'].map((folder) => `tests/${folder}/**/*.test.ts`), 'tests/imaging/renditions.test.ts', 'tests/imaging/remake-renditions.test.ts', 'tests/exchange/import-pictures.test.ts'],
          exclude: ['tests/storage/database/sqlite/**', ...(isLong ? [] : databaseIndependent.map((name) => `tests/${name}.test.ts`))],
          globalSetup: ['tests/support/postgres/global-setup.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['tests/browser/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
