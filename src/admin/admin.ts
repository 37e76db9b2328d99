import { Router, type Request, type RequestHandler, type Response } from 'express';
import { canChangePicture, canStoreText, isAllowed } from '../content/accounts/permissions.ts';
import { readId } from '../content/articles/id.ts';
import { isUid } from '../content/articles/uid.ts';
import type { Context } from '../context.ts';
import { RequestError } from '../errors.ts';
import { findEdited, type EditedArticle } from '../storage/articles/edited-article.ts';
import type { Session } from '../storage/newsroom/sessions.ts';
import { findLibraryPicture } from '../storage/pictures/library.ts';
import { loadSettings } from '../storage/site/settings.ts';
import { adminPath } from '../urls.ts';
import { readDeviceCookie, readSecondStepCookie, setDeviceCookie, setSecondStepCookie, setSessionCookie } from './accounts/cookies.ts';
import { currentSession } from './accounts/current-session.ts';
import { pageOf } from './accounts/next-path.ts';
import { requireSignIn } from './accounts/sign-in.ts';
import type { ActionResult, AdminRequest, AdminRoute, EditorRequest, PictureAction } from './action.ts';
import { parseLimitedForm } from './body-limit.ts';
import { adminErrorPage } from './error-page.ts';
import { readFields } from './form-fields.ts';
import { formReaderOf, onlyForms } from './form-reader.ts';
import { adminHeaders } from './headers.ts';
import { layout } from './layout.ts';
import { routesAt } from './route-at.ts';
import { routes } from './routes.ts';
import { sameOrigin } from './same-origin.ts';
import { withPictureFile } from './saving/picture-file.ts';
import { refusedTextPage, storeText } from './saving/store-text.ts';
import { mustSetUpSecondFactor, requireSecondFactor } from './second-factor/required.ts';
import { makeTimeFormats } from './time-formats.ts';
import { removeUploadedFiles, uploadedFiles } from './uploads/uploaded-files.ts';

/** The only place that checks sessions and permissions. */
export function adminRouter(context: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });
  router.use(adminPath, adminHeaders(context.config), sameOrigin(context.config.siteUrl), onlyForms, parseLimitedForm((request) => formReaderOf(context, request)));
  for (const route of routes) router[route.method](route.path, handle(context, route));
  router.use(adminPath, refuseRequest);
  router.use(adminPath, adminErrorPage(context));
  return router;
}

function handle(context: Context, route: AdminRoute): RequestHandler {
  return async (request, response) => {
    try {
      // While the database is unavailable, this fails at once instead of waiting.
      await context.pages.catchUp();
      const adminRequest = await readRequest(context, request);
      const session = await currentSession(context, request, adminRequest.now);
      const result = await runAction(context, route, adminRequest, session);
      send(context, response, result, adminRequest, session?.isExpired ? undefined : session);
    } finally {
      await removeUploadedFiles(request);
    }
  };
}

async function runAction(context: Context, route: AdminRoute, request: AdminRequest, session: Session | undefined): Promise<ActionResult> {
  if ('open' in route) return route.open(context, { ...request, editor: session?.isExpired ? undefined : session?.editor });
  const article = 'pictureAction' in route ? undefined : await findArticle(context, route, request);
  if (!session) return requireSignIn(context, request, route);
  const editorRequest: EditorRequest = { ...request, editor: session.editor, sessionId: session.id };
  if (session.isExpired) {
    const isStored = 'textAction' in route && canStoreText(session.editor, article);
    if (isStored) await storeText(context, { ...editorRequest, article }, 'signed out');
    return requireSignIn(context, request, route, isStored ? { email: session.editor.email } : undefined);
  }
  if (await mustSetUpSecondFactor(context, editorRequest, route)) return requireSecondFactor(context, editorRequest, route, article);
  if ('articleAction' in route && !article) throw new RequestError(404, 'errors.noArticle');
  if (!isAllowed(session.editor, route.needs, article)) return refuseEditor(context, route, editorRequest, article);
  if ('textAction' in route) return withPictureFile(context, { ...editorRequest, article }, route.textAction);
  if ('pictureAction' in route) return runPictureAction(context, route, editorRequest);
  if ('articleAction' in route && article) return route.articleAction(context, { ...editorRequest, article });
  if ('action' in route) return route.action(context, editorRequest);
  throw new RequestError(404, 'errors.noArticle');
}

async function runPictureAction(context: Context, { needs, pictureAction }: Extract<AdminRoute, { pictureAction: PictureAction }>, request: EditorRequest): Promise<ActionResult> {
  const picture = await findLibraryPicture(context.db.reader, readId(request.params['id']) ?? 0);
  if (!picture) throw new RequestError(404, 'errors.noPicture');
  if (needs === 'write' && !canChangePicture(request.editor, picture)) throw new RequestError(403, 'errors.notYourPicture');
  return pictureAction(context, { ...request, picture });
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
  if (result.secondStep !== undefined) setSecondStepCookie(response, context.config.siteUrl, result.secondStep);
  if (result.afterwards) response.once('close', result.afterwards);
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
    files: uploadedFiles(request),
    isFromScript: request.get('Accept') === 'application/json',
    ipAddress: request.ip ?? '',
    userAgent: request.get('User-Agent') ?? '',
    device: readDeviceCookie(request, context.config.siteUrl),
    secondStep: readSecondStepCookie(request, context.config.siteUrl),
    now: context.clock(),
    settings,
    messages,
    times: makeTimeFormats(messages, settings.zone),
  };
}

const refuseRequest: RequestHandler = async (request, response) => {
  // The path may be that of a form with an extra slash.
  await removeUploadedFiles(request);
  const methods = new Set(routesAt(request).map(({ method }) => method.toUpperCase()));
  if (methods.size === 0) throw new RequestError(404, 'errors.noPage');
  // Browsers request the address of a form when its answer is reloaded after signing in, or opened from the history.
  if ((request.method === 'GET' || request.method === 'HEAD') && !methods.has('GET')) return response.redirect(303, pageOf(request.baseUrl + request.path));
  response.set('Allow', [...methods].join(', '));
  throw new RequestError(405, 'errors.methodNotAllowed', { method: request.method });
};
