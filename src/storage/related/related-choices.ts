import { applyChoices, encodeRelated, type Related, type RelatedChoices } from '../../content/related/related-list.ts';
import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { recordAction, type AuditAction } from '../newsroom/audit-log.ts';
import { queueArticle } from './queue.ts';
import { findChoices, findRelatedList } from './signatures.ts';

/** As many as a page shows. */
export const maxPinned = 5;

/** `pinned` is the place among the pinned articles, from 0; a place beyond the last one stands for the last. `none` unpins an article or shows it again. */
export type RelatedChoice = { pinned: number } | 'hidden' | 'none';

/** `full`: as many articles are pinned as can be. `unpublished`: readers can't see the other article, so it can't be pinned, or one of the two was deleted. Then nothing was changed. */
export type RelatedResult = 'done' | 'full' | 'unpublished';

export async function loadRelatedChoices(db: Handle, articleId: number): Promise<RelatedChoices> {
  return (await findChoices(db, [articleId])).get(articleId) ?? { pinned: [], hidden: [] };
}

/** An editor's choice about one related article of an article. The list that readers see changes at once. */
export async function chooseRelated(db: Database, { articleId, otherId, choice }: { articleId: number; otherId: number; choice: RelatedChoice }, editorId: number, now: number): Promise<RelatedResult> {
  return inTransaction(db, async (transaction) => {
    const before = await loadRelatedChoices(transaction, articleId);
    const after = changeChoices(before, otherId, choice);
    if (JSON.stringify(before) === JSON.stringify(after)) return 'done';
    if (after.pinned.length > maxPinned) return 'full';
    const isNewPin = typeof choice === 'object' && !before.pinned.includes(otherId);
    const article = await transaction.selectFrom('article').select('public_at').where('id', '=', articleId).executeTakeFirst();
    const other = await transaction.selectFrom('article').select(['title', 'public_at']).where('id', '=', otherId).executeTakeFirst();
    if (!article || !other || otherId === articleId || (isNewPin && (other.public_at === null || other.public_at > now))) return 'unpublished';
    await storeChoices(transaction, articleId, after);
    await rewriteList(transaction, articleId, before, after);
    // The list lacks the articles that are to take the place of this one, or its relevance.
    if (typeof choice === 'string') await queueArticle(transaction, articleId, article.public_at, now);
    await recordAction(transaction, { editorId, action: actionOf(before, otherId, choice), articleId, detail: other.title }, now);
    await recordChange(transaction, [`related:${articleId}`], now);
    return 'done';
  });
}

function changeChoices({ pinned, hidden }: RelatedChoices, id: number, choice: RelatedChoice): RelatedChoices {
  const otherPins = pinned.filter((pin) => pin !== id);
  const otherHidden = hidden.filter((each) => each !== id);
  if (choice === 'none') return { pinned: otherPins, hidden: otherHidden };
  if (choice === 'hidden') return { pinned: otherPins, hidden: [...otherHidden, id].toSorted((a, b) => a - b) };
  return { pinned: otherPins.toSpliced(choice.pinned, 0, id), hidden: otherHidden };
}

async function storeChoices(transaction: Handle, articleId: number, { pinned, hidden }: RelatedChoices): Promise<void> {
  await transaction.deleteFrom('related_choice').where('article_id', '=', articleId).execute();
  const rows = [...pinned.map((id, position) => ({ article_id: articleId, other_id: id, position })), ...hidden.map((id) => ({ article_id: articleId, other_id: id, position: null }))];
  if (rows.length > 0) await transaction.insertInto('related_choice').values(rows).execute();
}

/** An article that is not matched yet has no list. The choices are applied when it gets one. */
async function rewriteList(transaction: Handle, articleId: number, before: RelatedChoices, after: RelatedChoices): Promise<void> {
  const list = await findRelatedList(transaction, articleId);
  if (!list) return;
  const related = encodeRelated(applyChoices(withoutPins(list, before.pinned), after));
  await transaction.updateTable('signature').set({ related }).where('article_id', '=', articleId).execute();
}

/** The list by relevance. Leaves out articles that are in it only because they are pinned. */
function withoutPins(list: Related[], pinned: number[]): Related[] {
  const others = list.filter(({ id }) => !pinned.includes(id));
  for (const pin of list.filter(({ id, relevance }) => pinned.includes(id) && relevance > 0)) {
    const place = others.findIndex(({ relevance }) => relevance < pin.relevance);
    others.splice(place < 0 ? others.length : place, 0, pin);
  }
  return others;
}

function actionOf({ pinned, hidden }: RelatedChoices, id: number, choice: RelatedChoice): AuditAction {
  if (choice === 'hidden') return 'related-hide';
  if (choice === 'none') return hidden.includes(id) ? 'related-show' : 'related-unpin';
  return pinned.includes(id) ? 'related-order' : 'related-pin';
}
