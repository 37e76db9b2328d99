import { makeSlug, numberedSlug } from '../content/slug.ts';
import { recordChange } from './changes.ts';
import { inTransaction, type Database, type Handle } from './database.ts';
import type { SlugKind } from './schema.ts';

/**
 * A slug of its own for a new article, theme, topic or author: made from the text, numbered where another has
 * it or had it, and `article-7` where nothing of the text has an ASCII form.
 *
 * @param reserved slugs that are about to be given to others
 */
export async function freeSlug(transaction: Handle, kind: SlugKind, text: string, id: number, reserved: ReadonlySet<string> = new Set()): Promise<string> {
  const slug = makeSlug(text) || `${kind}-${id}`;
  for (let n = 1; ; n += 1) {
    const wanted = numberedSlug(slug, n);
    if (!reserved.has(wanted) && !(await isTaken(transaction, kind, wanted))) return wanted;
  }
}

async function isTaken(transaction: Handle, kind: SlugKind, slug: string): Promise<boolean> {
  const current = await transaction.selectFrom(kind).select('id').where('slug', '=', slug).executeTakeFirst();
  if (current) return true;
  return (await transaction.selectFrom('old_slug').select('target_id').where('kind', '=', kind).where('slug', '=', slug).executeTakeFirst()) !== undefined;
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
    await transaction.deleteFrom('old_slug').where('kind', '=', kind).where('slug', '=', slug).execute();
    if (old !== null && old !== slug) {
      const row = { kind, slug: old, target_id: id };
      await transaction.insertInto('old_slug').values(row).onConflict((conflict) => conflict.columns(['kind', 'slug']).doUpdateSet(row)).execute();
    }
    await recordChange(transaction, [`${kind}:${id}`], now);
  });
}

/** The slug that now has the place of a slug that was given up. */
export async function findNewSlug(db: Database, kind: SlugKind, oldSlug: string): Promise<string | undefined> {
  const old = await db.reader.selectFrom('old_slug').select('target_id').where('kind', '=', kind).where('slug', '=', oldSlug).executeTakeFirst();
  if (!old) return undefined;
  const target = await db.reader.selectFrom(kind).select('slug').where('id', '=', old.target_id).executeTakeFirst();
  return target?.slug ?? undefined;
}
