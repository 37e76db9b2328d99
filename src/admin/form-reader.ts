import express, { type Request, type RequestHandler } from 'express';
import { isAllowed } from '../content/accounts/permissions.ts';
import { pictureLimits } from '../content/pictures/picture.ts';
import type { Context } from '../context.ts';
import { RequestError } from '../errors.ts';
import type { Session } from '../storage/newsroom/sessions.ts';
import { readSessionToken } from './accounts/cookies.ts';
import { currentSession } from './accounts/current-session.ts';
import type { AdminRoute } from './action.ts';
import type { FormReader } from './body-limit.ts';
import { routesAt } from './route-at.ts';
import { parseMultipart } from './uploads/multipart.ts';
import { Upload, uploadLimits } from './uploads/uploaded-files.ts';

/** In bytes: a body of 2 MB with every byte percent-encoded, plus the other fields. */
const maxFormSize = 7 * 1024 * 1024;
/** For requests without a session, current or expired: parsing a form of 7 MB blocks the server for a second. */
const maxFormSizeWithoutSession = 256 * 1024;

/** Express parses a body of any other type as an empty form. */
export const onlyForms: RequestHandler = (request, _response, next) => {
  const isEmpty = request.get('Content-Length') === '0';
  if (!isEmpty && request.is(['application/x-www-form-urlencoded', ...(fileFieldOf(request) ? [multipart] : [])]) === false) throw new RequestError(415, 'errors.notForm');
  next();
};

const multipart = 'multipart/form-data';

export async function formReaderOf(context: Context, request: Request): Promise<FormReader> {
  const session = request.method === 'POST' ? await readSession(context, request) : undefined;
  const maxFieldSize = session ? maxFormSize : maxFormSizeWithoutSession;
  const field = fileFieldOf(request);
  if (field !== undefined && request.is(multipart)) return multipartReader(context, request, field, maxFieldSize, session);
  return { maxBytes: request.method === 'POST' ? maxFieldSize : 0, tooLarge: { key: 'errors.tooLarge' }, parse: express.urlencoded({ extended: false, limit: maxFieldSize }) };
}

/** Files are written to disk only for editors who may use the route. */
function multipartReader({ log }: Context, request: Request, field: string, maxFieldSize: number, session: Session | 'unknown' | undefined): FormReader {
  const keepsFiles = session !== undefined && session !== 'unknown' && !session.isExpired && routesAt(request).some((route) => 'needs' in route && isAllowed(session.editor, route.needs));
  const maxBytes = keepsFiles ? uploadLimits.request : maxFieldSize + pictureLimits.fileSize;
  const upload = new Upload(request, (error) => log.error({ err: error }, 'an uploaded file could not be stored'));
  return { maxBytes, tooLarge: { key: 'errors.uploadTooLarge', values: { megabytes: Math.floor(maxBytes / 1024 / 1024) } }, parse: parseMultipart({ upload, field, keepsFiles, maxFieldSize }) };
}

/** While the database is unavailable, the session is unknown. A session cookie is enough then, so that the error page can show the form again with what was typed. */
async function readSession(context: Context, request: Request): Promise<Session | 'unknown' | undefined> {
  if (readSessionToken(request, context.config.siteUrl) === undefined) return undefined;
  try {
    await context.pages.catchUp();
    return await currentSession(context, request, context.clock());
  } catch {
    return 'unknown';
  }
}

/** The field of a form that may have files. Texts may be sent with a file for their lead picture. */
function fileFieldOf(request: Request): string | undefined {
  const route = routesAt(request).find(({ method }) => method === 'post');
  return route && fileField(route);
}

function fileField(route: AdminRoute): string | undefined {
  if ('textAction' in route) return 'pictureFile';
  return 'fileField' in route ? route.fileField : undefined;
}
