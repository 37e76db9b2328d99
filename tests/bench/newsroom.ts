import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { admin } from '../../src/urls.ts';
import { readForm } from '../support/article-form.ts';
import type { GeneratedArticle } from './article-generator.ts';
import { sendRequest, expectStatus, header, keepAliveAgent, type ReceivedResponse } from './client.ts';
import type { RunningSite } from './site.ts';

/** An editor who uses the site's forms. */
export interface Newsroom {
  /** Publishes a new article. Returns the milliseconds from sending the form to the response. */
  publish(article: Pick<GeneratedArticle, 'title' | 'standfirst' | 'summary' | 'body' | 'theme' | 'topics' | 'authors'>): Promise<number>;
  /** Opens a new article. Returns a function that previews a text, and returns false if the site was too busy (503). */
  startPreviews(): Promise<(body: string) => Promise<boolean>>;
  /** Sends a file to the library and waits until it is stored, as the script of the library does. */
  upload(file: Buffer, name: string): Promise<void>;
  close(): void;
}

/** Creates the first account with the link that the site printed at its start, and is signed in then. */
export async function openNewsroom(site: RunningSite): Promise<Newsroom> {
  const agent = keepAliveAgent();
  // Previews and uploads need several connections, because a new one is requested before earlier ones are answered.
  const concurrent = new Agent({ keepAlive: true });
  const link = /\/admin\/set-up\/\S+/.exec(site.output())?.[0];
  if (link === undefined) throw new Error('The site printed no link for the first account');
  const account = { name: 'Bench', email: 'bench@news.example', password: randomUUID() };
  const answer = await expectStatus(303, post(agent, `${site.url}${link}`, '', account), 'The form of the first account');
  const cookie = (header(answer, 'set-cookie') ?? '').split(';', 1).join('');
  return {
    async publish({ topics, authors, title, standfirst, summary, body, theme }) {
      const form = readForm((await expectStatus(200, sendRequest(agent, `${site.url}${admin.newArticle}`, { headers: { Cookie: cookie } }), 'The form of a new article')).body.toString());
      const fields = { ...form, title, standfirst, summary, body, theme, topics: topics.join('\n'), authors: authors.join('\n') };
      const { time } = await expectStatus(303, post(agent, `${site.url}${admin.ofArticle(form['uid'] ?? '', 'publication')}`, cookie, fields), 'Publishing');
      return time;
    },
    async startPreviews() {
      const form = readForm((await expectStatus(200, sendRequest(agent, `${site.url}${admin.newArticle}`, { headers: { Cookie: cookie } }), 'The form of a new article')).body.toString());
      const path = admin.ofArticle(form['uid'] ?? '', 'previews');
      return async (body) => {
        const { status } = await post(concurrent, `${site.url}${path}`, cookie, { ...form, title: 'Previewed', body });
        if (status !== 303 && status !== 503) throw new Error(`A preview answered ${status}`);
        return status === 303;
      };
    },
    async upload(file, name) {
      const boundary = randomUUID();
      const start = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: image/jpeg\r\n\r\n`;
      const body = Buffer.concat([Buffer.from(start), file, Buffer.from(`\r\n--${boundary}--\r\n`)]);
      const headers = { 'Cookie': cookie, 'Sec-Fetch-Site': 'same-origin', 'Accept': 'application/json', 'Content-Type': `multipart/form-data; boundary=${boundary}`, 'Content-Length': String(body.length) };
      await expectStatus(201, sendRequest(concurrent, `${site.url}${admin.pictures}`, { method: 'POST', headers, body }), `The upload of ${name}`);
    },
    close: () => {
      agent.destroy();
      concurrent.destroy();
    },
  };
}

async function post(agent: Agent, url: string, cookie: string, fields: Record<string, string>): Promise<ReceivedResponse> {
  return sendRequest(agent, url, { method: 'POST', headers: { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields).toString() });
}
