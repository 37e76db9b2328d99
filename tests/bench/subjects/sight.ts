import type { Agent } from 'node:http';
import { makeSlug } from '../../../src/content/articles/slug.ts';
import { articlePath, frontPath, themePath } from '../../../src/urls.ts';
import { articleGenerator } from '../article-generator.ts';
import { sendRequest, keepAliveAgent } from '../client.ts';
import { openNewsroom } from '../newsroom.ts';
import { startSite } from '../site.ts';
import { number } from '../statistics.ts';
import type { Row } from '../table.ts';
import type { Bench } from './subject.ts';

const articles = 90;
/** Milliseconds after which an article counts as not shown. */
const timeout = 5000;

/** Whether an article published by one process shows at the next request to another process, which has cached the page. */
export async function measureSight({ smallest, cores }: Bench): Promise<Row[]> {
  const articleOf = articleGenerator(smallest.seed);
  await using copy = await smallest.copy();
  const options = { settings: copy.settings, cores: cores.server };
  await using site = await startSite(options);
  const newsroom = await openNewsroom(site);
  await using other = await startSite(options);
  const agent = keepAliveAgent();
  let seen = 0;
  let longest = 0;
  for (let index = 0; index < articles; index += 1) {
    // The title is unique, so its slug is known in advance.
    const article = { ...articleOf(smallest.size + index), title: `Unheard of before ${index}` };
    const pages = [frontPath, themePath(article.theme.toLowerCase()), articlePath(makeSlug(article.title))];
    const page = `${other.url}${pages[index % pages.length] ?? frontPath}`;
    if ((await shows(agent, page, article.title)) || (await shows(agent, page, article.title))) throw new Error(`“${article.title}” is shown before it is published`);
    await newsroom.publish(article);
    const published = performance.now();
    let attempts = 1;
    while (!(await shows(agent, page, article.title))) {
      if (performance.now() - published > timeout) throw new Error(`“${article.title}” is not shown after ${timeout} ms`);
      attempts += 1;
    }
    if (attempts === 1) seen += 1;
    longest = Math.max(longest, performance.now() - published);
  }
  agent.destroy();
  newsroom.close();
  return [{ what: 'published by one process, seen by the next request to another', goal: { least: articles }, value: seen, unit: `of ${articles}`, digits: 0, figures: `shown within ${number(longest)} ms of the response; front, theme and article pages in turn, at ${number(smallest.size)} articles` }];
}

/** Whether a page shows a title. */
async function shows(agent: Agent, url: string, title: string): Promise<boolean> {
  const { status, body } = await sendRequest(agent, url);
  if (status !== 200 && status !== 404) throw new Error(`${url} answered ${status}`);
  // The tag after the title tells “… 1” from “… 10”.
  return body.includes(`>${title}<`);
}
