import { hasSameDetails, mergeDetails, type Versions } from '../../content/merge-details.ts';
import { themeFields, type ThemeDetails } from '../../content/named/theme-form.ts';
import { altOf } from '../../content/pictures/picture.ts';
import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import { retireIds } from '../database/ids.ts';
import { changeName, findNameOwner, type NameOwner } from '../named/change-name.ts';
import { NameResolver } from '../named/named.ts';
import { findFreeSlug, nameChangeTag } from '../named/slugs.ts';
import { recordAction } from '../newsroom/audit-log.ts';
import { setPictureUses } from '../pictures/picture-uses.ts';
import { findPicture } from '../pictures/pictures.ts';
import { findEditedTheme, type EditedTheme } from './edited-themes.ts';

/** Adds a theme without articles, which readers don't see yet. */
export async function addTheme(db: Database, { name, language }: { name: string; language: string }, editorId: number, now: number): Promise<{ added: number } | { takenBy: NameOwner }> {
  return inTransaction(db, async (transaction) => {
    const takenBy = await findNameOwner(transaction, 'theme', name, 0);
    if (takenBy) return { takenBy };
    const id = await new NameResolver(transaction).idOf('theme', name, language);
    await recordAction(transaction, { editorId, action: 'theme-addition', detail: name }, now);
    // Pages that said that there is no such theme.
    await recordChange(transaction, ['articles'], now);
    return { added: id };
  });
}

/** `conflicts`: somebody else has changed these details too, so nothing was saved; see `mergeDetails`. The other refusals name what the theme can't have. */
export type ThemeChange = 'saved' | 'gone' | ThemeConflict | 'no picture' | 'undescribed picture' | { takenBy: NameOwner };

export interface ThemeConflict {
  conflicts: (keyof ThemeDetails)[];
  merged: ThemeDetails;
  saved: EditedTheme;
}

interface NewDetails {
  id: number;
  seen: Versions<ThemeDetails>['seen'];
  details: ThemeDetails;
  /** The name is transliterated by it for the address. */
  language: string;
}

export async function saveTheme(db: Database, { id, seen, details, language }: NewDetails, editorId: number, now: number): Promise<ThemeChange> {
  return inTransaction(db, async (transaction) => {
    const before = await findEditedTheme(transaction, id, now);
    if (!before) return 'gone';
    const { merged, conflicts } = mergeDetails<ThemeDetails>(themeFields, { seen, typed: details, saved: before });
    if (conflicts.length > 0) return { conflicts, merged, saved: before };
    // The form may have been sent twice.
    if (hasSameDetails<ThemeDetails>(themeFields, before, merged)) return 'saved';
    const { name, description, pictureId } = merged;
    const isRenamed = name !== before.name;
    const takenBy = isRenamed ? await findNameOwner(transaction, 'theme', name, id) : undefined;
    if (takenBy) return { takenBy };
    const picture = pictureId === null ? undefined : await findPicture(transaction, pictureId);
    if (pictureId !== null && !picture) return 'no picture';
    if (picture && altOf(picture, '') === undefined) return 'undescribed picture';
    if (isRenamed) await changeName(transaction, 'theme', before, { name, slug: await findFreeSlug(transaction, 'theme', { text: name, language }, id) });
    await transaction.updateTable('theme').set({ description, picture_id: pictureId }).where('id', '=', id).execute();
    await setPictureUses(transaction, 'theme', id, pictureId === null ? [] : [pictureId]);
    await recordAction(transaction, { editorId, action: 'theme-change', detail: isRenamed ? `${before.name} → ${name}` : name }, now);
    await recordChange(transaction, [`theme:${id}`, ...(isRenamed ? [nameChangeTag('theme')] : [])], now);
    return 'saved';
  });
}

/** Deletes a theme that has no articles and into which no other was merged. `used`: it has, and nothing was deleted. */
export async function deleteTheme(db: Database, id: number, editorId: number, now: number): Promise<'deleted' | 'gone' | 'used'> {
  return inTransaction(db, async (transaction) => {
    const theme = await findEditedTheme(transaction, id, now);
    if (!theme) return 'gone';
    if (theme.articles > 0 || theme.hasMerged) return 'used';
    for (const table of ['old_slug', 'old_name'] as const) await transaction.deleteFrom(table).where('kind', '=', 'theme').where('target_id', '=', id).execute();
    await setPictureUses(transaction, 'theme', id, []);
    await transaction.deleteFrom('theme').where('id', '=', id).execute();
    await retireIds(transaction, 'theme', [id]);
    await recordAction(transaction, { editorId, action: 'theme-deletion', detail: theme.name }, now);
    // Redirects from its former addresses end.
    await recordChange(transaction, ['articles'], now);
    return 'deleted';
  });
}
