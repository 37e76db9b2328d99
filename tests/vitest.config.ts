import { defineConfig } from 'vitest/config';
import { isLong } from './support/long.ts';

// Pages, forms and headers: whatever the database, these tests say the same.
const ofAnyDatabase = ['admin/addresses', 'admin/hostile-text', 'admin/odd-requests', 'admin/roles', 'admin/same-origin', 'admin/valid-html', 'reader/errors', 'reader/http', 'reader/valid-html'];

// Files share their modules, which take longer to load than most files take to run.
const shared = { isolate: false, maxWorkers: 3, testTimeout: 30_000, hookTimeout: 30_000 };

export default defineConfig({
  test: {
    projects: [
      { test: { ...shared, name: 'server', include: ['tests/**/*.test.ts'], exclude: ['tests/browser/**', 'tests/postgres/**'] } },
      {
        test: {
          ...shared,
          name: 'postgres',
          // What the database has to do with, once more on PostgreSQL.
          include: ['postgres', 'storage', 'reader', 'admin', 'page-cache'].map((folder) => `tests/${folder}/**/*.test.ts`),
          exclude: ['tests/storage/sqlite/**', ...(isLong ? [] : ofAnyDatabase.map((name) => `tests/${name}.test.ts`))],
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
