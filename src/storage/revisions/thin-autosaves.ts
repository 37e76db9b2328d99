import { sql } from 'kysely';
import type { Handle } from '../database/schema.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Autosaves older than `age` are reduced to one per editor and `interval`, both in milliseconds: the last in each interval. */
const thinningRules = [
  { age: 10 * minute, interval: 10 * minute },
  { age: day, interval: 6 * hour },
  { age: 30 * day, interval: 7 * day },
];

/** Articles that nobody edits any more are thinned when others are, this many at a time. */
const maxOtherArticles = 3;

/** Deletes old autosaves of an article, and of a few other articles. Keeps each editor's last autosave and those that previews show. */
export async function thinAutosaves(transaction: Handle, articleId: number, now: number): Promise<void> {
  for (const id of [articleId, ...(await findOverdue(transaction, now))]) {
    for (const { age, interval } of thinningRules) {
      await sql`
        delete from revision
        where article_id = ${id} and kind = 'autosave' and at < ${now - age}
          and id not in (select max(id) from revision where article_id = ${id} and kind = 'autosave' group by editor_id, at / cast(${interval} as bigint))
          and id not in (select revision_id from preview where expires_at > ${now})`.execute(transaction);
    }
  }
}

async function findOverdue(transaction: Handle, now: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select distinct article_id as id from revision
    where kind = 'autosave' and at between ${now - 2 * day} and ${now - hour}
    group by article_id, editor_id, at / cast(${10 * minute} as bigint) having count(*) > 1 limit ${maxOtherArticles}`.execute(transaction);
  return rows.map(({ id }) => id);
}
