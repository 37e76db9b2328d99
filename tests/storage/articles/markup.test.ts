import { expect, test } from 'vitest';
import { renderOutdated } from '../../../src/storage/articles/markup.ts';
import { addArticle, emptySite, now } from '../../support/test-site.ts';

const marked = (markupVersion: number) => async (body: string) => ({ html: `<p>${body} by ${markupVersion}</p>`, text: body, wordCount: 1, markupVersion, isPlain: false, shownAsText: [], hasComment: false });
const goOn = async () => true;

test('bodies that another version of the markup made are made again, and those of this version are not touched', async () => {
  const site = await emptySite();
  const { db } = site.context;
  for (let n = 1; n <= 45; n += 1) await addArticle(site, { body: `Body ${n}` });
  await renderOutdated(db, 99, marked(99), () => now, goOn);
  const bodies = await db.reader.selectFrom('article').select(['body_html', 'markup_version']).orderBy('id').execute();
  expect(bodies).toEqual(Array.from({ length: 45 }, (_, n) => ({ body_html: `<p>Body ${n + 1} by 99</p>`, markup_version: 99 })));

  const changes = await db.reader.selectFrom('change').select('id').execute();
  await renderOutdated(db, 99, marked(100), () => now, goOn);
  expect(await db.reader.selectFrom('change').select('id').execute()).toEqual(changes);
});

test('between batches it can be stopped, and goes on where it was the next time', async () => {
  const site = await emptySite();
  const { db } = site.context;
  for (let n = 0; n < 45; n += 1) await addArticle(site);
  const left = async () => (await db.reader.selectFrom('article').select('id').where('markup_version', '<>', 99).execute()).length;
  await renderOutdated(db, 99, marked(99), () => now, async () => false);
  expect(await left()).toBe(40);
  await renderOutdated(db, 99, marked(99), () => now, goOn);
  expect(await left()).toBe(0);
});

test('a body that was changed meanwhile is left to the one who changed it', async () => {
  const site = await emptySite();
  const { db } = site.context;
  await addArticle(site, { body: 'Old' });
  let changed: Promise<unknown> = Promise.resolve();
  await renderOutdated(db, 99, async (body) => {
    changed = db.writer.updateTable('article').set({ body: 'New', body_html: 'New', markup_version: 99, version: 2 }).execute();
    return marked(99)(body);
  }, () => now, goOn);
  await changed;
  expect(await db.reader.selectFrom('article').select('body_html').execute()).toEqual([{ body_html: 'New' }]);
});
