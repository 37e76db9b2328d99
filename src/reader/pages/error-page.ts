import type { ErrorRequestHandler } from 'express';
import { readSettings } from '../../content/site/settings.ts';
import type { Context } from '../../context.ts';
import { statusOf } from '../../errors.ts';
import { logFailure } from '../../observability/log-failure.ts';
import { makeHead, titled } from '../head.ts';
import type { ViewPage } from '../page.ts';
import { renderPage } from '../reader.ts';
import { loadSite, makeSite, type Site } from '../site.ts';
import { notFoundPage } from './not-found.ts';

const sayings: Record<number, { title: string; text: string }> = {
  400: { title: 'This address cannot be read', text: 'Something in it is not as an address should be. A mistyped or cut-off link does that.' },
  405: { title: 'Not possible here', text: 'This page can be read, and nothing else can be done with it.' },
  413: { title: 'Too much at once', text: 'What was sent is larger than this page takes.' },
  500: { title: 'Something went wrong', text: 'The fault is ours, and it has been noted. Please try again in a moment.' },
  503: { title: 'Busy for a moment', text: 'The site cannot answer just now. Please try again in a minute.' },
};

/** Every error's page, in the site's look, without anything of what happened inside: that goes to the log. */
export function errorPage(context: Context): ErrorRequestHandler {
  return async (error: unknown, request, response, next) => {
    const status = context.db.troubleOf(error) ? 503 : statusOf(error);
    if (status >= 500) logFailure(context, error, status, request);
    if (response.headersSent) return next(error);

    response.removeHeader('Last-Modified');
    response.set('Cache-Control', 'no-store');
    if (status === 503) response.set('Retry-After', '30');
    const site = await siteAsFarAsKnown(context);
    const page = status === 404 ? await notFoundPage(context, { site, now: context.clock() }) : sayingPage(site, status);
    response.status(status).type('html').send(await renderPage(response, page, site));
  };
}

function sayingPage(site: Site, status: number): ViewPage {
  const { title, text } = sayings[status] ?? sayings[status < 500 ? 400 : 500] ?? { title: 'Error', text: '' };
  return { status, view: 'pages/error', shows: [], data: { head: makeHead(site, { title: titled(site, title), indexed: false }), title, text } };
}

async function siteAsFarAsKnown(context: Context): Promise<Site> {
  try {
    return await loadSite(context, context.clock());
  } catch {
    return makeSite(context, readSettings({}), { themes: [], themesChangeAt: undefined, staticPages: [], publications: { latest: undefined, next: undefined } });
  }
}
