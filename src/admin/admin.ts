import { Router, type Request, type RequestHandler, type Response } from 'express';
import { canStoreText, isAllowed } from '../content/accounts/permissions.ts';
import { isUid } from '../content/articles/uid.ts';
import type { Context } from '../context.ts';
import { RequestError } from '../errors.ts';
import { findEdited, type EditedArticle } from '../storage/articles/edited-article.ts';
import { findSession, type Session } from '../storage/newsroom/sessions.ts';
import { loadSettings } from '../storage/site/settings.ts';
import { adminPath } from '../urls.ts';
import { readDeviceCookie, readSessionToken, setDeviceCookie, setSessionCookie } from './accounts/cookies.ts';
import { requireSignIn } from './accounts/sign-in.ts';
import type { ActionResult, AdminRequest, AdminRoute, EditorRequest } from './action.ts';
import { parseLimitedForm } from './body-limit.ts';
import { adminErrorPage } from './error-page.ts';
import { readFields } from './form-fields.ts';
import { adminHeaders } from './headers.ts';
import { layout } from './layout.ts';
import { routes } from './routes.ts';
import { sameOrigin } from './same-origin.ts';
import { refusedTextPage, storeText } from './saving/store-text.ts';
import { makeTimeFormats } from './time-formats.ts';

/** In bytes: a body of 2 MB with every byte percent-encoded, plus the other fields. */
const maxFormSize = 7 * 1024 * 1024;
/** For requests without a session, current or expired: parsing a form of 7 MB blocks the server for a second. */
const maxFormSizeWithoutSession = 256 * 1024;

/** The only place that checks sessions and permissions. */
export function adminRouter(context: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });
  router.use(adminPath, adminHeaders(context.config), sameOrigin(context.config.siteUrl), onlyForms, parseLimitedForm((request) => maxFormSizeOf(context, request)));
  for (const route of routes) router[route.method](route.path, handle(context, route));
  router.use(adminPath, refuseRequest);
  router.use(adminPath, adminErrorPage(context));
  return router;
}

function handle(context: Context, route: AdminRoute): RequestHandler {
  return async (request, response) => {
    // While the database is unavailable, this fails at once instead of waiting.
    await context.pages.catchUp();
    const adminRequest = await readRequest(context, request);
    const session = await sessionOf(context, request, adminRequest.now);
    const result = await runAction(context, route, adminRequest, session);
    send(context, response, result, adminRequest, session?.isExpired ? undefined : session);
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

async function runAction(context: Context, route: AdminRoute, request: AdminRequest, session: Session | undefined): Promise<ActionResult> {
  if ('open' in route) return route.open(context, { ...request, editor: session?.isExpired ? undefined : session?.editor });
  const article = await findArticle(context, route, request);
  if (!session) return requireSignIn(context, request, route);
  const editorRequest: EditorRequest = { ...request, editor: session.editor, sessionId: session.id };
  if (session.isExpired) {
    const isStored = 'textAction' in route && canStoreText(session.editor, article);
    if (isStored) await storeText(context, { ...editorRequest, article }, 'signed out');
    return requireSignIn(context, request, route, isStored ? { email: session.editor.email } : undefined);
  }
  if ('articleAction' in route && !article) throw new RequestError(404, 'errors.noArticle');
  if (!isAllowed(session.editor, route.needs, article)) return refuseEditor(context, route, editorRequest, article);
  if ('textAction' in route) return route.textAction(context, { ...editorRequest, article });
  if ('articleAction' in route && article) return route.articleAction(context, { ...editorRequest, article });
  if ('action' in route) return route.action(context, editorRequest);
  throw new RequestError(404, 'errors.noArticle');
}

/** Prefers the `uid` that a form with a text contains, because the article with the id in the path may have been deleted in the meantime. */
async function findArticle({ db }: Context, route: AdminRoute, { params, form }: AdminRequest): Promise<EditedArticle | undefined> {
  const { id } = params;
  if (id === undefined) return undefined;
  return findEdited(db.reader, 'textAction' in route && isUid(form['uid'] ?? '') ? (form['uid'] ?? id) : id);
}

/** Contributors can't edit an article once it is published. Text that they were still typing is stored and shown, so that they can copy it. */
async function refuseEditor(context: Context, route: AdminRoute, request: EditorRequest, article: EditedArticle | undefined): Promise<ActionResult> {
  if (!('textAction' in route)) throw new RequestError(403, 'errors.notAllowed');
  const isStored = canStoreText(request.editor, article);
  if (isStored) await storeText(context, { ...request, article }, 'autosave');
  if (request.isFromScript) throw new RequestError(403, isStored ? 'errors.notAllowedStored' : 'errors.notAllowed');
  return refusedTextPage(request, { isStored });
}

function send(context: Context, response: Response, result: ActionResult, { settings }: AdminRequest, session: Session | undefined): void {
  if (result.headers) response.set(result.headers);
  if (result.session !== undefined) setSessionCookie(response, context.config.siteUrl, result.session);
  if (result.device !== undefined) setDeviceCookie(response, context.config.siteUrl, result.device);
  if ('seeOther' in result) response.redirect(303, result.seeOther);
  else if ('json' in result) response.status(result.status ?? 200).json(result.json);
  else response.status(result.status ?? 200).render(`admin/${result.view}`, { ...layout(context, settings, session?.editor), ...result.data });
}

async function readRequest(context: Context, request: Request): Promise<AdminRequest> {
  const start = request.url.indexOf('?');
  const settings = await loadSettings(context.db);
  const messages = context.languages.for(settings.language);
  return {
    path: request.path,
    params: readFields(request.params),
    query: Object.fromEntries(new URLSearchParams(start < 0 ? '' : request.url.slice(start))),
    form: readFields(request.body ?? {}),
    isFromScript: request.get('Accept') === 'application/json',
    ipAddress: request.ip ?? '',
    userAgent: request.get('User-Agent') ?? '',
    device: readDeviceCookie(request, context.config.siteUrl),
    now: context.clock(),
    settings,
    messages,
    times: makeTimeFormats(messages, settings.zone),
  };
}

/** Express parses a body of any other type as an empty form. */
const onlyForms: RequestHandler = (request, _response, next) => {
  const isEmpty = request.get('Content-Length') === '0';
  if (!isEmpty && request.is('application/x-www-form-urlencoded') === false) throw new RequestError(415, 'errors.notForm');
  next();
};

const refuseRequest: RequestHandler = (request, response) => {
  // Express removes the path where a router is mounted from `request.path`.
  const segments = (request.baseUrl + request.path).replace(/\/$/, '').split('/');
  const methods = new Set(routes.filter(({ path }) => matchesPattern(path.split('/'), segments)).map(({ method }) => method.toUpperCase()));
  if (methods.size === 0) throw new RequestError(404, 'errors.noPage');
  response.set('Allow', [...methods].join(', '));
  throw new RequestError(405, 'errors.methodNotAllowed', { method: request.method });
};

function matchesPattern(pattern: string[], path: string[]): boolean {
  return pattern.length === path.length && pattern.every((part, index) => part.startsWith(':') || part === path[index]);
}
