import { makeSlug, numberedSlug } from '../../content/articles/slug.ts';
import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle, NamedKind, SlugKind } from '../database/schema.ts';

export interface SlugSource {
  text: string;
  language: string;
}

/** Makes a slug from the text, with a number if the slug is or was in use, or `article-7` if the text has no ASCII form. */
export async function findFreeSlug(transaction: Handle, kind: SlugKind, { text, language }: SlugSource, id: number, reserved: ReadonlySet<string> = new Set()): Promise<string> {
  const slug = makeSlug(text, language) || `${kind}-${id}`;
  const isFree = async (n: number) => !reserved.has(numberedSlug(slug, n)) && !(await isTaken(transaction, kind, numberedSlug(slug, n), id));
  return numberedSlug(slug, await firstFree(isFree));
}

export async function filterFreeSlugs(transaction: Handle, kind: SlugKind, slugs: string[]): Promise<Set<string>> {
  const now = await transaction.selectFrom(kind).select('slug').where('slug', 'in', slugs).execute();
  const old = await transaction.selectFrom('old_slug').select('slug').where('kind', '=', kind).where('slug', 'in', slugs).execute();
  const taken = new Set([...now, ...old].map(({ slug }) => slug));
  return new Set(slugs.filter((slug) => !taken.has(slug)));
}

/** Finds a free number by doubling, then bisection, because thousands of articles may share a title. */
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

/** Old slugs, which redirect, do not count as taken. */
export async function isTakenByAnother(transaction: Handle, kind: SlugKind, slug: string, id: number): Promise<boolean> {
  const holder = await transaction.selectFrom(kind).select('id').where('slug', '=', slug).executeTakeFirst();
  return holder !== undefined && holder.id !== id;
}

async function isTaken(transaction: Handle, kind: SlugKind, slug: string, id: number): Promise<boolean> {
  if (await isTakenByAnother(transaction, kind, slug, id)) return true;
  const old = await transaction.selectFrom('old_slug').select('target_id').where('kind', '=', kind).where('slug', '=', slug).executeTakeFirst();
  return old !== undefined && old.target_id !== id;
}

/** Changes a slug and redirects the old one. Throws if the new slug is in use. */
export async function changeSlug(db: Database, kind: SlugKind, id: number, slug: string, now: number): Promise<void> {
  await inTransaction(db, async (transaction) => {
    const { slug: old } = await transaction.selectFrom(kind).select('slug').where('id', '=', id).executeTakeFirstOrThrow();
    await transaction.updateTable(kind).set({ slug }).where('id', '=', id).execute();
    if (kind === 'article') await transaction.updateTable('article').set((eb) => ({ changed_at: now, version: eb('version', '+', 1) })).where('id', '=', id).execute();
    const displaced = await redirectOldSlug(transaction, kind, id, { from: old, to: slug });
    await recordChange(transaction, [...(kind === 'article' ? [`article:${id}`, 'articles'] : [nameChangeTag(kind)]), ...displaced], now);
  });
}

export function nameChangeTag(kind: NamedKind): string {
  return kind === 'theme' ? 'themes' : 'names';
}

/** Redirects the slug `from`, unless it is null. Returns the tags of redirects that the slug `to` replaces, such as `article:7`. */
export async function redirectOldSlug(transaction: Handle, kind: SlugKind, id: number, { from, to }: { from: string | null; to: string }): Promise<string[]> {
  const displaced = await transaction.deleteFrom('old_slug').where('kind', '=', kind).where('slug', '=', to).returning('target_id as id').execute();
  if (from !== null && from !== to) {
    const row = { kind, slug: from, target_id: id };
    await transaction.insertInto('old_slug').values(row).onConflict((conflict) => conflict.columns(['kind', 'slug']).doUpdateSet(row)).execute();
  }
  return displaced.map((target) => `${kind}:${target.id}`);
}

/** The slug to which an old slug redirects. An article redirects only once it has been published. */
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
