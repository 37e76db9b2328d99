import type { RequestListener } from 'node:http';
import type { PageCache } from './page-cache.ts';
import { send } from './send.ts';

/**
 * Puts the finished pages in front of an application: what is there is answered without it.
 *
 * @param keyOf the address that a page is kept under; undefined for what is never kept
 */
export function inFrontOf(app: RequestListener, pages: PageCache, keyOf: (url: string) => string | undefined, clock: () => number): RequestListener {
  const answer: RequestListener = (request, response) => {
    const key = keyOf(request.url ?? '');
    const now = clock();
    const page = key === undefined ? undefined : pages.find(key, now);
    if (page) send(request, response, page, now);
    else app(request, response);
  };
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') app(request, response);
    else if (!pages.isBehind()) answer(request, response);
    // What stands in the way of reading the changes stands in the application's way too, which says so.
    else pages.catchUp().then(() => answer(request, response), () => app(request, response));
  };
}
