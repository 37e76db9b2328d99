import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'server', include: ['tests/**/*.test.ts'], exclude: ['tests/browser/**', 'tests/postgres/**'], maxWorkers: 2, testTimeout: 30_000, hookTimeout: 30_000 } },
      {
        test: {
          name: 'postgres',
          // What the database has to do with, once more on PostgreSQL.
          include: ['postgres', 'storage', 'reader', 'admin', 'page-cache'].map((folder) => `tests/${folder}/**/*.test.ts`),
          exclude: ['tests/storage/sqlite/**'],
          globalSetup: ['tests/support/postgres/global-setup.ts'],
          // When the others are through: these machines are small.
          sequence: { groupOrder: 1 },
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['tests/browser/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Two browsers at a time: these machines are small.
          maxWorkers: 2,
        },
      },
    ],
  },
});
