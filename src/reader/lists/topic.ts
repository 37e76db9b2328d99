import type { Context } from '../../context.ts';
import { listOfTopic } from '../../storage/articles/lists.ts';
import { topicPath } from '../../urls.ts';
import type { Page, PageRequest } from '../page.ts';
import { namedPage, type NamedPageParts } from './named-page.ts';

const parts: NamedPageParts = {
  kind: 'topic',
  kicker: 'lists.topic',
  pathOf: topicPath,
  describe: ({ settings, messages }, topic) => messages.text('lists.topicDescription', { topic, site: settings.name }),
  hasFeeds: false,
  list: listOfTopic,
};

export async function topicPage(context: Context, request: PageRequest): Promise<Page | undefined> {
  return namedPage(context, request, parts);
}
