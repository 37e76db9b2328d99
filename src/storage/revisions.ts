import { isSameForm, unsavedKinds, type ArticleForm, type RevisionKind } from '../content/article-form.ts';
import { nextArticleId } from './add-articles.ts';
import { inTransaction, type Database, type Handle } from './database.ts';
import { loadImportedForm, readStoredForm } from './editing.ts';
import { thinAutosaves } from './thin-autosaves.ts';

/** A text that reached the server. */
export interface Revision {
  id: number;
  at: number;
  editor: { id: number; name: string } | null;
  kind: RevisionKind;
  /** The revision that its editor began from. */
  baseId: number | null;
  form: ArticleForm;
}

export interface NewText {
  /** The article's; one that there is not yet is made. */
  uid: string;
  form: ArticleForm;
  baseId: number | null;
  kind: RevisionKind;
  editorId: number;
}

/** The site's language and zone, which an article that is only begun is in. */
interface SiteStyle {
  language: string;
  zone: string;
}

/**
 * Keeps a text before anything is decided about it. The same text of the same editor, sent again, is kept once.
 *
 * @returns where it is kept, and what it really began from: of an import, the revision that holds what was imported
 */
export async function keepRevision(db: Database, text: NewText, site: SiteStyle, now: number): Promise<{ articleId: number; revisionId: number; baseId: number | null }> {
  return inTransaction(db, async (transaction) => {
    const article = (await findByUid(transaction, text.uid)) ?? (await beginArticle(transaction, text, site.language, now));
    const baseId = text.baseId ?? (await importedRevision(transaction, article, site.zone, now));
    if (article.head_revision_id === null && baseId === null) await transaction.updateTable('article').set({ title: shownTitle(text.form), edited_at: now }).where('id', '=', article.id).execute();
    const last = await findUnsaved(transaction, article.id, text.editorId);
    if (last && last.baseId === baseId && isSameForm(last.form, text.form)) {
      await setKind(transaction, last.id, text.kind);
      return { articleId: article.id, revisionId: last.id, baseId };
    }
    const revisionId = await insertRevision(transaction, article.id, { ...text, baseId }, now);
    await thinAutosaves(transaction, article.id, now);
    return { articleId: article.id, revisionId, baseId };
  });
}

interface ArticleHead {
  id: number;
  head_revision_id: number | null;
  changed_at: number;
}

async function findByUid(transaction: Handle, uid: string): Promise<ArticleHead | undefined> {
  return transaction.selectFrom('article').select(['id', 'head_revision_id', 'changed_at']).where('uid', '=', uid).executeTakeFirst();
}

async function beginArticle(transaction: Handle, { uid, editorId, form }: NewText, language: string, now: number): Promise<ArticleHead> {
  const empty = { standfirst: '', summary: '', body: '', body_html: '', body_text: '', word_count: 0, markup_version: 0 };
  const id = await nextArticleId(transaction);
  await transaction.insertInto('article').values({ id, uid, title: shownTitle(form), language, owner_id: editorId, changed_at: now, edited_at: now, ...empty }).execute();
  return { id, head_revision_id: null, changed_at: now };
}

function shownTitle(form: ArticleForm): string {
  return form.title.replace(/\s+/g, ' ').slice(0, 300).toWellFormed();
}

/** What was imported becomes the first revision as soon as somebody edits it: what later texts are compared with. */
async function importedRevision(transaction: Handle, article: ArticleHead, zone: string, now: number): Promise<number | null> {
  const first = await transaction.selectFrom('revision').select(['id', 'kind']).where('article_id', '=', article.id).orderBy('id').limit(1).executeTakeFirst();
  if (first) return first.kind === 'import' ? first.id : null;
  const { owner_id: owner, published_at: publishedAt } = await transaction.selectFrom('article').select(['owner_id', 'published_at']).where('id', '=', article.id).executeTakeFirstOrThrow();
  if (owner !== null) return null;
  const form = await loadImportedForm(transaction, article.id, zone);
  const row = { article_id: article.id, at: article.changed_at, editor_id: null, kind: 'import' as const, base_id: null, settled_at: now, form: JSON.stringify(form) };
  const { id } = await transaction.insertInto('revision').values(row).returning('id').executeTakeFirstOrThrow();
  await transaction.updateTable('article').set({ head_revision_id: id, public_revision_id: publishedAt === null ? null : id }).where('id', '=', article.id).execute();
  return id;
}

