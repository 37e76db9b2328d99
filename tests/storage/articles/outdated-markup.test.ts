import { expect, test } from 'vitest';
import { renderOutdated } from '../../../src/storage/articles/outdated-markup.ts';
import { addArticle, emptySite, now } from '../../support/test-site.ts';

const marked = (markupVersion: number) => async (body: string) => ({ html: `<p>${body} by ${markupVersion}</p>`, text: body, wordCount: 1, markupVersion, isPlain: false, shownAsText: [], hasComment: false });
const keepGoing = async () => true;

test('bodies of another markup version are rendered again, and those of the current version are not touched', async () => {
  const site = await emptySite();
  const { db } = site.context;
  for (let n = 1; n <= 45; n += 1) await addArticle(site, { body: `Body ${n}` });
  await renderOutdated(db, 99, marked(99), () => now, keepGoing);
  const bodies = await db.reader.selectFrom('article').select(['body_html', 'markup_version']).orderBy('id').execute();
  expect(bodies).toEqual(Array.from({ length: 45 }, (_, n) => ({ body_html: `<p>Body ${n + 1} by 99</p>`, markup_version: 99 })));

  const changes = await db.reader.selectFrom('change').select('id').execute();
  await renderOutdated(db, 99, marked(100), () => now, keepGoing);
  expect(await db.reader.selectFrom('change').select('id').execute()).toEqual(changes);
});

test('rendering can be stopped between batches, and the next run continues where it stopped', async () => {
  const site = await emptySite();
  const { db } = site.context;
  for (let n = 0; n < 45; n += 1) await addArticle(site);
  const left = async () => (await db.reader.selectFrom('article').select('id').where('markup_version', '<>', 99).execute()).length;
  await renderOutdated(db, 99, marked(99), () => now, async () => false);
  expect(await left()).toBe(40);
  await renderOutdated(db, 99, marked(99), () => now, keepGoing);
  expect(await left()).toBe(0);
});

test('a body that was changed in the meantime is not overwritten', async () => {
  const site = await emptySite();
  const { db } = site.context;
  await addArticle(site, { body: 'Old' });
  let changed: Promise<unknown> = Promise.resolve();
  await renderOutdated(db, 99, async (body) => {
    changed = db.writer.updateTable('article').set({ body: 'New', body_html: 'New', markup_version: 99, version: 2 }).execute();
    return marked(99)(body);
  }, () => now, keepGoing);
  await changed;
  expect(await db.reader.selectFrom('article').select('body_html').execute()).toEqual([{ body_html: 'New' }]);
});
