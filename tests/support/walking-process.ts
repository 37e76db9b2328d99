import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createContext } from '../../src/context.ts';
import { EditorialWalk } from './editorial-walk.ts';

// A process that serves a site and, for each message, takes one step of an editorial walk on it and reports the step.
const [settings = '{}', seed = '', start = ''] = process.argv.slice(2);
const environment: Record<string, string> = JSON.parse(settings);
const time = { now: Number(start) };
const context = await createContext(readConfig(environment), { clock: () => time.now });
const app = createServer(createApp(context)).listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(app.address() as AddressInfo).port}` });
});
const walk = new EditorialWalk({ context, app, folder: context.config.dataDir, environment, time }, Number(seed));

process.on('message', async () => {
  process.send?.({ ...(await walk.step()), now: time.now, found: context.pages.counts.hits });
});
process.on('disconnect', () => {
  app.closeAllConnections();
  app.close();
  void context.close();
});
