import type { IncomingMessage, RequestListener } from 'node:http';

/** Refuses requests with several Host headers, because a proxy may use a different one than Node does (RFC 9112, 3.2). */
export function oneHost(listener: RequestListener): RequestListener {
  return (request, response) => {
    if (countHosts(request) < 2) return listener(request, response);
    response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8', 'connection': 'close' }).end('A request must have exactly one Host header.\n');
  };
}

/** `headers` has only the first Host header; `rawHeaders` has all of them, as alternating names and values. */
function countHosts({ rawHeaders }: IncomingMessage): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count;
}
