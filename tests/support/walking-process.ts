import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createContext } from '../../src/context.ts';
import { EditorialWalk } from './editorial-walk.ts';

// A process of its own that walks on a site: it does a step when it is told to, and says what it did.
const [settings = '{}', seed = '', start = ''] = process.argv.slice(2);
const environment: Record<string, string> = JSON.parse(settings);
const time = { now: Number(start) };
const context = await createContext(readConfig(environment), () => time.now);
const walk = new EditorialWalk({ context, app: createApp(context), folder: context.config.dataDir, environment, time }, Number(seed));

process.on('message', async () => {
  process.send?.({ ...(await walk.step()), now: time.now });
});
process.on('disconnect', () => {
  void context.close();
});
process.send?.('ready');
