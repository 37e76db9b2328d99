import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createContext } from '../../src/context.ts';
import { EditorialWalk } from './editorial-walk.ts';

// A process of its own that walks on the site of a folder: it does a step when it is told to, and says what it did.
const [folder = '', environment = '{}', seed = '', start = ''] = process.argv.slice(2);
const time = { now: Number(start) };
const context = await createContext(readConfig(JSON.parse(environment)), () => time.now);
const walk = new EditorialWalk({ context, app: createApp(context), folder, time }, Number(seed));

process.on('message', async () => {
  process.send?.({ ...(await walk.step()), now: time.now });
});
process.on('disconnect', () => {
  void context.close();
});
process.send?.('ready');
