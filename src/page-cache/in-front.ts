import type { IncomingMessage, RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import type { PageCache } from './page-cache.ts';
import { send } from './send.ts';

/** Answers GET and HEAD requests from the page cache if possible. `keyOf` returns undefined for URLs that are never cached. */
export function inFrontOf(app: RequestListener, pages: PageCache, keyOf: (url: string) => string | undefined, clock: () => number): RequestListener {
  const isBehind = oncePerTurn(() => pages.isBehind());
  const answer: RequestListener = (request, response) => {
    const key = isGetOrHead(request) ? keyOf(request.url ?? '') : undefined;
    const now = clock();
    const page = key === undefined ? undefined : pages.find(key, now);
    if (page) send(request, response, page, now);
    else app(request, response);
  };
  // If the change feed can't be read, the application can't read the database either, and its own error page explains it.
  const answerStale: RequestListener = (request, response) => {
    const key = isGetOrHead(request) ? keyOf(request.url ?? '') : undefined;
    const page = key === undefined ? undefined : pages.findStale(key);
    if (page) send(request, response, page, clock(), pages.staleFor);
    else app(request, response);
  };
  return (request, response) => {
    if (!isBehind(request.socket)) answer(request, response);
    else pages.catchUp().then(() => answer(request, response), () => answerStale(request, response));
  };
}

function isGetOrHead({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

// Checks once per turn of the event loop: all requests read in a turn were sent before it began, so they need not see
// changes made during the turn. Only a connection's second request may have been sent later.
function oncePerTurn(isBehind: () => boolean): (socket: Socket) => boolean {
  let isUpToDate = false;
  let lastSocket: Socket | undefined;
  return (socket) => {
    const isSecond = socket === lastSocket;
    lastSocket = socket;
    if (isUpToDate && !isSecond) return false;
    if (isBehind()) return true;
    isUpToDate = true;
    setImmediate(() => {
      isUpToDate = false;
      lastSocket = undefined;
    });
    return false;
  };
}
