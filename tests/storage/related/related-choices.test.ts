import { expect, test } from 'vitest';
import { chooseRelated, loadRelatedChoices } from '../../../src/storage/related/related-choices.ts';
import { findRelatedList } from '../../../src/storage/related/signatures.ts';
import { makeEditor } from '../../support/admin.ts';
import { addArticles, lastTags, storeRelated } from '../../support/storylines.ts';
import { addArticle, emptySite, now, stored, type TestSite } from '../../support/test-site.ts';

const titles = ['One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight'];

/** Article 1 has the related articles 2, 3 and 4, and no others. */
async function newsroom() {
  const site = await emptySite();
  const { id: editor } = await makeEditor(site, { role: 'editor' });
  await addArticles(site, titles);
  await site.context.db.writer.deleteFrom('unmatched').execute();
  await storeRelated(site, 1, [{ id: 2, relevance: 0.5 }, { id: 3, relevance: 0.4 }, { id: 4, relevance: 0.3 }]);
  const choose = async (otherId: number, choice: 'hidden' | 'none' | number) => chooseRelated(site.context.db, { articleId: 1, otherId, choice: typeof choice === 'number' ? { pinned: choice } : choice }, editor, now);
  return { site, choose };
}

async function list({ context: { db } }: TestSite): Promise<number[]> {
  return ((await findRelatedList(db.reader, 1)) ?? []).map(({ id }) => id);
}

test('pinned articles come first in their order, hidden ones are left out, and each choice can be taken back', async () => {
  const { site, choose } = await newsroom();
  expect([await choose(7, 9), await list(site)]).toEqual(['done', [7, 2, 3, 4]]);
  expect([await choose(4, 0), await list(site)]).toEqual(['done', [4, 7, 2, 3]]);
  expect([await choose(7, 0), await list(site)]).toEqual(['done', [7, 4, 2, 3]]);
  expect([await choose(2, 'hidden'), await list(site)]).toEqual(['done', [7, 4, 3]]);
  expect(await lastTags(site)).toEqual(['related:1']);
  expect([await choose(4, 'none'), await list(site)]).toEqual(['done', [7, 3, 4]]);
  expect([await choose(7, 'none'), await list(site)]).toEqual(['done', [3, 4]]);
  expect([await choose(2, 'none'), await list(site)]).toEqual(['done', [3, 4]]);
  expect(await loadRelatedChoices(site.context.db.reader, 1)).toEqual({ pinned: [], hidden: [] });
  const actions = await stored(site, "select action from audit_log where action like 'related%' order by id");
  expect(actions.map(({ action }) => action)).toEqual(['related-pin', 'related-pin', 'related-order', 'related-hide', 'related-unpin', 'related-unpin', 'related-show']);
});

test('the article is matched again when its list lacks something', async () => {
  const { site, choose } = await newsroom();
  const queue = async () => stored(site, 'select article_id, public_at, due_at, is_counted from unmatched where article_id = 1');
  await choose(7, 0);
  expect(await queue()).toEqual([]);
  await choose(7, 'none');
  expect(await queue()).toEqual([{ article_id: 1, public_at: now - 7 * 60_000, due_at: now, is_counted: 1 }]);
});

test('at most five articles can be pinned, and only articles that readers see', async () => {
  const { site, choose } = await newsroom();
  const { id: scheduled } = await addArticle(site, { publishedAt: now + 60_000 });
  const { id: draft } = await addArticle(site, { publishedAt: null });
  for (const id of [1, scheduled, draft, 999]) expect(await choose(id, 0)).toBe('unpublished');
  for (const id of [2, 3, 4, 5, 6]) expect(await choose(id, 9)).toBe('done');
  expect([await choose(7, 0), await list(site)]).toEqual(['full', [2, 3, 4, 5, 6]]);
  // Sent twice.
  expect([await choose(6, 9), await list(site)]).toEqual(['done', [2, 3, 4, 5, 6]]);
});

test('the choices for an article without a list are kept until it has one', async () => {
  const { site, choose } = await newsroom();
  await site.context.db.writer.deleteFrom('signature').execute();
  await choose(3, 0);
  await choose(2, 'hidden');
  expect([await list(site), await loadRelatedChoices(site.context.db.reader, 1)]).toEqual([[], { pinned: [3], hidden: [2] }]);
});
