import { Agent, request } from 'node:http';

export interface ReceivedResponse {
  status: number;
  /** Names and values alternate, as in Node's `rawHeaders`. */
  rawHeaders: string[];
  body: Buffer;
  /** Milliseconds from the request to the end of the response. */
  time: number;
}

export interface RequestOptions {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** The `Accept-Encoding` of current browsers. */
export const browserEncodings = 'gzip, deflate, br, zstd';

/** An agent with one persistent connection. */
export function keepAliveAgent(): Agent {
  return new Agent({ keepAlive: true, maxSockets: 1 });
}

/** @throws if there is no response */
export async function sendRequest(agent: Agent, url: string, options: RequestOptions = {}): Promise<ReceivedResponse> {
  const { method = 'GET', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const sent = request(url, { agent, method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const time = performance.now() - begin;
        resolve({ status: response.statusCode ?? 0, rawHeaders: response.rawHeaders, body: Buffer.concat(parts), time });
      });
    });
    sent.on('error', (error) => {
      // The server closes connections after five idle seconds, and a shared machine may pause for as long.
      const wasEnded = sent.reusedSocket && 'code' in error && error.code === 'ECONNRESET';
      if (wasEnded && method === 'GET') resolve(sendRequest(agent, url, options));
      else reject(error);
    });
    sent.end(body);
  });
}

/** @throws if the status is not the expected one */
export async function expectStatus(status: number, answer: Promise<ReceivedResponse>, what: string): Promise<ReceivedResponse> {
  const received = await answer;
  if (received.status !== status) throw new Error(`${what} answered ${received.status} instead of ${status}`);
  return received;
}

export function header({ rawHeaders }: ReceivedResponse, name: string): string | undefined {
  const index = rawHeaders.findIndex((text, place) => place % 2 === 0 && text.toLowerCase() === name);
  return index < 0 ? undefined : rawHeaders[index + 1];
}
