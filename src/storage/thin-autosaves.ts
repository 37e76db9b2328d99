import { sql } from 'kysely';
import type { Handle } from './database.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Beyond each age, one autosave of each editor is kept in a span of time: the last. Times are milliseconds. */
const thinning = [
  { age: 10 * minute, span: 10 * minute },
  { age: day, span: 6 * hour },
  { age: 30 * day, span: 7 * day },
];

/**
 * Thins an article's autosaves with time. What was saved stays, and so does what a preview shows and what an editor
 * typed last.
 */
export async function thinAutosaves(transaction: Handle, articleId: number, now: number): Promise<void> {
  for (const { age, span } of thinning) {
    await sql`
      delete from revision
      where article_id = ${articleId} and kind = 'autosave' and at < ${now - age}
        and id not in (select max(id) from revision where article_id = ${articleId} and kind = 'autosave' group by editor_id, at / cast(${span} as integer))
        and id not in (select revision_id from preview where expires_at > ${now})`.execute(transaction);
  }
}
