import type { ErrorRequestHandler, Request } from 'express';
import { readSettings, type Settings } from '../content/site/settings.ts';
import type { Context } from '../context.ts';
import { RequestError, statusOf } from '../errors.ts';
import type { Message, MessageKey } from '../messages/catalogue.ts';
import { logFailure } from '../observability/log-failure.ts';
import { explain } from '../observability/trouble.ts';
import type { Editor } from '../storage/newsroom/editors.ts';
import { loadSettings } from '../storage/site/settings.ts';
import { admin, articleOfResource } from '../urls.ts';
import { currentSession } from './accounts/current-session.ts';
import { comesBack } from './accounts/pending-form.ts';
import { readFields } from './form-fields.ts';
import { layout } from './layout.ts';

const titles = new Map<number, MessageKey>([
  [400, 'adminErrors.badRequest'],
  [403, 'adminErrors.notAllowed'],
  [404, 'adminErrors.notFound'],
  [405, 'adminErrors.methodNotAllowed'],
  [409, 'adminErrors.conflict'],
  [413, 'adminErrors.tooLarge'],
  [415, 'adminErrors.badRequest'],
  [503, 'adminErrors.unavailable'],
]);

/** For errors without a message, such as those that Express throws. */
const texts = new Map<number, MessageKey>([
  [400, 'adminErrors.unreadable'],
  [413, 'errors.tooLarge'],
  [415, 'adminErrors.unreadable'],
  [503, 'errors.databaseSilent'],
]);

/** Shows the message of a `RequestError`, and no details of any other error. */
export function adminErrorPage(context: Context): ErrorRequestHandler {
  return async (error: unknown, request, response, next) => {
    const status = context.db.troubleOf(error) ? 503 : statusOf(error);
    if (status >= 500) logFailure(context, error, status, request);
    if (response.headersSent) return next(error);

    const { settings, editor } = await loadSurroundings(context, request);
    const messages = context.languages.for(settings.language);
    const trouble = explain(context, error);
    const unsent = status >= 500 ? unsentForm(request) : undefined;
    const text = trouble ? messages.text(cannotSave(request, unsent !== undefined), { reason: messages.of(trouble.reason) }) : messages.of(problemOf(error, status));
    if (status === 503) response.set('Retry-After', '5');
    if (isFromScript(request)) {
      response.status(status).json({ problem: text });
      return;
    }
    const title = messages.of({ key: trouble ? 'adminErrors.cannotSaveTitle' : (titles.get(status) ?? 'adminErrors.failed') });
    response.status(status).render('admin/error', { ...layout(context, settings, editor), title, text, unsent });
  };
}

function problemOf(error: unknown, status: number): Message {
  return error instanceof RequestError ? error.problem : { key: texts.get(status) ?? 'adminErrors.internal' };
}

/** The message for a script is shorter, because the script itself says where the text is. */
function cannotSave(request: Request, isShownAgain: boolean) {
  if (isFromScript(request) || request.method !== 'POST') return 'adminErrors.cannotSave';
  return isShownAgain ? 'adminErrors.cannotSaveShown' : 'adminErrors.cannotSaveGoBack';
}

function isFromScript(request: Request): boolean {
  return request.get('Accept') === 'application/json';
}

/** The posted text, settings or sign-in, so that the error page can submit it again. The password and the code are left out and must be typed again. */
function unsentForm({ method, originalUrl: path, body: posted }: Request): { path: string; body: string; pendingFields: { name: string; value: string }[] } | undefined {
  if (method !== 'POST' || (articleOfResource(path) === undefined && !isSignIn(path) && !comesBack(path))) return undefined;
  const { body = '', password: _password, code: _code, credential: _credential, ...others } = readFields(posted ?? {});
  return { path, body, pendingFields: Object.entries(others).map(([name, value]) => ({ name, value })) };
}

function isSignIn(path: string): boolean {
  return [admin.signIn, admin.secondStep, admin.passkeySignIn].includes(path);
}

/** The settings, and the editor for whom the page has its navigation. While the database is unavailable, the default settings and no editor. */
async function loadSurroundings(context: Context, request: Request): Promise<{ settings: Settings; editor: Editor | undefined }> {
  try {
    await context.pages.catchUp();
    const session = await currentSession(context, request, context.clock());
    return { settings: await loadSettings(context.db), editor: session?.isExpired ? undefined : session?.editor };
  } catch {
    return { settings: readSettings({}), editor: undefined };
  }
}
