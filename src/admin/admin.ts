import { Router, type Request, type RequestHandler, type Response } from 'express';
import { canKeepText, isAllowed } from '../content/accounts/permissions.ts';
import { isUid } from '../content/articles/uid.ts';
import type { Context } from '../context.ts';
import { RequestError } from '../errors.ts';
import { findEdited, type EditedArticle } from '../storage/articles/edited-article.ts';
import { findSession, type Session } from '../storage/newsroom/sessions.ts';
import { loadSettings } from '../storage/site/settings.ts';
import { adminPath } from '../urls.ts';
import { readDeviceCookie, readSessionToken, setDeviceCookie, setSessionCookie } from './accounts/cookies.ts';
import { signInFirst } from './accounts/sign-in.ts';
import type { AdminRequest, AdminRoute, Answer, EditorRequest } from './answer.ts';
import { fieldsOf } from './articles/fields-of.ts';
import { limitedForm } from './body-limit.ts';
import { adminErrorPage } from './error-page.ts';
import { adminHeaders } from './headers.ts';
import { layout } from './layout.ts';
import { routes } from './routes.ts';
import { sameOrigin } from './same-origin.ts';
import { keepText, refusedTextPage } from './saving/keep-text.ts';
import { shownTimes } from './shown-times.ts';

/** In bytes: 2 MB of body with every byte percent-encoded, and the other fields. */
const maxFormSize = 7 * 1024 * 1024;
/** For requests without a session, current or expired: parsing a form of 7 MB blocks the server for a second. */
const maxFormSizeWithoutSession = 256 * 1024;

/** The admin's routes: the one place that checks sessions and permissions, and renders the answers. */
export function adminRouter(context: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });
  router.use(adminPath, adminHeaders(context.config), sameOrigin(context.config.siteUrl), onlyForms, limitedForm((request) => maxFormSizeOf(context, request)));
  for (const route of routes) router[route.method](route.path, answer(context, route));
  router.use(adminPath, refuse);
  router.use(adminPath, adminErrorPage(context));
  return router;
}

function answer(context: Context, route: AdminRoute): RequestHandler {
  return async (request, response) => {
    // While the database is unavailable, this fails at once instead of waiting for it.
    await context.pages.catchUp();
    const asked = await readRequest(context, request);
    const session = await sessionOf(context, request, asked.now);
    send(context, response, await act(context, route, asked, session), asked, session?.isExpired ? undefined : session);
  };
}

/** While the database is unavailable, a session cookie is enough, so that the error page can show the form again with what was typed. */
async function maxFormSizeOf(context: Context, request: Request): Promise<number> {
  if (readSessionToken(request, context.config.siteUrl) === undefined) return maxFormSizeWithoutSession;
  try {
    await context.pages.catchUp();
    return (await sessionOf(context, request, context.clock())) ? maxFormSize : maxFormSizeWithoutSession;
  } catch {
    return maxFormSize;
  }
}

async function sessionOf({ db, config }: Context, request: Request, now: number): Promise<Session | undefined> {
  const token = readSessionToken(request, config.siteUrl);
  return token === undefined ? undefined : findSession(db, token, now);
}

async function act(context: Context, route: AdminRoute, request: AdminRequest, session: Session | undefined): Promise<Answer> {
  if ('open' in route) return route.open(context, { ...request, editor: session?.isExpired ? undefined : session?.editor });
  const article = await findArticle(context, route, request);
  if (!session) return signInFirst(context, request, route);
  const asked: EditorRequest = { ...request, editor: session.editor, sessionId: session.id };
  if (session.isExpired) {
    const isKept = 'textAction' in route && canKeepText(session.editor, article);
    if (isKept) await keepText(context, { ...asked, article }, 'signed out');
    return signInFirst(context, request, route, isKept ? { email: session.editor.email } : undefined);
  }
  if ('articleAction' in route && !article) throw new RequestError(404, 'errors.noArticle');
  if (!isAllowed(session.editor, route.needs, article)) return refuseEditor(context, route, asked, article);
  if ('textAction' in route) return route.textAction(context, { ...asked, article });
  if ('articleAction' in route && article) return route.articleAction(context, { ...asked, article });
  if ('action' in route) return route.action(context, asked);
  throw new RequestError(404, 'errors.noArticle');
}

