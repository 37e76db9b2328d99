import { sql, type Kysely } from 'kysely';

const kinds = ['theme', 'topic', 'author'] as const;

const passedOver = /[\p{Quotation_Mark}\p{Dash}\p{White_Space}\p{Default_Ignorable_Code_Point}`´ʹʺʻʼʽʾʿˈ′″‴՚׳״]/gu;

/** A copy of the program's `nameKey` of that time, because a migration's result must not change with the program. */
function nameKey(name: string): string {
  const folded = name.toUpperCase().toLowerCase().replaceAll('ς', 'σ');
  return (folded.replace(passedOver, '') || folded.replace(/\s/g, '')).normalize('NFC');
}

interface Names {
  theme: NamedRow;
  topic: NamedRow;
  author: NamedRow;
  old_name: { kind: string; name_key: string; target_id: number };
}

interface NamedRow {
  id: number;
  name: string;
  name_key: string;
}

/** Names that differ only in apostrophes, quotes, dashes, spaces or case get the same key; feed ids are stored. */
export async function up(db: Kysely<Names>): Promise<void> {
  for (const kind of kinds) {
    await db.schema.alterTable(kind).addColumn('feed_id', 'text').execute();
    await renewKeys(db, kind);
    await renewOldKeys(db, kind);
  }
  await db.schema.createTable('site_feed').addColumn('id', 'integer', (c) => c.primaryKey()).addColumn('feed_id', 'text', (c) => c.notNull()).execute();
}

/** Of several rows with the same new key, the oldest gets the key, the others get the key plus their id, as `findByName` expects. */
async function renewKeys(db: Kysely<Names>, kind: (typeof kinds)[number]): Promise<void> {
  const rows = await db.selectFrom(kind).select(['id', 'name', 'name_key']).orderBy('id').execute();
  const given = new Set<string>();
  const renewed = rows.map(({ id, name, name_key }) => {
    const key = nameKey(name);
    const own = given.has(key) ? `${key} ${id}` : key;
    given.add(own);
    return { id, before: name_key, after: own };
  });
  const changed = renewed.filter(({ before, after }) => before !== after);
  // A new key may be another row's current one, so all changing keys are replaced first. No key begins with a space.
  for (const { id } of changed) await db.updateTable(kind).set({ name_key: ` ${id}` }).where('id', '=', id).execute();
  for (const { id, after } of changed) await db.updateTable(kind).set({ name_key: after }).where('id', '=', id).execute();
}

async function renewOldKeys(db: Kysely<Names>, kind: string): Promise<void> {
  const rows = await db.selectFrom('old_name').select(['name_key', 'target_id']).where('kind', '=', kind).orderBy('target_id').orderBy('name_key').execute();
  const targets = new Map<string, number>();
  for (const { name_key, target_id } of rows) {
    const key = nameKey(name_key);
    const target = targets.get(key);
    if (target === undefined) targets.set(key, target_id);
    else if (target !== target_id) targets.set(`${key} ${target_id}`, target_id);
  }
  await sql`delete from old_name where kind = ${kind}`.execute(db);
  for (const [key, target] of targets) await db.insertInto('old_name').values({ kind, name_key: key, target_id: target }).execute();
}
