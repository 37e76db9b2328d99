import { createHash } from 'node:crypto';
import { Router, type Request, type Response } from 'express';
import { contentTypes, findRendition } from '../../content/pictures/renditions.ts';
import type { Picture } from '../../content/pictures/picture.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { findPicture } from '../../storage/pictures/pictures.ts';
import { picturePath } from '../../urls.ts';
import { onlyGet } from '../../web/only-get.ts';

const year = 365 * 24 * 3600;

const headers = {
  'Cache-Control': `public, max-age=${year}, immutable`,
  // Feed readers and search engines show pictures on their own pages.
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Accept-Ranges': 'bytes',
};

export function pictureFiles(context: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });
  router.all(picturePath({ id: ':id', hash: ':hash' }, ':file'), onlyGet(), async (request, response) => {
    const file = String(request.params['file']);
    const picture = await findByPath(context, request, file);
    const rendition = picture && findRendition(picture, file);
    if (!picture || !rendition) throw new RequestError(404, 'errors.noFile');
    response.set(headers);
    if ('moved' in rendition) redirect(response, picturePath(picture, rendition.moved.name));
    else sendFile(request, response, contentTypes[rendition.format], await context.renditions.find(picture, rendition));
  });
  return router;
}

/** Undefined if the address has another hash than the picture. */
async function findByPath({ db }: Context, request: Request, file: string): Promise<Picture | undefined> {
  const id = String(request.params['id']);
  const picture = /^[1-9]\d{0,8}$/.test(id) ? await findPicture(db.reader, Number(id)) : undefined;
  return picture && picturePath(picture, file) === request.path ? picture : undefined;
}

/** To a crop around the current focal point. Browsers must not cache the redirect, because the focal point may move back. */
function redirect(response: Response, path: string): void {
  response.set('Cache-Control', 'no-cache').redirect(307, path);
}

/** Answers with the file or a part of it (RFC 9110, 13 and 14). */
function sendFile(request: Request, response: Response, type: string, data: Buffer): void {
  const etag = `"${createHash('sha256').update(data).digest('base64url').slice(0, 22)}"`;
  response.set({ 'Content-Type': type, ETag: etag });
  if (request.fresh) return void response.status(304).end();
  const range = requestedRange(request, data.length, etag);
  if (range === undefined) return void response.send(data);
  if (range === 'unsatisfiable') return refuseRange(response, data.length);
  const { start, end } = range;
  response.status(206).set('Content-Range', `bytes ${start}-${end}/${data.length}`).send(data.subarray(start, end + 1));
}

/** Undefined if the whole file is to be sent, also for several ranges and for a part of another version. */
function requestedRange(request: Request, length: number, etag: string): { start: number; end: number } | 'unsatisfiable' | undefined {
  const isOtherVersion = ![undefined, etag].includes(request.get('If-Range'));
  if (request.method !== 'GET' || isOtherVersion) return undefined;
  const ranges = request.range(length);
  if (ranges === -1) return 'unsatisfiable';
  if (!Array.isArray(ranges) || ranges.type !== 'bytes') return undefined;
  return ranges.length === 1 ? ranges[0] : undefined;
}

function refuseRange(response: Response, length: number): void {
  response.removeHeader('ETag');
  response.removeHeader('Content-Type');
  response.status(416).set({ 'Content-Range': `bytes */${length}`, 'Cache-Control': 'no-store' }).end();
}
