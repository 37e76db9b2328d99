import { encodeRelated } from '../../src/content/related/related-list.ts';
import { recordChange } from '../../src/storage/database/changes.ts';
import { inTransaction } from '../../src/storage/database/database.ts';
import { updateMembership } from '../../src/storage/storylines/membership.ts';
import type { TestSite } from './test-site.ts';

/** Puts articles into a storyline, and creates the storyline if there is none with this id. Records the change that readers see. */
export async function putInStoryline({ context: { db, clock } }: TestSite, id: number, articles: { id: number }[], name = ''): Promise<void> {
  await inTransaction(db, async (transaction) => {
    await transaction.insertInto('storyline').values({ id, name, joined_into: null }).onConflict((conflict) => conflict.column('id').doUpdateSet({ name })).execute();
    const ids = articles.map((article) => article.id);
    const before = await transaction.selectFrom('storyline_article').select(['storyline_id', 'theme_id']).where('article_id', 'in', ids).execute();
    for (const articleId of ids) await updateMembership(transaction, articleId, { storylineId: id });
    const tags = before.flatMap((row) => [...(row.storyline_id === null ? [] : [`storyline:${row.storyline_id}`]), ...(row.theme_id === null ? [] : [`theme:${row.theme_id}`])]);
    await recordChange(transaction, [`storyline:${id}`, ...new Set(tags), ...ids.map((articleId) => `article:${articleId}`), 'published'], clock());
  });
}

/** Moves all articles of a storyline into another one, to which it then redirects. */
export async function joinStorylines(site: TestSite, from: number, into: number): Promise<void> {
  const { db, clock } = site.context;
  const articles = await db.reader.selectFrom('storyline_article').select('article_id as id').where('storyline_id', '=', from).execute();
  await putInStoryline(site, into, articles);
  await inTransaction(db, async (transaction) => {
    await transaction.updateTable('storyline').set({ joined_into: into }).where('id', '=', from).execute();
    await recordChange(transaction, [`storyline:${from}`], clock());
  });
}

/** Sets the related articles of an article, most relevant first. */
export async function relate({ context: { db, clock } }: TestSite, { id }: { id: number }, others: { id: number }[]): Promise<void> {
  const related = encodeRelated(others.map((other, index) => ({ id: other.id, relevance: 1 - index / 100 })));
  await inTransaction(db, async (transaction) => {
    await transaction.insertInto('signature').values({ article_id: id, related, terms: new Uint8Array(), sketch: new Uint8Array() }).onConflict((conflict) => conflict.column('article_id').doUpdateSet({ related })).execute();
    await recordChange(transaction, [`related:${id}`], clock());
  });
}
