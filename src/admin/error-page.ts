import type { ErrorRequestHandler, Request } from 'express';
import { readSettings, type Settings } from '../content/site/settings.ts';
import type { Context } from '../context.ts';
import { RequestError, statusOf } from '../errors.ts';
import { logFailure } from '../observability/log-failure.ts';
import { explain } from '../observability/trouble.ts';
import { loadSettings } from '../storage/site/settings.ts';
import { admin, articleOfResource } from '../urls.ts';
import { fieldsOf } from './articles/fields-of.ts';
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
  503: 'The database does not answer. Try again in a moment.',
};

/** Every error within the admin. What a `RequestError` says may be shown; of anything else nothing is. */
export function adminErrorPage(context: Context): ErrorRequestHandler {
  return async (error: unknown, request, response, next) => {
    const status = context.db.troubleOf(error) ? 503 : statusOf(error);
    if (status >= 500) logFailure(context, error, status, request);
    if (response.headersSent) return next(error);

    const fault = explain(context, error);
    const unsent = status >= 500 ? unsentForm(request) : undefined;
    const text = fault ? faultText(fault.reason, request, unsent !== undefined) : (texts[status] ?? (error instanceof RequestError ? error.message : 'The fault is ours, and it has been noted.'));
    if (status === 503) response.set('Retry-After', '5');
    if (request.get('Accept') === 'application/json') {
      response.status(status).json({ problem: text });
      return;
    }
    const title = fault ? 'Saving is not possible at the moment' : (titles[status] ?? 'Something went wrong');
    response.status(status).render('admin/error', { ...layout(context, await settingsAsFarAsKnown(context), undefined), title, text, unsent });
  };
}

/** A script says itself where the text is. */
function faultText(reason: string, request: Request, isShownAgain: boolean): string {
  const told = `${reason}. Nothing can be saved until that is repaired.`;
  if (request.get('Accept') === 'application/json' || request.method !== 'POST') return told;
  return `${told} ${isShownAgain ? 'Your text is still here: leave this page open and send it again later.' : 'Go back: what you typed is still in your browser.'} Please tell whoever runs the site.`;
}

/** What was posted in vain about an article, or came along with a sign-in, to be sent again. The password is typed again: it is in no page. */
function unsentForm({ method, originalUrl: path, body: posted }: Request): { path: string; body: string; carried: { name: string; value: string }[] } | undefined {
  if (method !== 'POST' || (articleOfResource(path) === undefined && path !== admin.signIn)) return undefined;
  const { body = '', password: _, ...others } = fieldsOf(posted ?? {});
  return { path, body, carried: Object.entries(others).map(([name, value]) => ({ name, value })) };
}

async function settingsAsFarAsKnown({ db, pages }: Context): Promise<Settings> {
  try {
    await pages.catchUp();
    return await loadSettings(db);
  } catch {
    return readSettings({});
  }
}
