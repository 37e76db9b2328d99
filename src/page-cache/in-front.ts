import type { IncomingMessage, RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import type { PageCache } from './page-cache.ts';
import { send } from './send.ts';

/**
 * Puts the finished pages in front of an application: what is there is answered without it. While the changes cannot
 * be read, that says in a header how long this has been so.
 *
 * @param keyOf the address that a page is kept under; undefined for what is never kept
 */
export function inFrontOf(app: RequestListener, pages: PageCache, keyOf: (url: string) => string | undefined, clock: () => number): RequestListener {
  const isBehind = oncePerTurn(() => pages.isBehind());
  const answer: RequestListener = (request, response) => {
    const key = isRead(request) ? keyOf(request.url ?? '') : undefined;
    const now = clock();
    const page = key === undefined ? undefined : pages.find(key, now);
    if (page) send(request, response, page, now);
    else app(request, response);
  };
  // What stands in the way of reading the changes stands in the application's way too, which says so.
  const answerStale: RequestListener = (request, response) => {
    const key = isRead(request) ? keyOf(request.url ?? '') : undefined;
    const page = key === undefined ? undefined : pages.findStale(key);
    if (page) send(request, response, page, clock(), pages.staleFor);
    else app(request, response);
  };
  return (request, response) => {
    if (!isBehind(request.socket)) answer(request, response);
    else pages.catchUp().then(() => answer(request, response), () => answerStale(request, response));
  };
}

function isRead({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

/**
 * Asks once for all requests that are read in one turn of the event loop: they were sent before it began, and so
 * before anybody was told of what is written during it. A connection's second request may have been sent later.
 */
function oncePerTurn(isBehind: () => boolean): (socket: Socket) => boolean {
  let isUpToDate = false;
  let last: Socket | undefined;
  return (socket) => {
    const isSecond = socket === last;
    last = socket;
    if (isUpToDate && !isSecond) return false;
    if (isBehind()) return true;
    isUpToDate = true;
    setImmediate(() => {
      isUpToDate = false;
      last = undefined;
    });
    return false;
  };
}
