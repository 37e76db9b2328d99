import { makeSlug, numberedSlug } from '../../content/articles/slug.ts';
import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle, NamedKind, SlugKind } from '../database/schema.ts';

/** A title or a name, and the BCP 47 tag of its language. */
export interface SlugSource {
  text: string;
  language: string;
}

/**
 * A slug of its own for an article, theme, topic or author: made from the text, numbered where another has
 * it or had it, and `article-7` where nothing of the text has an ASCII form.
 *
 * @param reserved slugs that are about to be given to others
 */
export async function findFreeSlug(transaction: Handle, kind: SlugKind, { text, language }: SlugSource, id: number, reserved: ReadonlySet<string> = new Set()): Promise<string> {
  const slug = makeSlug(text, language) || `${kind}-${id}`;
  const isFree = async (n: number) => !reserved.has(numberedSlug(slug, n)) && !(await isTaken(transaction, kind, numberedSlug(slug, n), id));
  return numberedSlug(slug, await firstFree(isFree));
}

/** Those of the slugs that none of a kind has or had. */
export async function filterFreeSlugs(transaction: Handle, kind: SlugKind, slugs: string[]): Promise<Set<string>> {
  const now = await transaction.selectFrom(kind).select('slug').where('slug', 'in', slugs).execute();
  const old = await transaction.selectFrom('old_slug').select('slug').where('kind', '=', kind).where('slug', 'in', slugs).execute();
  const taken = new Set([...now, ...old].map(({ slug }) => slug));
  return new Set(slugs.filter((slug) => !taken.has(slug)));
}

/** A number that is free though the one before it is not, found by doubling and halving: thousands may have one name. */
async function firstFree(isFree: (n: number) => Promise<boolean>): Promise<number> {
  let free = 1;
  while (!(await isFree(free))) free *= 2;
  let taken = Math.floor(free / 2);
  while (free - taken > 1) {
    const middle = Math.floor((free + taken) / 2);
    if (await isFree(middle)) free = middle;
    else taken = middle;
  }
  return free;
}

/** Whether another of its kind has the slug now. Slugs that were given up may be taken. */
export async function isTakenByAnother(transaction: Handle, kind: SlugKind, slug: string, id: number): Promise<boolean> {
  const holder = await transaction.selectFrom(kind).select('id').where('slug', '=', slug).executeTakeFirst();
  return holder !== undefined && holder.id !== id;
}

/** Whether another has the slug or had it. */
async function isTaken(transaction: Handle, kind: SlugKind, slug: string, id: number): Promise<boolean> {
  if (await isTakenByAnother(transaction, kind, slug, id)) return true;
  const old = await transaction.selectFrom('old_slug').select('target_id').where('kind', '=', kind).where('slug', '=', slug).executeTakeFirst();
  return old !== undefined && old.target_id !== id;
}

/**
 * Gives something another slug; the one it had leads to it from then on.
 *
 * @throws if another of its kind has the slug
 */
export async function changeSlug(db: Database, kind: SlugKind, id: number, slug: string, now: number): Promise<void> {
  await inTransaction(db, async (transaction) => {
    const { slug: old } = await transaction.selectFrom(kind).select('slug').where('id', '=', id).executeTakeFirstOrThrow();
    await transaction.updateTable(kind).set({ slug }).where('id', '=', id).execute();
    if (kind === 'article') await transaction.updateTable('article').set((eb) => ({ changed_at: now, version: eb('version', '+', 1) })).where('id', '=', id).execute();
    const displaced = await redirectOldSlug(transaction, kind, id, { from: old, to: slug });
    await recordChange(transaction, [...(kind === 'article' ? [`article:${id}`, 'articles'] : [nameChangeTag(kind)]), ...displaced], now);
  });
}

/** The name or the slug of one of these may stand on any page. */
export function nameChangeTag(kind: NamedKind): string {
  return kind === 'theme' ? 'themes' : 'names';
}

/**
 * Notes that a slug, if readers know one, was given up for another, and leads to it from now on.
 *
 * @returns what the new slug led to until now, such as `article:7`
 */
export async function redirectOldSlug(transaction: Handle, kind: SlugKind, id: number, { from, to }: { from: string | null; to: string }): Promise<string[]> {
  const displaced = await transaction.deleteFrom('old_slug').where('kind', '=', kind).where('slug', '=', to).returning('target_id as id').execute();
  if (from !== null && from !== to) {
    const row = { kind, slug: from, target_id: id };
    await transaction.insertInto('old_slug').values(row).onConflict((conflict) => conflict.columns(['kind', 'slug']).doUpdateSet(row)).execute();
  }
  return displaced.map((target) => `${kind}:${target.id}`);
}

/** The slug that now has the place of a slug that was given up; of an article, only if readers may know it. */
export async function findNewSlug(db: Database, kind: SlugKind, oldSlug: string, now: number): Promise<string | undefined> {
  const old = await db.reader.selectFrom('old_slug').select('target_id').where('kind', '=', kind).where('slug', '=', oldSlug).executeTakeFirst();
  if (!old) return undefined;
  const target = await db.reader.selectFrom(kind).select('slug').where('id', '=', old.target_id).executeTakeFirst();
  return kind === 'article' && !(await wasPublic(db, old.target_id, now)) ? undefined : (target?.slug ?? undefined);
}

async function wasPublic(db: Database, articleId: number, now: number): Promise<boolean> {
  const article = await db.reader.selectFrom('article').select('id').where('id', '=', articleId).where('first_published_at', '<=', now).executeTakeFirst();
  return article !== undefined;
}
