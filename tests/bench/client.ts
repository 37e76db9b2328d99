import { Agent, request } from 'node:http';

/** An answer as it came over the wire. */
export interface ReceivedResponse {
  status: number;
  /** Names and values by turns. */
  rawHeaders: string[];
  body: Buffer;
  /** From the request to the answer's end, in milliseconds. */
  time: number;
}

export interface RequestOptions {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
}

/** What browsers send. */
export const browserEncodings = 'gzip, deflate, br, zstd';

/** A connection that is kept, on which one request is sent after another. */
export function keepAliveAgent(): Agent {
  return new Agent({ keepAlive: true, maxSockets: 1 });
}

/** @throws if there is no answer */
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
      // A server ends connections that were idle for five seconds, which on a shared machine may be its own standstill.
      const wasEnded = sent.reusedSocket && 'code' in error && error.code === 'ECONNRESET';
      if (wasEnded && method === 'GET') resolve(sendRequest(agent, url, options));
      else reject(error);
    });
    sent.end(body);
  });
}

/** The same, where anything but a certain status is a fault of the measurement. @throws then */
export async function expectStatus(status: number, answer: Promise<ReceivedResponse>, what: string): Promise<ReceivedResponse> {
  const received = await answer;
  if (received.status !== status) throw new Error(`${what} answered ${received.status} instead of ${status}`);
  return received;
}

/** The value of a header, or nothing. */
export function header({ rawHeaders }: ReceivedResponse, name: string): string | undefined {
  const index = rawHeaders.findIndex((text, place) => place % 2 === 0 && text.toLowerCase() === name);
  return index < 0 ? undefined : rawHeaders[index + 1];
}
