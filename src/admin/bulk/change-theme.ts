import { parseArticleForm } from '../../content/articles/article-form.ts';
import { nameKey } from '../../content/articles/article.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import { findEdited, type EditedArticle } from '../../storage/articles/edited-article.ts';
import { publishArticle, saveDraft, type SaveResult } from '../../storage/articles/save-article.ts';
import { findUndescribed } from '../../storage/pictures/descriptions.ts';
import { discardRevision } from '../../storage/revisions/revisions.ts';
import { storeRevision } from '../../storage/revisions/store-revision.ts';
import { loadSavedForm } from '../../storage/revisions/stored-form.ts';
import type { EditorRequest } from '../action.ts';
import { makeSave } from '../saving/save-text.ts';

/**
 * Saves an article's text with another theme, as its form would: colleagues who have the article open merge the change
 * with theirs. What readers see is updated without a new "Updated" time. Returns why the article can't be changed.
 */
export async function changeTheme(context: Context, request: EditorRequest, id: number, theme: string): Promise<MessageKey | undefined> {
  return saveWithTheme(context, request, id, theme).catch(reasonOf);
}

async function saveWithTheme(context: Context, request: EditorRequest, id: number, theme: string): Promise<MessageKey | undefined> {
  const { db } = context;
  const { editor, settings, now } = request;
  const article = await findEdited(db.reader, id);
  const reason = whyThemeStays(article);
  if (reason !== undefined || !article) return reason;

  const { publishedAt, updatedAt } = article;
  const saved = await loadSavedForm(db.reader, article, settings.zone);
  if (nameKey(saved.theme) === nameKey(theme)) return undefined;
  const form = { ...saved, theme };
  const { article: input, errors } = parseArticleForm(form, settings.zone);
  if (errors.length > 0) return 'newsroomBulk.faulty';
  const save = await makeSave(context, request, { revisionId: 0, form }, article, 'theme change', input);
  if (publishedAt !== null && (await findUndescribed(db.reader, input, save.rendered.html)).length > 0) return 'newsroomBulk.undescribed';

  const { revisionId, baseId } = await storeRevision(db, { uid: article.uid, form, baseId: article.headRevisionId, kind: 'joined', editorId: editor.id, windowId: null }, settings, now);
  const stored = { ...save, revisionId, headId: baseId, version: article.version };
  const result = publishedAt === null ? await saveDraft(db, stored, now) : await publishArticle(db, stored, { publishedAt, updatedAt }, now);
  // Nobody typed this text, so nobody should be asked about it later.
  if (result !== 'saved') await discardRevision(db, revisionId, now);
  return reasons[result];
}

/** Why the state of an article does not allow a change of its theme. Its text may not allow one either. */
export function whyThemeStays(article: EditedArticle | undefined): MessageKey | undefined {
  if (!article) return 'newsroomBulk.gone';
  if (article.withdrawnAt !== null) return 'newsroomBulk.isWithdrawn';
  // Nobody has saved an import either, but its text is complete.
  if (article.headRevisionId === null && article.ownerId !== null) return 'newsroomBulk.neverSaved';
  return article.publishedAt !== null && article.headRevisionId !== article.publicRevisionId ? 'newsroomBulk.unpublishedChanges' : undefined;
}

/** The renderer refuses a text while too many others are waiting. */
function reasonOf(error: unknown): MessageKey {
  if (error instanceof RequestError) return error.problem.key;
  throw error;
}

const reasons = {
  'saved': undefined,
  'conflict': 'newsroomBulk.savedMeanwhile',
  'not allowed': 'errors.notAllowed',
  'slug taken': 'newsroomBulk.slugTaken',
  'withdrawn': 'newsroomBulk.isWithdrawn',
  'undescribed': 'newsroomBulk.undescribed',
} as const satisfies Record<SaveResult, MessageKey | undefined>;
