import { readConfig } from '../../src/config.ts';
import { findRendition } from '../../src/content/pictures/renditions.ts';
import { createContext } from '../../src/context.ts';
import { findPicture } from '../../src/storage/pictures/pictures.ts';
import { RecordingImaging } from './recording-imaging.ts';

// A process that serves a site, and for each message with a picture's id and the names of renditions reports their files and which of them it made itself.
const [settings = '{}'] = process.argv.slice(2);
const environment: Record<string, string> = JSON.parse(settings);
const imaging = new RecordingImaging();
const context = await createContext(readConfig(environment), { imaging });
process.send?.('ready');

process.on('message', async ({ id, names }: { id: number; names: string[] }) => {
  const picture = await findPicture(context.db.reader, id);
  const files = await Promise.all(
    names.map(async (name) => {
      const rendition = picture && findRendition(picture, name);
      if (!rendition || 'moved' in rendition) throw new Error(`There is no rendition ${name}`);
      return (await context.renditions.find(picture, rendition)).toString('base64');
    }),
  );
  process.send?.({ files, made: imaging.made });
});
process.on('disconnect', () => void context.close());