/**
 * The article that a request is about. A form with a text contains the `uid` of its article, because the article at the
 * form's address may have been deleted meanwhile.
 */
async function findArticle({ db }: Context, route: AdminRoute, { params, form }: AdminRequest): Promise<EditedArticle | undefined> {
  const { id } = params;
  if (id === undefined) return undefined;
  return findEdited(db.reader, 'textAction' in route && isUid(form['uid'] ?? '') ? (form['uid'] ?? id) : id);
}

/** If a contributor's own article was published while they typed, the text is stored as a revision and shown. */
async function refuseEditor(context: Context, route: AdminRoute, request: EditorRequest, article: EditedArticle | undefined): Promise<Answer> {
  if (!('textAction' in route)) throw new RequestError(403, 'errors.notAllowed');
  const isKept = canKeepText(request.editor, article);
  if (isKept) await keepText(context, { ...request, article }, 'autosave');
  if (request.isScripted) throw new RequestError(403, isKept ? 'errors.notAllowedKept' : 'errors.notAllowed');
  return refusedTextPage(request, isKept);
}

function send(context: Context, response: Response, answer: Answer, { settings }: AdminRequest, session: Session | undefined): void {
  if (answer.headers) response.set(answer.headers);
  if (answer.session !== undefined) setSessionCookie(response, context.config.siteUrl, answer.session);
  if (answer.device !== undefined) setDeviceCookie(response, context.config.siteUrl, answer.device);
  if ('seeOther' in answer) response.redirect(303, answer.seeOther);
  else if ('json' in answer) response.status(answer.status ?? 200).json(answer.json);
  else response.status(answer.status ?? 200).render(`admin/${answer.view}`, { ...layout(context, settings, session?.editor), ...answer.data });
}

async function readRequest(context: Context, request: Request): Promise<AdminRequest> {
  const start = request.url.indexOf('?');
  const settings = await loadSettings(context.db);
  const messages = context.languages.for(settings.language);
  return {
    path: request.path,
    params: fieldsOf(request.params),
    query: Object.fromEntries(new URLSearchParams(start < 0 ? '' : request.url.slice(start))),
    form: fieldsOf(request.body ?? {}),
    isScripted: request.get('Accept') === 'application/json',
    address: request.ip ?? '',
    userAgent: request.get('User-Agent') ?? '',
    device: readDeviceCookie(request, context.config.siteUrl),
    now: context.clock(),
    settings,
    messages,
    times: shownTimes(messages, settings.zone),
  };
}

/** Express would read any other type as an empty form. */
const onlyForms: RequestHandler = (request, _response, next) => {
  const isEmpty = request.get('Content-Length') === '0';
  if (!isEmpty && request.is('application/x-www-form-urlencoded') === false) throw new RequestError(415, 'errors.notForm');
  next();
};

const refuse: RequestHandler = (request, response) => {
  // Express removes the path where a router is mounted from `request.path`.
  const asked = (request.baseUrl + request.path).replace(/\/$/, '').split('/');
  const methods = new Set(routes.filter(({ path }) => fits(path.split('/'), asked)).map(({ method }) => method.toUpperCase()));
  if (methods.size === 0) throw new RequestError(404, 'errors.noPage');
  response.set('Allow', [...methods].join(', '));
  throw new RequestError(405, 'errors.methodNotAllowed', { method: request.method });
};

function fits(pattern: string[], path: string[]): boolean {
  return pattern.length === path.length && pattern.every((part, index) => part.startsWith(':') || part === path[index]);
}
