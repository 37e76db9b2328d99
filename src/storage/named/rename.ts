import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { NamedKind } from '../database/schema.ts';
import { recordAction, type AuditAction } from '../newsroom/audit-log.ts';
import { changeName, findNameOwner } from './change-name.ts';
import { findByName, type Named } from './named.ts';
import { findFreeSlug, nameChangeTag } from './slugs.ts';

export type RenameResult = { renamed: Named } | { refused: 'unknown' | 'taken' };

const actions = { theme: 'theme-change', topic: 'topic-rename', author: 'author-change' } as const satisfies Record<NamedKind, AuditAction>;

/** For the command line. The new slug is transliterated by `language`. The old address redirects, and texts may still use the former name. */
export async function renameNamed(db: Database, kind: NamedKind, from: string, { to, language }: { to: string; language: string }, now: number): Promise<RenameResult> {
  return inTransaction(db, async (transaction) => {
    const named = await findByName(transaction, kind, from);
    if (!named) return { refused: 'unknown' };
    if (await findNameOwner(transaction, kind, to, named.id)) return { refused: 'taken' };
    const slug = await findFreeSlug(transaction, kind, { text: to, language }, named.id);
    await changeName(transaction, kind, named, { name: to, slug });
    await recordAction(transaction, { editorId: null, action: actions[kind], detail: `${named.name} → ${to}` }, now);
    await recordChange(transaction, [nameChangeTag(kind)], now);
    return { renamed: { id: named.id, slug, name: to } };
  });
}
