import { SqliteAdapter, sql, type Kysely } from 'kysely';

const kinds = ['theme', 'topic', 'author'] as const;

interface Names {
  theme: NamedRow;
  topic: NamedRow;
  author: NamedRow;
}

interface NamedRow {
  id: number;
  name_key: string;
  sort_key: string;
}

/** Names are sorted without regard to accents, ids of deleted rows are not used again, and the merge of a large theme continues after a restart. */
export async function up(db: Kysely<Names>): Promise<void> {
  // Both systems sort by code points.
  const key = db.getExecutor().adapter instanceof SqliteAdapter ? sql`text` : sql`text collate "C"`;
  for (const kind of kinds) {
    await db.schema.alterTable(kind).addColumn('sort_key', key, (c) => c.notNull().defaultTo('')).execute();
    const rows = await db.selectFrom(kind).select(['id', 'name_key']).execute();
    for (const { id, name_key } of rows) await db.updateTable(kind).set({ sort_key: sortKey(name_key) }).where('id', '=', id).execute();
    await db.schema.createIndex(`${kind}_by_name`).on(kind).column('sort_key').execute();
  }
  await db.schema.createTable('retired_id').addColumn('kind', 'text', (c) => c.primaryKey()).addColumn('id', 'integer', (c) => c.notNull()).execute();
  await sql`insert into retired_id (kind, id) select 'theme', max(id) from merged_theme having max(id) is not null`.execute(db);
  await db.schema
    .createTable('theme_merge')
    .addColumn('from_id', 'integer', (c) => c.primaryKey().references('theme.id'))
    .addColumn('into_id', 'integer', (c) => c.notNull().references('theme.id'))
    .execute();
}

const diacritics = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}])\p{M}+/gu;
const letters: Record<string, string> = { ß: 'ss', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ħ: 'h', ı: 'i', æ: 'ae', œ: 'oe', þ: 'th', ς: 'σ', ـ: '', ٱ: 'ا', ى: 'ي', ة: 'ه', ی: 'ي', ک: 'ك' };

/** A copy of the program's `sortKey` of that time, because a migration's result must not change with the program. */
function sortKey(nameKey: string): string {
  const folded = nameKey.normalize('NFKD').replace(diacritics, '$1').replace(/[^\u0000-\u007f]/gu, (letter) => letters[letter] ?? letter).normalize('NFC').replace(/\s/g, '');
  return `${folded} ${nameKey}`;
}
