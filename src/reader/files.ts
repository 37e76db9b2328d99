import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Router, type RequestHandler } from 'express';
import type { Context } from '../context.ts';
import { onlyGet } from '../only-get.ts';
import { assetPath, faviconPath, iconPath } from '../urls.ts';

const iconFolder = fileURLToPath(new URL('../../public/icons/', import.meta.url));
const day = 24 * 3600;

/** The joined style sheets and scripts, which never change under their names, and the icons. */
export function files({ assets }: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });
  for (const { name, type, body } of Object.values(assets)) {
    router.all(assetPath(name), onlyGet(), (_request, response) => {
      response.set({ 'Content-Type': type, 'Cache-Control': `public, max-age=${365 * day}, immutable` }).send(body);
    });
  }
  for (const icon of readdirSync(iconFolder)) router.all(iconPath(icon), onlyGet(), sendIcon(icon));
  router.all(faviconPath, onlyGet(), sendIcon('favicon.ico'));
  return router;
}

function sendIcon(name: string): RequestHandler {
  return (_request, response) => {
    // Feed readers, and pages of others that link to the site, show its icon.
    response.set('Cross-Origin-Resource-Policy', 'cross-origin').sendFile(name, { root: iconFolder, maxAge: day * 1000 });
  };
}
