import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { recordAction } from '../newsroom/audit-log.ts';
import { listNavigationThemes, type ListedTheme } from './edited-themes.ts';

/** A place in the navigation, from 1. `automatic`: its articles decide. */
export type ThemePlace = number | 'automatic' | 'hidden';

/** The order that editors have chosen, so that a form can name the one on which it is based. */
export function chosenOrder(navigation: ListedTheme[]): string {
  return navigation.filter(({ isPlaced }) => isPlaced).map(({ id }) => id).join(' ');
}

/**
 * Gives a theme a place in the navigation. The themes before that place get theirs too, because the theme would not stay
 * behind them otherwise.
 *
 * @param order the chosen order that the editor saw. If it has changed since, the result is `conflict`.
 */
export async function placeTheme(db: Database, { id, place, order }: { id: number; place: ThemePlace; order: string }, editorId: number, now: number): Promise<'done' | 'gone' | 'conflict'> {
  return inTransaction(db, async (transaction) => {
    const theme = await transaction.selectFrom('theme').select(['name', 'position', 'is_hidden']).where('id', '=', id).executeTakeFirst();
    if (!theme) return 'gone';
    const navigation = await listNavigationThemes(transaction, now);
    const before = navigation.filter(({ isPlaced }) => isPlaced).map((placed) => placed.id);
    const after = typeof place === 'number' ? orderWith(navigation, id, place) : before.filter((other) => other !== id);
    const isHidden = place === 'hidden' ? 1 : 0;
    // The form may have been sent twice.
    if (theme.is_hidden === isHidden && after.join(' ') === before.join(' ')) return 'done';
    if (chosenOrder(navigation) !== order) return 'conflict';
    await transaction.updateTable('theme').set({ position: null, is_hidden: isHidden }).where('id', '=', id).execute();
    await storeOrder(transaction, after);
    await recordAction(transaction, { editorId, action: 'theme-place', detail: `${typeof place === 'number' ? after.indexOf(id) + 1 : place} ${theme.name}` }, now);
    await recordChange(transaction, ['themes'], now);
    return 'done';
  });
}

function orderWith(navigation: ListedTheme[], id: number, place: number): number[] {
  const others = navigation.filter((theme) => theme.id !== id);
  const whole = others.map((theme) => theme.id).toSpliced(place - 1, 0, id);
  const placed = others.filter(({ isPlaced }) => isPlaced).length;
  return whole.slice(0, Math.max(placed + 1, whole.indexOf(id) + 1));
}

async function storeOrder(transaction: Handle, ids: number[]): Promise<void> {
  for (const [index, id] of ids.entries()) await transaction.updateTable('theme').set({ position: index + 1 }).where('id', '=', id).execute();
}
