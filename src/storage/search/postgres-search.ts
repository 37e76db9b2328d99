import { sql, type RawBuilder } from 'kysely';
import type { Handle } from '../database/schema.ts';
import type { Hit, HitCursor, Phrase, SearchEntry, SearchIndex, SearchQuery } from './search-index.ts';

/**
 * Full-text search with PostgreSQL's tsvector, with the same words, tiers and order as `sqliteSearch`. Words arrive
 * already folded and split, so no PostgreSQL dictionary is involved.
 *
 * The words of title, standfirst and summary are repeated with a prefix. PostgreSQL's own weights are not in its
 * indexes, so a search by weight would have to read every article that contains the word.
 */
export const postgresSearch: SearchIndex = {
  async add(transaction, entries) {
    if (entries.length === 0) return;
    const rows = entries.map(({ id, publishedAt, themeId, ...fields }) => sql`(${id}, ${publishedAt}, ${themeId}, ${vectorText(fields)}::tsvector)`);
    await sql`
      insert into search (article_id, public_at, theme_id, words) values ${sql.join(rows)}
      on conflict (article_id) do update set public_at = excluded.public_at, theme_id = excluded.theme_id, words = excluded.words`.execute(transaction);
    const words = new Set(entries.flatMap(newWords).filter((word) => word.length <= maxCompletionLength));
    if (words.size > 0) await sql`insert into search_word (word) select unnest(${[...words].toSorted()}::text[]) on conflict do nothing`.execute(transaction);
  },

  async optimize(transaction) {
    // Only recreates an index dropped by `clear`. Autovacuum does the rest.
    await sql`set local maintenance_work_mem = '256MB'`.execute(transaction);
    await sql`create index if not exists search_by_word on search using gin (words)`.execute(transaction);
    return false;
  },

  async clear(transaction) {
    await sql`truncate search`.execute(transaction);
    // Building the index once after a bulk load takes a tenth of the time that updating it row by row takes.
    await sql`drop index if exists search_by_word`.execute(transaction);
  },

  async remove(transaction, { id }) {
    await sql`delete from search where article_id = ${id}`.execute(transaction);
  },

  async listRelevant(db, query, after, limit) {
    const hits: Hit[] = [];
    for (let tier = after?.tier ?? 0; tier < tiers.length && hits.length < limit; tier += 1) {
      const cursor = after?.tier === tier ? after : undefined;
      hits.push(...(await list(db, inTier(query, tier), query, cursor, tier, limit - hits.length)));
    }
    return hits;
  },

  async listNewest(db, query, after, limit) {
    return list(db, matches(queryText(query.terms, '')), query, after, tiers.length - 1, limit);
  },

  matchingIds(terms, where = 'anywhere') {
    return sql<number>`(select article_id from search where ${matches(queryText(terms, where === 'title' ? titlePrefix : ''))})`;
  },

  async countAmongNewest(db, word, newest, until) {
    const { rows } = await sql<{ matches: number }>`
      select count(*) as matches from (select words from search where public_at <= ${until} order by public_at desc, article_id desc limit ${newest}) as newest
      where ${matches(queryText([[[word]]], ''))}`.execute(db);
    return rows[0]?.matches ?? 0;
  },

  async count(db, query, max) {
    const { rows } = await sql<{ matches: number }>`
      select count(*) as matches from (select 1 from search where ${matches(queryText(query.terms, ''))} and ${range(query, undefined)} limit ${max}) as counted`.execute(db);
    return rows[0]?.matches ?? 0;
  },
};

const maxCompletionLength = 64;
/** In characters of up to four bytes. PostgreSQL's limit is 2,046 bytes. */
const maxLexemeLength = 500;
/** PostgreSQL's limits (manual, 12.11). A word beyond them is found alone but not in a phrase. */
const maxPosition = 16_383;
const maxPositions = 255;
const maxVectorLength = { withPositions: 700_000, without: 1_000_000 };

// Private-use characters, which occur in no word.
const titlePrefix = '\u{E000}';
const leadPrefix = '\u{E001}';

const tiers = [titlePrefix, leadPrefix, ''];

