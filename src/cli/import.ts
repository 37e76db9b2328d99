import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { OperatorError } from '../errors.ts';
import { listArticleFiles } from '../exchange/article-files.ts';
import { importFiles } from '../exchange/import-files.ts';
import { tooSlowMessage } from '../rendering/limits.ts';
import { withContext } from './with-context.ts';

const usage = 'Usage: npx broadsheet import FILE... [--missing-pictures=report], where a FILE is a Markdown or NDJSON file, or a folder of such files';

/** `import FILE...`: imports the articles in Markdown and NDJSON files, with their pictures; if one article is not valid, none is imported. */
export async function importArticles(args: string[]): Promise<void> {
  const { positionals: places, values } = parseArgs({ args, allowPositionals: true, options: { 'missing-pictures': { type: 'string' } } });
  const missingPictures = values['missing-pictures'];
  if (places.length === 0 || (missingPictures !== undefined && missingPictures !== 'report')) throw new OperatorError(usage);
  const files = await listArticleFiles(places);
  const listed = new Set(files);
  const folders = places.filter((place) => !listed.has(place));
  // Garbage is collected earlier: an import takes no longer with that, and 50 MB less.
  setFlagsFromString('--heap-growing-percent=50');
  await withContext(async (context) => {
    const { added, known, plain, report } = await importFiles(context, files, { folders, areMissingPicturesReported: missingPictures === 'report' });
    for (const place of plain) console.error(`${place}: ${tooSlowMessage}`);
    for (const line of report) console.error(line);
    console.log(`${added} ${added === 1 ? 'article' : 'articles'} added${known > 0 ? `, ${known} already imported` : ''}`);
  });
}
