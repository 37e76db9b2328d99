import { parseArgs } from 'node:util';
import { OperatorError } from '../errors.ts';
import { filesNamed } from '../exchange/article-files.ts';
import { importFiles } from '../exchange/import-files.ts';
import { takesTooLong } from '../rendering/limits.ts';
import { withContext } from './with-context.ts';

/** `import FILE...`: adds the articles of Markdown and NDJSON files, all of them or, if one is at fault, none. */
export async function importArticles(args: string[]): Promise<void> {
  const { positionals: places } = parseArgs({ args, allowPositionals: true });
  if (places.length === 0) throw new OperatorError('Name at least one file or folder: npx broadsheet import FILE...');
  const files = await filesNamed(places);
  await withContext(async (context) => {
    const { added, known, plain } = await importFiles(context, files);
    for (const place of plain) console.error(`${place}: ${takesTooLong}`);
    console.log(`${added} ${added === 1 ? 'article' : 'articles'} added${known > 0 ? `, ${known} already here` : ''}`);
  });
}

