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
import { preloadLink } from './pictures/show-picture.ts';
import type { Route } from './routes.ts';
import { loadSite, siteTags, type Site } from './site.ts';

export function readerRouter(context: Context, routes: Route[]): Router {
  const router = Router({ strict: true, caseSensitive: true });
  for (const route of routes) {
    router.get(route.path, handle(context, route));
    router.all(route.path, refuseOtherMethods(context, route));
  }
  return router;
}

function handle(context: Context, route: Route): RequestHandler {
  return async (request, response) => {
    const now = context.clock();
    const page = await context.pages.findOrMake(pageKey(request.url), now, () => renderRoute(context, route, request, response));
    send(request, response, page, now);
  };
}

async function renderRoute(context: Context, route: Route, request: Request, response: Response): Promise<FinishedPage> {
  const pageRequest = await readRequest(context, request, route);
  const { site, now } = pageRequest;
  const page = (await route.page(context, pageRequest)) ?? (await notFoundPage(context, pageRequest));
  if ('movedTo' in page) return makeRedirect(page, site, context.headers);

  const isView = 'status' in page;
  const status = isView ? page.status : 200;
  const isPrivate = isView && page.isPrivate === true;
  return new FinishedPage({
    status,
    headers: { ...context.headers, ...(isPrivate ? privateHeaders(context) : publicHeaders), ...(isView && page.preload ? { link: preloadLink(page.preload) } : {}), 'content-type': `${isView ? 'text/html' : page.type}; charset=utf-8` },
    body: Buffer.from(await (isView ? renderPage(response, page, site) : renderDocument(response, page, site))),
    shows: [...siteTags(site), ...page.shows],
    changesAt: earliest(page.changesAt, site.themesChangeAt) ?? Infinity,
    lastModified: page.isUndated || isPrivate || status !== 200 ? undefined : lastChangeOf(context, site, now),
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

/** Browsers must not cache the redirect, because the article may get its former slug back. */
function makeRedirect({ movedTo, shows = [] }: MovedPage, site: Site, headers: Record<string, string>): FinishedPage {
  return new FinishedPage({
    status: 301,
    headers: { ...headers, 'cache-control': 'no-cache', location: movedTo, 'content-type': 'text/plain; charset=utf-8' },
    body: Buffer.from(`Moved to ${movedTo}\n`),
    // The target may move again, and another article may take this path.
    shows: [...siteTags(site), 'articles', ...shows],
    changesAt: site.publications.next ?? Infinity,
  });
}

/** @throws RequestError (405 if the page exists, otherwise 404) */
function refuseOtherMethods(context: Context, route: Route): RequestHandler {
  return async (request, response) => {
    const page = await route.page(context, await readRequest(context, request, route));
    if (!page) throw new RequestError(404, 'errors.noPage');
    response.set(context.headers);
    refuseMethod(request, response);
  };
}

async function readRequest(context: Context, request: Request, route: Route): Promise<PageRequest> {
  const now = context.clock();
  return { params: readParams(request), query: readQuery(request.url, route), site: await loadSite(context, now), now };
}

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

/** The latest change to anything that the page may show. A restart may bring new markup and texts. */
function lastChangeOf(context: Context, site: Site, now: number): number {
  return Math.min(now, Math.max(context.startedAt, context.pages.latestChange, site.publications.latest ?? 0));
}

/** @throws RequestError (404) for NUL, which PostgreSQL does not accept in texts */
function readParams(request: Request): Record<string, string> {
  const params = Object.entries(request.params).map(([name, value]) => [name, Array.isArray(value) ? value.join('/') : String(value)] as const);
  if (params.some(([, value]) => value.includes('\0'))) throw new RequestError(404, 'errors.noPage');
  return Object.fromEntries(params);
}
