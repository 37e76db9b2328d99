import type { AuthorDetails, AuthorProfile } from '../../content/authors/author-form.ts';
import type { LinkKind } from '../../content/authors/author-links.ts';
import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { recordAction } from '../newsroom/audit-log.ts';
import { setPictureUses } from '../pictures/picture-uses.ts';
import { findPicture } from '../pictures/pictures.ts';
import { changeName, findNameOwner, type NameOwner } from './change-name.ts';
import { formVersion } from './form-version.ts';
import { findFreeSlug, isTakenByAnother, nameChangeTag } from './slugs.ts';

export async function findAuthorProfile(db: Handle, id: number): Promise<AuthorProfile> {
  const profile = await db.selectFrom('author_profile').select(['portrait_id as portraitId', 'biography', 'web', 'mastodon', 'bluesky', 'email']).where('author_id', '=', id).executeTakeFirst();
  return profile ?? { portraitId: null, biography: '', web: '', mastodon: '', bluesky: '', email: '' };
}

export async function findAuthor(db: Handle, id: number): Promise<AuthorDetails | undefined> {
  const author = await db.selectFrom('author').select(['name', 'slug']).where('id', '=', id).executeTakeFirst();
  return author && { ...author, ...(await findAuthorProfile(db, id)) };
}

/** Identifies a state of an author's details: see {@link formVersion}. */
export function authorVersion({ name, slug, portraitId, biography, web, mastodon, bluesky, email }: AuthorDetails): string {
  return formVersion([name, slug, portraitId, biography, web, mastodon, bluesky, email]);
}

/** `conflict`: somebody else has changed the details since `version`. The other refusals name what the details can't have. */
export type AuthorChange = 'saved' | 'gone' | 'conflict' | { takenBy: NameOwner } | 'slug taken' | 'no picture';

interface NewDetails {
  id: number;
  /** See {@link authorVersion}. */
  version: string;
  details: AuthorDetails;
  /** For transliterating the name if there is no slug. */
  language: string;
}

export async function saveAuthor(db: Database, { id, version, details, language }: NewDetails, editorId: number | null, now: number): Promise<AuthorChange> {
  return inTransaction(db, async (transaction) => {
    const before = await findAuthor(transaction, id);
    if (!before) return 'gone';
    const slug = details.slug || (await findFreeSlug(transaction, 'author', { text: details.name, language }, id));
    const after = { ...details, slug };
    // The form may have been sent twice.
    if (authorVersion(before) === authorVersion(after)) return 'saved';
    if (authorVersion(before) !== version) return 'conflict';
    const takenBy = details.name === before.name ? undefined : await findNameOwner(transaction, 'author', details.name, id);
    if (takenBy) return { takenBy };
    if (await isTakenByAnother(transaction, 'author', slug, id)) return 'slug taken';
    if (details.portraitId !== null && !(await findPicture(transaction, details.portraitId))) return 'no picture';
    const isRenamed = before.name !== after.name || before.slug !== slug;
    if (isRenamed) await changeName(transaction, 'author', { id, name: before.name, slug: before.slug }, after);
    await storeProfile(transaction, id, after);
    await recordAction(transaction, { editorId, action: 'author-change', detail: before.name === after.name ? after.name : `${before.name} → ${after.name}` }, now);
    await recordChange(transaction, [`author:${id}`, ...(isRenamed ? [nameChangeTag('author')] : [])], now);
    return 'saved';
  });
}

/** Storing an empty profile removes it. */
async function storeProfile(transaction: Handle, id: number, { portraitId, biography, web, mastodon, bluesky, email }: AuthorProfile): Promise<void> {
  await setPictureUses(transaction, 'author', id, portraitId === null ? [] : [portraitId]);
  await transaction.deleteFrom('author_profile').where('author_id', '=', id).execute();
  if (portraitId === null && [biography, web, mastodon, bluesky, email].every((text) => text === '')) return;
  await transaction.insertInto('author_profile').values({ author_id: id, portrait_id: portraitId, biography, web, mastodon, bluesky, email }).execute();
}

/** Gives an author the parts of another one's profile that they don't have, before the two are merged. */
export async function inheritProfile(transaction: Handle, { from, into }: { from: number; into: number }): Promise<void> {
  const [other, own] = [await findAuthorProfile(transaction, from), await findAuthorProfile(transaction, into)];
  const text = (field: 'biography' | LinkKind) => own[field] || other[field];
  await storeProfile(transaction, into, { portraitId: own.portraitId ?? other.portraitId, biography: text('biography'), web: text('web'), mastodon: text('mastodon'), bluesky: text('bluesky'), email: text('email') });
}
