import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Router } from 'express';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { FinishedPage } from '../../page-cache/finished-page.ts';
import { send } from '../../page-cache/send.ts';
import { assetPath, faviconPath, iconPath } from '../../urls.ts';
import type { Asset } from '../../web/assets.ts';
import { onlyGet } from '../../web/only-get.ts';
import { pageKey } from '../page-key.ts';

const iconFolder = fileURLToPath(new URL('../../../public/icons/', import.meta.url));
const iconTypes: Record<string, string> = { '.ico': 'image/x-icon', '.png': 'image/png', '.svg': 'image/svg+xml' };
const day = 24 * 3600;
/** The hash of the content, as in `reader-0123456789ab.css`. */
const fingerprint = /(?<=-)[0-9a-f]{12}(?=\.)/;

interface File {
  path: string;
  body: Buffer;
  headers: Record<string, string>;
}

export function files(context: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });
  for (const { path: address, headers, body } of [...assetFiles(context), ...iconFiles()]) {
    const finished = new FinishedPage({ status: 200, headers: { ...context.headers, ...headers, vary: 'Accept-Encoding' }, body, shows: [], changesAt: Infinity });
    router.all(address, onlyGet(), async (request, response) => {
      const now = context.clock();
      // Stale pages need these files, even while the database is unavailable.
      const page = await context.pages.findOrMake(pageKey(request.url), now, async () => finished).catch(() => finished);
      send(request, response, page, now);
    });
  }
  router.all(assetPath(':name'), onlyGet(), (request, response) => {
    const current = findCurrent(context, String(request.params['name']));
    if (!current) throw new RequestError(404, 'errors.noFile');
    // The next request may reach a process of the other version, which has the file.
    response.set('Cache-Control', 'no-store').redirect(307, assetPath(current.name));
  });
  router.all(assetPath('*name'), () => {
    throw new RequestError(404, 'errors.noFile');
  });
  return router;
}

/** While processes are being replaced by a new version, pages of both versions link their own files. */
function findCurrent({ assets }: Context, name: string): Asset | undefined {
  return Object.values(assets).find((asset) => fingerprint.test(name) && name.replace(fingerprint, '') === asset.name.replace(fingerprint, ''));
}

function assetFiles({ assets }: Context): File[] {
  return Object.values(assets).map(({ name, type, body }) => ({ path: assetPath(name), body, headers: { 'content-type': type, 'cache-control': `public, max-age=${365 * day}, immutable` } }));
}

function iconFiles(): File[] {
  const icons = readdirSync(iconFolder).map((name) => ({ name, path: iconPath(name) }));
  return [...icons, { name: 'favicon.ico', path: faviconPath }].map(({ name, path: address }) => ({
    path: address,
    body: readFileSync(path.join(iconFolder, name)),
    headers: {
      'content-type': iconTypes[path.extname(name)] ?? 'application/octet-stream',
      'cache-control': `public, max-age=${day}`,
      // Feed readers and other sites show the icon.
      'cross-origin-resource-policy': 'cross-origin',
    },
  }));
}
