import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';
import type { Context } from '../context.ts';
import { assetPath, faviconPath, iconPath } from '../urls.ts';

const iconFolder = fileURLToPath(new URL('../../public/icons/', import.meta.url));
const day = 24 * 3600;

/** The joined style sheet and script, which never change under their names, and the icons. */
export function files({ assets }: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });
  for (const { name, type, body } of [assets.style, assets.script]) {
    router.get(assetPath(name), (_request, response) => {
      response.set({ 'Content-Type': type, 'Cache-Control': `public, max-age=${365 * day}, immutable` }).send(body);
    });
  }
  router.use(iconPath(''), express.static(iconFolder, { maxAge: day * 1000, index: false, redirect: false }));
  router.get(faviconPath, (_request, response) => response.sendFile('favicon.ico', { root: iconFolder, maxAge: day * 1000 }));
  return router;
}
