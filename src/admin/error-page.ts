import type { ErrorRequestHandler, Request } from 'express';
import { readSettings, type Settings } from '../content/site/settings.ts';
import type { Context } from '../context.ts';
import { RequestError, statusOf } from '../errors.ts';
import type { Message, MessageKey } from '../messages/catalogue.ts';
import { logFailure } from '../observability/log-failure.ts';
import { explain } from '../observability/trouble.ts';
import { loadSettings } from '../storage/site/settings.ts';
import { admin, articleOfResource } from '../urls.ts';
import { fieldsOf } from './articles/fields-of.ts';
import { layout } from './layout.ts';

const titles = new Map<number, MessageKey>([
  [400, 'adminErrors.badRequest'],
  [403, 'adminErrors.notAllowed'],
  [404, 'adminErrors.notFound'],
  [405, 'adminErrors.methodNotAllowed'],
  [413, 'adminErrors.tooLarge'],
  [415, 'adminErrors.badRequest'],
  [503, 'adminErrors.unavailable'],
]);

/** For errors that have no message of their own, such as those that Express throws. */
const texts = new Map<number, MessageKey>([
  [400, 'adminErrors.unreadable'],
  [413, 'errors.tooLarge'],
  [415, 'adminErrors.unreadable'],
  [503, 'errors.databaseSilent'],
]);

/** Answers every error within the admin. The message of a `RequestError` is shown; nothing of any other error is. */
export function adminErrorPage(context: Context): ErrorRequestHandler {
  return async (error: unknown, request, response, next) => {
    const status = context.db.troubleOf(error) ? 503 : statusOf(error);
    if (status >= 500) logFailure(context, error, status, request);
    if (response.headersSent) return next(error);

    const settings = await settingsAsFarAsKnown(context);
    const messages = context.languages.for(settings.language);
    const fault = explain(context, error);
    const unsent = status >= 500 ? unsentForm(request) : undefined;
    const text = fault ? messages.text(cannotSave(request, unsent !== undefined), { reason: messages.of(fault.reason) }) : messages.of(problemOf(error, status));
    if (status === 503) response.set('Retry-After', '5');
    if (isScripted(request)) {
      response.status(status).json({ problem: text });
      return;
    }
    const title = messages.of({ key: fault ? 'adminErrors.cannotSaveTitle' : (titles.get(status) ?? 'adminErrors.failed') });
    response.status(status).render('admin/error', { ...layout(context, settings, undefined), title, text, unsent });
  };
}

function problemOf(error: unknown, status: number): Message {
  return error instanceof RequestError ? error.problem : { key: texts.get(status) ?? 'adminErrors.internal' };
}

/** A script adds where the text is. */
function cannotSave(request: Request, isShownAgain: boolean) {
  if (isScripted(request) || request.method !== 'POST') return 'adminErrors.cannotSave';
  return isShownAgain ? 'adminErrors.cannotSaveShown' : 'adminErrors.cannotSaveGoBack';
}

function isScripted(request: Request): boolean {
  return request.get('Accept') === 'application/json';
}

/** A text or a sign-in that could not be processed, so that it can be sent again. The password is left out, and has to be typed again. */
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
