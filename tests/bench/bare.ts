import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sendRequest, keepAliveAgent, type RequestOptions, type ReceivedResponse } from './client.ts';
import { remove, removeAtExit, startOn, stop } from './processes.ts';
import { freePort } from './site.ts';

/** A response as it is passed to the bare server. */
export interface StoredAnswer {
  status: number;
  rawHeaders: string[];
  /** Base64. */
  body: string;
}

export interface BareAnswers {
  page: StoredAnswer;
  /** For requests with If-None-Match. */
  notModified?: StoredAnswer;
}

const program = fileURLToPath(new URL('bare-server.ts', import.meta.url));

/** Starts a bare server that sends the given responses. Disposing of the result stops the server. */
export async function startBare(cores: number[], page: ReceivedResponse, notModified?: ReceivedResponse): Promise<{ url: string } & AsyncDisposable> {
  const port = await freePort();
  const file = path.join(tmpdir(), `broadsheet-bench-${process.pid}-${port}.json`);
  removeAtExit(file);
  const answers: BareAnswers = { page: stored(page), ...(notModified ? { notModified: stored(notModified) } : {}) };
  writeFileSync(file, JSON.stringify(answers));
  const child = startOn(cores, process.execPath, [program, String(port), file], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.stdout) await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  remove(file);
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: () => stop(child) };
}

/** Checks that the bare server answers a request as the site did. @throws with the difference */
export async function expectSame(url: string, expected: ReceivedResponse, options: RequestOptions): Promise<void> {
  const agent = keepAliveAgent();
  const given = await sendRequest(agent, url, options);
  agent.destroy();
  if (given.status !== expected.status || !given.body.equals(expected.body)) throw new Error('The bare server answers with another status or body than the site');
  const [ours, theirs] = [given, expected].map(comparable);
  if (ours !== theirs) throw new Error(`The bare server answers with other headers than the site:\n${ours}\n\n${theirs}`);
}

/** The headers without the date, sorted, because node:http decides where to put its own headers. */
function comparable({ rawHeaders }: ReceivedResponse): string {
  const lines = rawHeaders.flatMap((name, index) => (index % 2 === 0 && name.toLowerCase() !== 'date' ? [`${name.toLowerCase()}: ${rawHeaders[index + 1]}`] : []));
  return lines.toSorted().join('\n');
}

function stored({ status, rawHeaders, body }: ReceivedResponse): StoredAnswer {
  return { status, rawHeaders, body: body.toString('base64') };
}
