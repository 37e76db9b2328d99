import { sql } from 'kysely';
import type { Handle } from '../database/schema.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Beyond each age, one autosave of each editor is kept in a interval of time: the last. Times are milliseconds. */
const thinningRules = [
  { age: 10 * minute, interval: 10 * minute },
  { age: day, interval: 6 * hour },
  { age: 30 * day, interval: 7 * day },
];

/** How many other articles are thinned at once: they have nobody who does it by typing. */
const maxOtherArticles = 3;

/**
 * Thins the autosaves of an article, and of some others that wait for it. What was saved stays, and so does what a
 * preview shows and what an editor typed last.
 */
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
