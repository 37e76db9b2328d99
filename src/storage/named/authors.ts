import { authorFields, type AuthorDetails, type AuthorProfile } from '../../content/authors/author-form.ts';
import type { LinkKind } from '../../content/authors/author-links.ts';
import { hasSameDetails, mergeDetails, type Versions } from '../../content/merge-details.ts';
import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { recordAction } from '../newsroom/audit-log.ts';
import { setPictureUses } from '../pictures/picture-uses.ts';
import { findPicture } from '../pictures/pictures.ts';
import { changeName, findNameOwner, type NameOwner } from './change-name.ts';
import { findFreeSlug, isTakenByAnother, nameChangeTag } from './slugs.ts';

export async function findAuthorProfile(db: Handle, id: number): Promise<AuthorProfile> {
  const profile = await db.selectFrom('author_profile').select(['portrait_id as portraitId', 'biography', 'web', 'mastodon', 'bluesky', 'email']).where('author_id', '=', id).executeTakeFirst();
  return profile ?? { portraitId: null, biography: '', web: '', mastodon: '', bluesky: '', email: '' };
}

export async function findAuthor(db: Handle, id: number): Promise<AuthorDetails | undefined> {
  const author = await db.selectFrom('author').select(['name', 'slug']).where('id', '=', id).executeTakeFirst();
  return author && { ...author, ...(await findAuthorProfile(db, id)) };
}

/** `conflicts`: somebody else has changed these details too, so nothing was saved; see `mergeDetails`. The other refusals name what the details can't have. */
export type AuthorChange = 'saved' | 'gone' | AuthorConflict | { takenBy: NameOwner } | 'slug taken' | 'no picture';

export interface AuthorConflict {
  conflicts: (keyof AuthorDetails)[];
  merged: AuthorDetails;
  saved: AuthorDetails;
}

interface NewDetails {
  id: number;
  seen: Versions<AuthorDetails>['seen'];
  details: AuthorDetails;
  /** For transliterating the name if there is no slug. */
  language: string;
}

export async function saveAuthor(db: Database, { id, seen, details, language }: NewDetails, editorId: number | null, now: number): Promise<AuthorChange> {
  return inTransaction(db, async (transaction) => {
    const before = await findAuthor(transaction, id);
    if (!before) return 'gone';
    const slug = details.slug || (await findFreeSlug(transaction, 'author', { text: details.name, language }, id));
    const { merged: after, conflicts } = mergeDetails(authorFields, { seen, typed: { ...details, slug }, saved: before });
    if (conflicts.length > 0) return { conflicts, merged: after, saved: before };
    // The form may have been sent twice.
    if (hasSameDetails(authorFields, before, after)) return 'saved';
    const takenBy = after.name === before.name ? undefined : await findNameOwner(transaction, 'author', after.name, id);
    if (takenBy) return { takenBy };
    if (await isTakenByAnother(transaction, 'author', after.slug, id)) return 'slug taken';
    if (after.portraitId !== null && !(await findPicture(transaction, after.portraitId))) return 'no picture';
    const isRenamed = before.name !== after.name || before.slug !== after.slug;
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
