import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { recordAction, type AuditEntry } from '../newsroom/audit-log.ts';
import { findMembership, moveMemberships, updateMembership } from './membership.ts';
import { addStoryline, listThemesOf } from './storylines.ts';

// What an editor decides about storylines. `is_chosen` keeps the program from changing it.

/** A storyline, or an article that is alone in its own. */
export type StorylinePlace = { storylineId: number } | { articleId: number };

/**
 * `elsewhere`: an article is no longer in the storyline in which the editor saw it, or was deleted. `gone`: the storyline was joined into
 * another one, or the article that was alone no longer is. Then nothing was changed.
 */
export type StorylineResult = 'done' | 'elsewhere' | 'gone';

/** Moves an article into another storyline. Together with an article that is alone, it makes a new storyline of both. */
export async function moveArticle(db: Database, { articleId, from, to }: { articleId: number; from: number | null; to: StorylinePlace }, editorId: number, now: number): Promise<StorylineResult> {
  return inTransaction(db, async (transaction) => {
    const present = await findStorylineAt(transaction, { articleId });
    if (present === undefined) return 'elsewhere';
    const target = await findStorylineAt(transaction, to);
    const isThere = present !== null && target === present;
    if (isThere && (await findMembership(transaction, articleId))?.isChosen) return 'done';
    if (!isThere && present !== from) return 'elsewhere';
    if (target === undefined || (!isThere && hasChanged(to, target, articleId))) return 'gone';
    // An article that is alone in a storyline brings it along, with its name.
    const isOnlyMember = present !== null && !(await hasOthers(transaction, present, articleId));
    const storylineId = target ?? (isOnlyMember ? present : await addStoryline(transaction));
    if ('articleId' in to) await updateMembership(transaction, to.articleId, { storylineId, isChosen: true });
    await updateMembership(transaction, articleId, { storylineId, isChosen: true });
    await redirectIfEmpty(transaction, present, storylineId);
    const articleIds = 'articleId' in to ? [articleId, to.articleId] : [articleId];
    return record(transaction, { editorId, action: 'storyline-move', articleId, detail: String(storylineId) }, { storylineIds: present === null ? [storylineId] : [present, storylineId], articleIds }, now);
  });
}

/**
 * Takes an article out of its storyline, and begins a new one. If it is the only one in its storyline, that gets the name. If
 * it is in none, it begins one with the name; without a name, no other article joins it.
 */
export async function beginStoryline(db: Database, { articleId, from, name }: { articleId: number; from: number | null; name: string }, editorId: number, now: number): Promise<StorylineResult> {
  return inTransaction(db, async (transaction) => {
    const present = await findStorylineAt(transaction, { articleId });
    if (present === undefined) return 'elsewhere';
    const isOnlyMember = present !== null && !(await hasOthers(transaction, present, articleId));
    // The form may have been sent twice.
    if (present !== from) {
      const ownName = isOnlyMember ? (await findLive(transaction, present))?.name : present === null ? '' : undefined;
      return ownName === name && (await findMembership(transaction, articleId))?.isChosen ? 'done' : 'elsewhere';
    }
    const isKeptAlone = present === null && name === '';
    const storylineId = isOnlyMember ? present : isKeptAlone ? null : await addStoryline(transaction, name);
    if (isOnlyMember && name !== '') await transaction.updateTable('storyline').set({ name }).where('id', '=', present).execute();
    await updateMembership(transaction, articleId, { storylineId, isChosen: true });
    return record(transaction, { editorId, action: 'storyline-begin', articleId, detail: name }, { storylineIds: [present, storylineId].filter((id) => id !== null), articleIds: [articleId] }, now);
  });
}

/** Moves all articles of a storyline, or an article that is alone, into the storyline `into`, which keeps its address. */
export async function joinStorylines(db: Database, { into, other }: { into: number; other: StorylinePlace }, editorId: number, now: number): Promise<StorylineResult> {
  return inTransaction(db, async (transaction) => {
    const target = await findLive(transaction, into);
    // The form may have been sent twice.
    if (target && (await findStorylineAt(transaction, other)) === into) return 'done';
    if (!target) return 'gone';
    if ('articleId' in other) {
      const { articleId } = other;
      if ((await findStorylineAt(transaction, other)) !== null) return 'gone';
      await updateMembership(transaction, articleId, { storylineId: into, isChosen: true });
      return record(transaction, { editorId, action: 'storyline-move', articleId, detail: String(into) }, { storylineIds: [into], articleIds: [articleId] }, now);
    }
    const { storylineId } = other;
    const joined = await findLive(transaction, storylineId);
    if (!joined) return 'gone';
    const { name } = joined;
    await moveMemberships(transaction, { from: storylineId, to: into });
    await transaction.updateTable('storyline').set({ joined_into: into }).where('id', '=', storylineId).execute();
    if (target.name === '' && name !== '') await transaction.updateTable('storyline').set({ name }).where('id', '=', into).execute();
    // Pages of articles that are in a storyline have its tag, so their own tags are not needed.
    return record(transaction, { editorId, action: 'storyline-join', detail: `${storylineId} ${into}` }, { storylineIds: [storylineId, into], articleIds: [] }, now);
  });
}

