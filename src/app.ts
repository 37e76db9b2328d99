import type { RequestListener } from 'node:http';
import { fileURLToPath } from 'node:url';
import compression from 'compression';
import express, { type RequestHandler } from 'express';
import { adminRouter } from './admin/admin.ts';
import type { Context } from './context.ts';
import { health } from './observability/health.ts';
import { logRequests } from './observability/request-log.ts';
import { inFrontOf } from './page-cache/in-front.ts';
import { canonicalPath } from './reader/canonical-path.ts';
import { pageKey } from './reader/page-key.ts';
import { errorPage } from './reader/pages/error-page.ts';
import { files } from './reader/pages/files.ts';
import { pictureFiles } from './reader/pictures/picture-file.ts';
import { readerRouter } from './reader/reader.ts';
import { lastRoute, routes } from './reader/routes.ts';
import { adminPath, healthPath } from './urls.ts';
import { oneHost } from './web/one-host.ts';
import { onlyGet } from './web/only-get.ts';
import { View } from './web/views.ts';

export const viewsFolder = fileURLToPath(new URL('../views/', import.meta.url));

export function createApp(context: Context): RequestListener {
  const app = express();
  app.set('env', 'production');
  app.set('view', View);
  app.set('views', viewsFolder);
  app.set('view cache', true);
  app.set('query parser', false);
  app.set('strict routing', true);
  app.set('case sensitive routing', true);
  app.set('x-powered-by', false);
  app.set('trust proxy', context.config.trustProxy);

  app.use(logRequests(context));
  app.use(canonicalPath(context.headers));
  // Pages have all of their headers. Without headers to replace, Node sends them faster.
  app.use(readerRouter(context, routes));
  app.use(setHeaders(context.headers));
  app.all(healthPath, onlyGet(), health(context));
  app.use(files(context));
  app.use(pictureFiles(context));
  app.use(adminPath, compression());
  app.use(adminRouter(context));
  app.use(readerRouter(context, [lastRoute]));
  app.use(errorPage(context));
  return oneHost(inFrontOf(app, context.pages, pageKey, context.clock));
}

function setHeaders(headers: Record<string, string>): RequestHandler {
  return (_request, response, next) => {
    response.set(headers);
    next();
  };
}
