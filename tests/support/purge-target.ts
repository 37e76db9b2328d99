import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface Purge {
  method: string | undefined;
  headers: IncomingHttpHeaders;
  body: unknown;
}

/** Starts a server that records purge requests. It answers with the given statuses in order, and repeats the last one. */
export async function purgeTarget(statuses: number[] = [200]): Promise<{ url: string; purges: Purge[]; tags(): string[] }> {
  const purges: Purge[] = [];
  const server = createServer(async (request, response) => {
    purges.push({ method: request.method, headers: request.headers, body: await json(request) });
    response.writeHead(statuses[Math.min(purges.length, statuses.length) - 1] ?? 200).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/purge`, purges, tags: () => purges.flatMap(({ headers }) => String(headers['surrogate-key']).split(' ')) };
}
