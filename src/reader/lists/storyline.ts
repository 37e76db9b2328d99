import type { Context } from '../../context.ts';
import { findNextOfStoryline, listOfStoryline } from '../../storage/storylines/story.ts';
import { storylinePath } from '../../urls.ts';
import type { Page, PageRequest } from '../page.ts';
import { listPage } from './list-page.ts';
import { findShownStoryline } from './shown-storyline.ts';

/** All articles of a storyline. If it was joined into another, redirects there. */
export async function storylinePage(context: Context, request: PageRequest): Promise<Page | undefined> {
  const { db } = context;
  const { site, now } = request;
  const found = await findShownStoryline(db, request.params['id'] ?? '', now);
  if (!found) return undefined;
  const { id, title, language, shows, isMoved } = found;
  if (isMoved) return { movedTo: storylinePath(id), shows };
  const parts = {
    heading: title,
    headingLanguage: language,
    kicker: site.messages.text('lists.storyline'),
    path: storylinePath(id),
    description: site.messages.text('lists.storylineDescription', { site: site.settings.name, title }),
    hasFeeds: true,
  };
  const changesAt = site.publications.next && (await findNextOfStoryline(db, id, now));
  return listPage(context, request, parts, { shows, changesAt }, (page) => listOfStoryline(db, id, page));
}
