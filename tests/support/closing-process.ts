import { readConfig } from '../../src/config.ts';
import { findRendition } from '../../src/content/pictures/renditions.ts';
import { createContext } from '../../src/context.ts';
import { findPicture } from '../../src/storage/pictures/pictures.ts';

// A script that closes a site while it waits for a rendition that another process is making.
const [settings = '{}', id = '', name = ''] = process.argv.slice(2);
const environment: Record<string, string> = JSON.parse(settings);
const context = await createContext(readConfig(environment));
const picture = await findPicture(context.db.reader, Number(id));
const rendition = picture && findRendition(picture, name);
if (!rendition || 'moved' in rendition) throw new Error(`There is no rendition ${name}`);
const refused = context.renditions.find(picture, rendition).catch((error: unknown) => error);
// Until it waits.
await new Promise((resolve) => {
  setTimeout(resolve, 50);
});
await context.close();
console.log(String(await refused));
