import type { Handle } from '../database/schema.ts';
import type { Named } from '../named/named.ts';
import { findNavigation } from './navigation.ts';

/** All themes: first those in the navigation, in its order, then the others by name. Undefined if there are `limit` or more. */
export async function listThemeChoices(db: Handle, now: number, limit: number): Promise<Named[] | undefined> {
  const byName = await db.selectFrom('theme').select(['id', 'slug', 'name']).orderBy('sort_key').limit(limit).execute();
  if (byName.length >= limit) return undefined;
  const { themes } = await findNavigation(db, now);
  const first = new Set(themes.map(({ id }) => id));
  return [...themes, ...byName.filter(({ id }) => !first.has(id))];
}
