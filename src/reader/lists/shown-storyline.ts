import { parseTitle } from '../../content/articles/title.ts';
import type { Database } from '../../storage/database/database.ts';
import { findStoryline, listOfStoryline } from '../../storage/storylines/story.ts';
import { articlesShown } from './teaser.ts';

export interface ShownStoryline {
  id: number;
  /** Its name or, without one, the title of its newest article. Plain text. */
  title: string;
  /** Of the title; undefined for a name. */
  language: string | undefined;
  /** The page cache's tags for the storyline and its title. */
  shows: string[];
  /** The storyline of the address was joined into this one. */
  isMoved: boolean;
}

const idPattern = /^[1-9]\d{0,8}$/;
/** More than editors ever join one into the next. The limit ends a circle. */
const maxJoins = 20;

/** Undefined if nothing of the storyline is published. */
export async function findShownStoryline(db: Database, idInPath: string, now: number): Promise<ShownStoryline | undefined> {
  if (!idPattern.test(idInPath)) return undefined;
  let storyline = await findStoryline(db, Number(idInPath));
  const shows = storyline ? [`storyline:${storyline.id}`] : [];
  for (let joins = 0; storyline && storyline.joinedInto !== null && joins < maxJoins; joins += 1) {
    storyline = await findStoryline(db, storyline.joinedInto);
    if (storyline) shows.push(`storyline:${storyline.id}`);
  }
  const [newest] = storyline ? (await listOfStoryline(db, storyline.id, { now, limit: 1 })).articles : [];
  if (!storyline || !newest) return undefined;
  return { id: storyline.id, title: storyline.name || parseTitle(newest.title).text, language: storyline.name ? undefined : newest.language, shows: [...shows, ...articlesShown([newest])], isMoved: storyline.id !== Number(idInPath) };
}
