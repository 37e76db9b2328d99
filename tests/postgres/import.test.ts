import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { importFiles } from '../../src/exchange/import-files.ts';
import { emptySite, now, stored, temporaryFolder } from '../support/test-site.ts';

test('an import leaves no space behind in its emptied queue, and does not wait for readers of the queue', async () => {
  const site = await emptySite();
  const queueBytes = async () => stored(site, "select pg_relation_size('unmatched') as bytes");
  const importArticle = async (title: string) => {
    const file = path.join(await temporaryFolder(), 'articles.ndjson');
    await writeFile(file, JSON.stringify({ title, theme: 'World', body: 'Text', publishedAt: new Date(now - 1000).toISOString() }));
    return importFiles(site.context, [file]);
  };
  let imports = 0;
  // Autovacuum may be using the table.
  await vi.waitFor(async () => {
    await importArticle(`Article ${(imports += 1)}`);
    expect(await queueBytes()).toEqual([{ bytes: 0 }]);
  }, { timeout: 20_000 });
  await site.context.db.reader.transaction().execute(async (transaction) => {
    await transaction.selectFrom('unmatched').selectAll().execute();
    await importArticle('The last one');
  });
  expect(Number((await queueBytes())[0]?.['bytes'])).toBeGreaterThan(0);
});