/** Adds a revision as it is. */
export async function insertRevision(transaction: Handle, articleId: number, { editorId, kind, baseId, form }: Omit<NewText, 'uid'>, now: number): Promise<number> {
  const row = { article_id: articleId, at: now, editor_id: editorId, kind, base_id: baseId, settled_at: null, form: JSON.stringify(form) };
  const { id } = await transaction.insertInto('revision').values(row).returning('id').executeTakeFirstOrThrow();
  return id;
}

async function setKind(transaction: Handle, id: number, kind: RevisionKind): Promise<void> {
  await transaction.updateTable('revision').set({ kind }).where('id', '=', id).execute();
}

/** Notes what became of a text that was kept. */
export async function classifyRevision(db: Database, id: number, kind: RevisionKind): Promise<void> {
  await inTransaction(db, (transaction) => setKind(transaction, id, kind));
}

/** What an editor typed into an article last and has neither saved nor discarded. */
export async function findUnsaved(db: Handle, articleId: number, editorId: number): Promise<Revision | undefined> {
  const row = await revisions(db, articleId)
    .where('revision.editor_id', '=', editorId)
    .where('kind', 'in', unsavedKinds)
    .where('settled_at', 'is', null)
    .orderBy('revision.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && toRevision(row);
}

/** The text of an article that reached the server last, whoever sent it. */
export async function findLastText(db: Handle, articleId: number): Promise<Revision | undefined> {
  const row = await revisions(db, articleId).orderBy('revision.id', 'desc').limit(1).executeTakeFirst();
  return row && toRevision(row);
}

/** What an editor typed up to a revision is saved in it, or discarded. */
export async function settleUnsaved(transaction: Handle, articleId: number, editorId: number, upTo: number, now: number): Promise<void> {
  await transaction
    .updateTable('revision')
    .set({ settled_at: now })
    .where('article_id', '=', articleId)
    .where('id', '<=', upTo)
    .where('editor_id', '=', editorId)
    .where('settled_at', 'is', null)
    .execute();
}

export async function discardUnsaved(db: Database, articleId: number, editorId: number, upTo: number, now: number): Promise<void> {
  await inTransaction(db, (transaction) => settleUnsaved(transaction, articleId, editorId, upTo, now));
}

/** Whether a text of an editor's stands among the last ones that they sent. */
export async function isKept(db: Database, articleId: number, editorId: number, form: ArticleForm): Promise<boolean> {
  const rows = await revisions(db.reader, articleId).where('revision.editor_id', '=', editorId).orderBy('revision.id', 'desc').limit(20).execute();
  return rows.some((row) => isSameForm(readStoredForm(row.form), form));
}

export async function findRevision(db: Database, articleId: number, id: number): Promise<Revision | undefined> {
  const row = await revisions(db.reader, articleId).where('revision.id', '=', id).executeTakeFirst();
  return row && toRevision(row);
}

/** The revisions of an article, newest first; what they hold is left out. */
export async function listRevisions(db: Database, articleId: number, { before, limit }: { before?: number | undefined; limit: number }): Promise<Omit<Revision, 'form'>[]> {
  let query = db.reader
    .selectFrom('revision')
    .leftJoin('editor', 'editor.id', 'revision.editor_id')
    .select(['revision.id', 'at', 'kind', 'base_id', 'revision.editor_id', 'editor.name'])
    .where('article_id', '=', articleId)
    .orderBy('revision.id', 'desc')
    .limit(limit);
  if (before !== undefined) query = query.where('revision.id', '<', before);
  return (await query.execute()).map((row) => ({ id: row.id, at: row.at, kind: row.kind, baseId: row.base_id, editor: editorOf(row) }));
}

function revisions(db: Handle, articleId: number) {
  return db
    .selectFrom('revision')
    .leftJoin('editor', 'editor.id', 'revision.editor_id')
    .select(['revision.id', 'at', 'kind', 'base_id', 'revision.editor_id', 'editor.name', 'form'])
    .where('article_id', '=', articleId);
}

interface RevisionRow {
  id: number;
  at: number;
  kind: RevisionKind;
  base_id: number | null;
  editor_id: number | null;
  name: string | null;
  form: string;
}

function toRevision(row: RevisionRow): Revision {
  return { id: row.id, at: row.at, kind: row.kind, baseId: row.base_id, editor: editorOf(row), form: readStoredForm(row.form) };
}

function editorOf({ editor_id: id, name }: Pick<RevisionRow, 'editor_id' | 'name'>): Revision['editor'] {
  return id === null ? null : { id, name: name ?? '' };
}