function vectorText({ title, standfirst, summary, body, joined }: Pick<SearchEntry, 'title' | 'standfirst' | 'summary' | 'body' | 'joined'>): string {
  const positions = new Map<string, number[]>();
  let position = 0;
  const add = (words: string[], ...prefixes: string[]) => {
    for (const word of words) {
      position += 1;
      for (const prefix of ['', ...prefixes]) {
        const lexeme = lexemeOf(word, prefix);
        const known = positions.get(lexeme) ?? [];
        if (position <= maxPosition && known.length < maxPositions) known.push(position);
        positions.set(lexeme, known);
      }
    }
    // A gap, so that no phrase matches across two fields.
    position += 1;
  };
  add(title, titlePrefix, leadPrefix);
  add(standfirst, leadPrefix);
  add(summary, leadPrefix);
  add(typeof body === 'string' ? body.split(' ').filter(Boolean) : body);
  add(joined);
  let length = 0;
  const parts: string[] = [];
  for (const [lexeme, at] of positions) {
    const word = quoted(lexeme);
    const isPlaced = at.length > 0 && length < maxVectorLength.withPositions;
    const part = isPlaced ? `${word}:${at.join(',')}` : word;
    length += Buffer.byteLength(part);
    if (length > maxVectorLength.without) break;
    parts.push(part);
  }
  return parts.join(' ');
}

function newWords({ title, standfirst, summary, body, joined, unseen }: SearchEntry): string[] {
  return unseen ?? [...title, ...standfirst, ...summary, ...(typeof body === 'string' ? body.split(' ') : body), ...joined];
}

/** How many of the newest articles are scanned for a common word. Unpacking one vector takes 20 µs. */
const scanSizes = [100, 1500];

/**
 * Lists the newest hits. Scans the newest articles first, where a common word soon has enough hits, and only then sorts
 * all hits from the index of words: 200 ms for a word in each of a million articles, 10 ms for a rare one. PostgreSQL
 * can't tell which plan is faster, and the wrong one takes seconds.
 */
async function list(db: Handle, condition: RawBuilder<boolean>, query: SearchQuery, cursor: HitCursor | undefined, tier: number, limit: number): Promise<Hit[]> {
  const hits = (rows: { id: number }[]) => rows.map(({ id }) => ({ id, tier }));
  for (const [index, newest] of scanSizes.entries()) {
    const { rows } = await sql<{ id: number }>`
      select article_id as id from (select * from search where ${range(query, cursor)} order by public_at desc, article_id desc limit ${newest}) as newest
      where ${condition} order by public_at desc, article_id desc limit ${limit}`.execute(db);
    if (rows.length >= limit) return hits(rows);
    const next = scanSizes[index + 1] ?? 0;
    if (rows.length * next < limit * newest) break;
  }
  // `public_at + 0` matches no index, so PostgreSQL has to use the index of words.
  const { rows } = await sql<{ id: number }>`
    select article_id as id from search where ${condition} and ${range(query, cursor)}
    order by public_at + 0 desc, article_id desc limit ${limit}`.execute(db);
  return hits(rows);
}

function range({ from, until, themeIds }: SearchQuery, cursor: HitCursor | undefined): RawBuilder<boolean> {
  const conditions = [sql`public_at <= ${until}`];
  if (from !== undefined) conditions.push(sql`public_at >= ${from}`);
  if (themeIds !== undefined) conditions.push(sql`theme_id in (${sql.join(themeIds)})`);
  if (cursor) conditions.push(sql`(public_at, article_id) < (${cursor.publishedAt}, ${cursor.id})`);
  return sql<boolean>`${sql.join(conditions, sql` and `)}`;
}

function inTier({ terms }: SearchQuery, tier: number): RawBuilder<boolean> {
  const better = tiers[tier - 1];
  const wanted = queryText(terms, tiers[tier] ?? '');
  return matches(better === undefined ? wanted : `${wanted} & !(${queryText(terms, better)})`);
}

function matches(text: string): RawBuilder<boolean> {
  return sql<boolean>`words @@ ${text}::tsquery`;
}

function queryText(terms: Phrase[][], prefix: string): string {
  return terms.map((phrases) => `(${phrases.map((phrase) => phraseText(phrase, prefix)).join(' | ')})`).join(' & ');
}

function phraseText(phrase: Phrase, prefix: string): string {
  return `(${phrase.map((word) => quoted(lexemeOf(word, prefix))).join(' <-> ')})`;
}

function lexemeOf(word: string, prefix: string): string {
  return prefix + word.slice(0, maxLexemeLength).toWellFormed();
}

function quoted(lexeme: string): string {
  return `'${lexeme.replace(/['\\]/g, '$&$&')}'`;
}
