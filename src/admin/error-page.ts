import type { ErrorRequestHandler } from 'express';
import type { Context } from '../context.ts';
import { RequestError, statusOf } from '../errors.ts';
import { loadSettings } from '../storage/settings.ts';
import { loggedPath } from '../observability/logged-path.ts';
import { layout } from './layout.ts';

const titles: Record<number, string> = {
  400: 'This cannot be read',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not possible here',
  413: 'Too much at once',
  415: 'This cannot be read',
  503: 'Busy for a moment',
};

const texts: Record<number, string> = {
  400: 'Something in what was sent is not as it should be.',
  413: 'What was sent is larger than the 7 MB that a form may be. Go back: what you typed is still in your browser.',
  503: 'The database is busy. Go back and try again in a moment: what you typed is still in your browser.',
};

/** Every error within the admin. What a `RequestError` says may be shown; of anything else nothing is. */
export function adminErrorPage(context: Context): ErrorRequestHandler {
  return async (error: unknown, request, response, next) => {
    const status = context.db.isUnavailable(error) ? 503 : statusOf(error);
    if (status >= 500) context.log.error({ err: error, method: request.method, url: loggedPath(request.originalUrl) }, 'a request failed');
    if (response.headersSent) return next(error);

    const text = error instanceof RequestError ? error.message : (texts[status] ?? 'The fault is ours, and it has been noted. Go back: what you typed is still in your browser.');
    if (status === 503) response.set('Retry-After', '5');
    if (request.get('Accept') === 'application/json') {
      response.status(status).json({ problem: text });
      return;
    }
    response.status(status).render('admin/error', { ...layout(context, await loadSettings(context.db), undefined), title: titles[status] ?? 'Something went wrong', text });
  };
}
