import type { IncomingMessage, RequestListener } from 'node:http';

/** Refuses requests that name more than one host: a proxy in front may have read another one than this server (RFC 9112, 3.2). */
export function oneHost(answer: RequestListener): RequestListener {
  return (request, response) => {
    if (countHosts(request) < 2) return answer(request, response);
    response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8', 'connection': 'close' }).end('A request must have exactly one Host header.\n');
  };
}

/** Node keeps the first of them in `headers`, and all in `rawHeaders`: names and values in turn. */
function countHosts({ rawHeaders }: IncomingMessage): number {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count;
}