/** Moves articles of a storyline into a new one. Returns its id. `whole`: no article would stay. */
export async function splitStoryline(db: Database, { storylineId, articleIds, name }: { storylineId: number; articleIds: number[]; name: string }, editorId: number, now: number): Promise<'elsewhere' | 'gone' | 'whole' | { newId: number }> {
  return inTransaction(db, async (transaction) => {
    if (!(await findLive(transaction, storylineId))) return 'gone';
    const members = await transaction.selectFrom('storyline_article').select('article_id').where('storyline_id', '=', storylineId).where('article_id', 'in', articleIds).execute();
    if (members.length < articleIds.length) {
      const present = await findCommonStoryline(transaction, articleIds);
      // The form may have been sent twice.
      return present !== undefined && present !== storylineId && (await findLive(transaction, present))?.name === name ? { newId: present } : 'elsewhere';
    }
    const other = await transaction.selectFrom('storyline_article').select('article_id').where('storyline_id', '=', storylineId).where('article_id', 'not in', articleIds).limit(1).executeTakeFirst();
    if (!other) return 'whole';
    const newId = await addStoryline(transaction, name);
    await moveMemberships(transaction, { from: storylineId, to: newId, articleIds });
    await record(transaction, { editorId, action: 'storyline-split', detail: `${storylineId} ${newId}` }, { storylineIds: [storylineId, newId], articleIds }, now);
    return { newId };
  });
}

/** The storyline in which editors have put all of some articles, if it is one. */
async function findCommonStoryline(transaction: Handle, articleIds: number[]): Promise<number | undefined> {
  const rows = await transaction.selectFrom('storyline_article').select(['storyline_id', 'is_chosen']).where('article_id', 'in', articleIds).execute();
  const [first] = rows;
  return rows.length === articleIds.length && rows.every((row) => row.is_chosen === 1 && row.storyline_id === first?.storyline_id) ? (first?.storyline_id ?? undefined) : undefined;
}

/** An empty name removes it. `before` is the name that the editor saw; if somebody else has changed it, the result is `conflict`. */
export async function nameStoryline(db: Database, { storylineId, name, before }: { storylineId: number; name: string; before: string }, editorId: number, now: number): Promise<'done' | 'gone' | 'conflict'> {
  return inTransaction(db, async (transaction) => {
    const stored = await findLive(transaction, storylineId);
    if (!stored) return 'gone';
    if (stored.name === name) return 'done';
    if (stored.name !== before) return 'conflict';
    await transaction.updateTable('storyline').set({ name }).where('id', '=', storylineId).execute();
    return record(transaction, { editorId, action: 'storyline-name', detail: `${storylineId} ${name}`.trim() }, { storylineIds: [storylineId], articleIds: [] }, now);
  });
}

/** Whether a place is no longer the one that the editor chose, or is the article itself. */
function hasChanged(place: StorylinePlace, storylineId: number | null, articleId: number): boolean {
  return 'articleId' in place ? storylineId !== null || place.articleId === articleId : storylineId !== place.storylineId;
}

/** The storyline in which a place is now; null: the article is alone. Undefined: there is no such place. */
async function findStorylineAt(transaction: Handle, place: StorylinePlace): Promise<number | null | undefined> {
  if ('articleId' in place) {
    const article = await transaction.selectFrom('article').select('id').where('id', '=', place.articleId).executeTakeFirst();
    return article && ((await findMembership(transaction, place.articleId))?.storylineId ?? null);
  }
  const storyline = await transaction.selectFrom('storyline').select('joined_into').where('id', '=', place.storylineId).executeTakeFirst();
  return storyline && (storyline.joined_into ?? place.storylineId);
}

async function findLive(transaction: Handle, id: number): Promise<{ name: string } | undefined> {
  return transaction.selectFrom('storyline').select('name').where('id', '=', id).where('joined_into', 'is', null).executeTakeFirst();
}

async function hasOthers(transaction: Handle, storylineId: number, articleId: number): Promise<boolean> {
  const other = await transaction.selectFrom('storyline_article').select('article_id').where('storyline_id', '=', storylineId).where('article_id', '!=', articleId).limit(1).executeTakeFirst();
  return other !== undefined;
}

/** The address of a storyline whose last article has moved leads to where that article is now. */
async function redirectIfEmpty(transaction: Handle, storylineId: number | null, to: number): Promise<void> {
  if (storylineId === null || storylineId === to || (await hasOthers(transaction, storylineId, 0))) return;
  const left = await findLive(transaction, storylineId);
  await transaction.updateTable('storyline').set({ joined_into: to }).where('id', '=', storylineId).execute();
  if (left?.name) await transaction.updateTable('storyline').set({ name: left.name }).where('id', '=', to).where('name', '=', '').execute();
}

async function record(transaction: Handle, action: AuditEntry, { storylineIds, articleIds }: { storylineIds: number[]; articleIds: number[] }, now: number): Promise<'done'> {
  await recordAction(transaction, action, now);
  const themes = await listThemesOf(transaction, { storylineIds, articleIds });
  // The tag `articles` drops cached 404 pages: a new storyline has a page.
  await recordChange(transaction, ['articles', 'published', ...storylineIds.map((id) => `storyline:${id}`), ...articleIds.flatMap((id) => [`article:${id}`, `related:${id}`]), ...themes.map((id) => `theme:${id}`)], now);
  return 'done';
}
