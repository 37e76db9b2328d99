import { parseArticleForm } from '../../content/articles/article-form.ts';
import { nameKey } from '../../content/articles/article.ts';
import { cleanLine, isBlank } from '../../content/text/text.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import { findEdited } from '../../storage/articles/edited-article.ts';
import { publishArticle, saveDraft, type SaveResult } from '../../storage/articles/save-article.ts';
import { findByName } from '../../storage/named/named.ts';
import { findUndescribed } from '../../storage/pictures/descriptions.ts';
import { discardRevision } from '../../storage/revisions/revisions.ts';
import { storeRevision } from '../../storage/revisions/store-revision.ts';
import { loadSavedForm } from '../../storage/revisions/stored-form.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { makeSave } from '../saving/save-text.ts';
import { outcome, type LeftOut } from './outcome.ts';
import { readSelection, refuseSelection } from './selection.ts';

/** Changes the theme of the selected articles. */
export async function bulkTheme(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { form } = request;
  const { reader } = context.db;
  const ids = readSelection(form);
  const name = cleanLine(form['theme'] ?? '');
  if (ids.length === 0) return refuseSelection(context, request, form, { key: 'newsroomBulk.chooseArticles' });
  if (isBlank(name)) return refuseSelection(context, request, form, { key: 'newsroomBulk.chooseTheme' });
  const theme = await findByName(reader, 'theme', name);
  if (!theme) return refuseSelection(context, request, form, { key: 'newsroomBulk.noTheme', values: { name } });

  const leftOut: LeftOut[] = [];
  for (const id of ids) {
    const reason = await changeTheme(context, request, id, theme.name).catch(reasonOf);
    if (reason) leftOut.push({ id, reason });
  }
  return outcome(reader, request, 'bulk-theme', ids.length - leftOut.length, leftOut);
}

/**
 * Saves an article's text with another theme, as its form would: colleagues who have the article open merge the change
 * with theirs. What readers see is updated without a new "Updated" time. Returns why the article can't be changed.
 */
async function changeTheme(context: Context, request: EditorRequest, id: number, theme: string): Promise<MessageKey | undefined> {
  const { db } = context;
  const { editor, settings, now } = request;
  const article = await findEdited(db.reader, id);
  if (!article) return 'newsroomBulk.gone';
  if (article.withdrawnAt !== null) return 'newsroomBulk.isWithdrawn';
  // Nobody has saved an import either, but its text is complete.
  if (article.headRevisionId === null && article.ownerId !== null) return 'newsroomBulk.neverSaved';
  const { publishedAt, updatedAt } = article;
  if (publishedAt !== null && article.headRevisionId !== article.publicRevisionId) return 'newsroomBulk.unpublishedChanges';

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
