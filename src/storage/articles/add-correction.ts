import { randomUUID } from 'node:crypto';
import { isPublic } from '../../content/articles/publication.ts';
import { cleanLine, shorten } from '../../content/text/text.ts';
import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import { recordAction } from '../newsroom/audit-log.ts';
import { findCorrectionTags } from './corrections.ts';
import { findEdited } from './edited-article.ts';

/** In characters. */
const maxDetailLength = 200;

/** `already added`: the article has a correction with the same text, as when a form is sent twice. Only `added` means that something was changed. */
export type CorrectionResult = 'added' | 'already added' | 'not published';

/** Adds a correction to a published article, which counts as updated. */
export async function addCorrection(db: Database, { articleId, text, editorId }: { articleId: number; text: string; editorId: number }, now: number): Promise<CorrectionResult> {
  return inTransaction(db, async (transaction) => {
    const article = await findEdited(transaction, articleId);
    if (!article || !isPublic(article, now)) return 'not published';
    const same = await transaction.selectFrom('correction').select('id').where('article_id', '=', articleId).where('text', '=', text).executeTakeFirst();
    if (same) return 'already added';

    const { last } = await transaction.selectFrom('correction').select((eb) => eb.fn.max('id').as('last')).executeTakeFirstOrThrow();
    await transaction.insertInto('correction').values({ id: (last ?? 0) + 1, uid: randomUUID(), article_id: articleId, at: now, editor_id: editorId, text }).execute();
    await transaction.updateTable('article').set((eb) => ({ updated_at: now, changed_at: now, version: eb('version', '+', 1) })).where('id', '=', articleId).execute();
    await recordAction(transaction, { editorId, action: 'correction', articleId, detail: shorten(cleanLine(text), maxDetailLength) }, now);
    await recordChange(transaction, [`article:${articleId}`, 'articles', ...(await findCorrectionTags(transaction, articleId, now))], now);
    return 'added';
  });
}
