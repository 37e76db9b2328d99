import type { ErrorRequestHandler } from 'express';
import { readSettings } from '../../content/site/settings.ts';
import type { Context } from '../../context.ts';
import { statusOf } from '../../errors.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import { logFailure } from '../../observability/log-failure.ts';
import { makeHead, titled } from '../head.ts';
import type { ViewPage } from '../page.ts';
import { renderPage } from '../reader.ts';
import { loadSite, makeSite, type Site } from '../site.ts';
import { notFoundPage } from './not-found.ts';

interface ErrorTexts {
  title: MessageKey;
  text: MessageKey;
}

const badRequest: ErrorTexts = { title: 'readerErrors.badRequest', text: 'readerErrors.badRequestText' };
const failed: ErrorTexts = { title: 'readerErrors.failed', text: 'readerErrors.failedText' };

const textsByStatus: Record<number, ErrorTexts> = {
  405: { title: 'readerErrors.methodNotAllowed', text: 'readerErrors.methodNotAllowedText' },
  413: { title: 'readerErrors.tooLarge', text: 'readerErrors.tooLargeText' },
  503: { title: 'readerErrors.unavailable', text: 'readerErrors.unavailableText' },
};

/** Details of errors go to the log, never to the page. */
export function errorPage(context: Context): ErrorRequestHandler {
  return async (error: unknown, request, response, next) => {
    const status = context.db.troubleOf(error) ? 503 : statusOf(error);
    if (status >= 500) logFailure(context, error, status, request);
    if (response.headersSent) return next(error);

    for (const [name, value] of Object.entries(context.headers)) if (!response.hasHeader(name)) response.set(name, value);
    response.removeHeader('Last-Modified');
    response.set('Cache-Control', 'no-store');
    if (status === 503) response.set('Retry-After', '30');
    const site = await siteIfAvailable(context);
    const page = status === 404 ? await notFoundPage(context, { site, now: context.clock() }) : pageOfStatus(site, status);
    response.status(status).type('html').send(await renderPage(response, page, site));
  };
}

function pageOfStatus(site: Site, status: number): ViewPage {
  const texts = textsByStatus[status] ?? (status < 500 ? badRequest : failed);
  const title = site.messages.of({ key: texts.title });
  const text = site.messages.of({ key: texts.text });
  return { status, view: 'pages/error', shows: [], data: { head: makeHead(site, { title: titled(site, title), isIndexed: false }), title, text } };
}

/** Without the database, the site has its default settings. */
async function siteIfAvailable(context: Context): Promise<Site> {
  try {
    return await loadSite(context, context.clock());
  } catch {
    return makeSite(context, readSettings({}), { themes: [], hasMoreThemes: false, themesChangeAt: undefined, staticPages: [], hasCorrections: false, sharePicture: undefined, publications: { latest: undefined, next: undefined } });
  }
}
