import type { Context } from '../../context.ts';
import { listOfTopic } from '../../storage/articles/lists.ts';
import { topicPath } from '../../urls.ts';
import type { Page, PageRequest } from '../page.ts';
import { namedPage, type NamedPageParts } from './named-page.ts';

const parts: NamedPageParts = {
  kind: 'topic',
  kicker: 'Topic',
  pathOf: topicPath,
  describe: (name, site) => `All that ${site.settings.name} has published on the topic of ${name}.`,
  hasFeeds: false,
  list: listOfTopic,
};

/** `/topics/SLUG` */
export async function topicPage(context: Context, request: PageRequest): Promise<Page | undefined> {
  return namedPage(context, request, parts);
}
