import { parseArgs } from 'node:util';
import { OperatorError } from '../errors.ts';
import { listArticleFiles } from '../exchange/article-files.ts';
import { importFiles } from '../exchange/import-files.ts';
import { tooSlowMessage } from '../rendering/limits.ts';
import { withContext } from './with-context.ts';

/** `import FILE...`: imports the articles in Markdown and NDJSON files; if one article is not valid, none is imported. */
export async function importArticles(args: string[]): Promise<void> {
  const { positionals: places } = parseArgs({ args, allowPositionals: true });
  if (places.length === 0) throw new OperatorError('Usage: npx broadsheet import FILE..., where a FILE is a Markdown or NDJSON file, or a folder of such files');
  const files = await listArticleFiles(places);
  await withContext(async (context) => {
    const { added, known, plain } = await importFiles(context, files);
    for (const place of plain) console.error(`${place}: ${tooSlowMessage}`);
    console.log(`${added} ${added === 1 ? 'article' : 'articles'} added${known > 0 ? `, ${known} already imported` : ''}`);
  });
}

