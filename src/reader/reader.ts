import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { Context } from '../context.ts';
import { RequestError } from '../errors.ts';
import { refuseMethod } from '../only-get.ts';
import { contentSecurity } from '../security-headers.ts';
import { findLatestChange } from '../storage/changes.ts';
import { notFoundPage } from './not-found.ts';
import type { DocumentPage, PageRequest, ViewPage } from './page.ts';
import { routes, type Route } from './routes.ts';
import { loadSite, type Site } from './site.ts';

/** What a visitor may GET. */
export function readerRouter(context: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });
  for (const route of routes) {
    router.get(route.path, answer(context, route));
    router.all(route.path, refuseOthers(context, route));
  }
  return router;
}

/** The one place that renders pages and answers with them. */
function answer(context: Context, route: Route): RequestHandler {
  return async (request, response) => {
    const asked = await readRequest(context, request, route);
    const page = (await route.page(context, asked)) ?? (await notFoundPage(context, asked));
    if ('movedTo' in page) {
      // Not kept by browsers: a slug may return to what it was.
      response.set('Cache-Control', 'no-cache').redirect(301, page.movedTo);
      return;
    }
    if ('status' in page && page.isPrivate) setPrivate(context, response);
    else {
      response.set('Cache-Control', 'public, max-age=0').vary('Accept-Encoding');
      await setLastModified(context, response, page, asked.now);
    }
    if ('status' in page) sendView(response, page, asked.site);
    else sendDocument(response, page, asked.site);
  };
}

function setPrivate({ config }: Context, response: Response): void {
  response.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex, nofollow', 'Referrer-Policy': 'same-origin', 'X-Frame-Options': 'SAMEORIGIN' });
  response.set('Content-Security-Policy', contentSecurity(config, { 'frame-ancestors': ["'self'"] }));
}

/** Pages can be read and nothing else. Where there is no page, there is nothing to refuse either. */
function refuseOthers(context: Context, route: Route): RequestHandler {
  return async (request, response) => {
    const page = await route.page(context, await readRequest(context, request, route));
    if (!page) throw new RequestError(404, 'There is no such page.');
    refuseMethod(request, response);
  };
}

async function readRequest(context: Context, request: Request, route: Route): Promise<PageRequest> {
  const now = context.clock();
  return { params: readParams(request), query: readQuery(request, route), site: await loadSite(context, now), now };
}

/** Prints a page by its view. */
export function sendView(response: Response, page: ViewPage, site: Site): void {
  response.status(page.status).render(`reader/${page.view}`, { ...page.data, site });
}

function sendDocument(response: Response, { type, body }: DocumentPage, site: Site): void {
  response.type(type);
  if (typeof body === 'string') response.send(body);
  else response.render(`reader/${body.view}`, { ...body.data, site });
}

/**
 * A page may show whatever last changed on the site, and its links and words are this program's: so it is as old as
 * the latest of these. It is left out for two seconds after, because HTTP's dates cannot tell two changes in one second.
 */
async function setLastModified(context: Context, response: Response, page: ViewPage | DocumentPage, now: number): Promise<void> {
  if (page.isUndated || ('status' in page && page.status !== 200)) return;
  const latest = Math.max(context.startedAt, (await findLatestChange(context.db, now)) ?? 0);
  if (now - latest > 2000) response.set('Last-Modified', new Date(latest).toUTCString());
}

function readParams(request: Request): Record<string, string> {
  return Object.fromEntries(Object.entries(request.params).map(([name, value]) => [name, Array.isArray(value) ? value.join('/') : String(value)]));
}

function readQuery(request: Request, route: Route): Record<string, string | undefined> {
  const start = request.url.indexOf('?');
  const given = new URLSearchParams(start < 0 ? '' : request.url.slice(start));
  return Object.fromEntries(route.query.map((name) => [name, given.get(name) ?? undefined]));
}
