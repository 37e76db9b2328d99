import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { Context } from '../context.ts';
import { RequestError } from '../errors.ts';
import { FinishedPage } from '../page-cache/finished-page.ts';
import { send } from '../page-cache/send.ts';
import { refuseMethod } from '../web/only-get.ts';
import { contentSecurity } from '../web/security-headers.ts';
import { earliest } from './lists/earliest.ts';
import { pageKey, readQuery } from './page-key.ts';
import type { DocumentPage, MovedPage, PageRequest, ViewPage } from './page.ts';
import { notFoundPage } from './pages/not-found.ts';
import type { Route } from './routes.ts';
import { loadSite, siteShows, type Site } from './site.ts';

/** What a visitor may GET. */
export function readerRouter(context: Context, routes: Route[]): Router {
  const router = Router({ strict: true, caseSensitive: true });
  for (const route of routes) {
    router.get(route.path, answer(context, route));
    router.all(route.path, refuseOthers(context, route));
  }
  return router;
}

/** The only place that answers with pages. A page that is not in the cache is rendered and cached. */
function answer(context: Context, route: Route): RequestHandler {
  return async (request, response) => {
    const now = context.clock();
    const page = await context.pages.findOrMake(pageKey(request.url), now, () => finish(context, route, request, response));
    send(request, response, page, now);
  };
}

/** The only place that renders pages. */
async function finish(context: Context, route: Route, request: Request, response: Response): Promise<FinishedPage> {
  const asked = await readRequest(context, request, route);
  const { site, now } = asked;
  const page = (await route.page(context, asked)) ?? (await notFoundPage(context, asked));
  if ('movedTo' in page) return finishMoved(page, site, context.headers);

  const isView = 'status' in page;
  const status = isView ? page.status : 200;
  const isPrivate = isView && page.isPrivate === true;
  return new FinishedPage({
    status,
    headers: { ...context.headers, ...(isPrivate ? privateHeaders(context) : publicHeaders), 'content-type': `${isView ? 'text/html' : page.type}; charset=utf-8` },
    body: Buffer.from(await (isView ? renderPage(response, page, site) : renderDocument(response, page, site))),
    shows: [...siteShows, ...page.shows],
    changesAt: earliest(page.changesAt, site.themesChangeAt) ?? Infinity,
    lastModified: page.isUndated || isPrivate || status !== 200 ? undefined : latest(context, site, now),
    isPrivate,
    isPurged: context.purger !== undefined && !isPrivate,
  });
}

const publicHeaders = { 'cache-control': 'public, max-age=0', vary: 'Accept-Encoding' };

function privateHeaders({ config }: Context): Record<string, string> {
  return {
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex, nofollow',
    'referrer-policy': 'same-origin',
    'x-frame-options': 'SAMEORIGIN',
    'content-security-policy': contentSecurity(config, { 'frame-ancestors': ["'self'"] }),
  };
}

/** Browsers must not cache it: the article may get its former slug back. */
function finishMoved({ movedTo }: MovedPage, site: Site, headers: Record<string, string>): FinishedPage {
  return new FinishedPage({
    status: 301,
    headers: { ...headers, 'cache-control': 'no-cache', location: movedTo, 'content-type': 'text/plain; charset=utf-8' },
    body: Buffer.from(`Moved to ${movedTo}\n`),
    // The target may move again, and another article may take this path.
    shows: [...siteShows, 'articles'],
    changesAt: site.publications.next ?? Infinity,
  });
}

/** Answers other methods than GET and HEAD: 405 where there is a page, else 404. */
function refuseOthers(context: Context, route: Route): RequestHandler {
  return async (request, response) => {
    const page = await route.page(context, await readRequest(context, request, route));
    if (!page) throw new RequestError(404, 'errors.noPage');
    refuseMethod(request, response);
  };
}

async function readRequest(context: Context, request: Request, route: Route): Promise<PageRequest> {
  const now = context.clock();
  return { params: readParams(request), query: readQuery(request.url, route), site: await loadSite(context, now), now };
}

/** The page as HTML. */
export async function renderPage(response: Response, { view, data }: ViewPage, site: Site): Promise<string> {
  return render(response, view, { ...data, masthead: data.masthead ?? site.mastheads.plain, site, messages: site.messages });
}

async function renderDocument(response: Response, { body }: DocumentPage, site: Site): Promise<string> {
  return typeof body === 'string' ? body : render(response, body.view, { ...body.data, site, messages: site.messages });
}

async function render(response: Response, view: string, data: object): Promise<string> {
  return new Promise((resolve, reject) => {
    response.render(`reader/${view}`, data, (error, text) => (error ? reject(error) : resolve(text)));
  });
}

/**
 * When a page last changed: it may show the latest change on the site or the latest publication, and its markup and
 * texts are this program's.
 */
function latest(context: Context, site: Site, now: number): number {
  return Math.min(now, Math.max(context.startedAt, context.pages.latestChange, site.publications.latest ?? 0));
}

/** @throws RequestError 404 for NUL, which none of our addresses contains and PostgreSQL does not accept */
function readParams(request: Request): Record<string, string> {
  const params = Object.entries(request.params).map(([name, value]) => [name, Array.isArray(value) ? value.join('/') : String(value)] as const);
  if (params.some(([, value]) => value.includes('\0'))) throw new RequestError(404, 'errors.noPage');
  return Object.fromEntries(params);
}
