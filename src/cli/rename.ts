import { parseArgs } from 'node:util';
import { articleLimits } from '../content/articles/article.ts';
import { cleanLine } from '../content/text/text.ts';
import { OperatorError } from '../errors.ts';
import type { NamedKind } from '../storage/database/schema.ts';
import { renameNamed } from '../storage/named/rename.ts';
import { loadSettings } from '../storage/site/settings.ts';
import { absolute, authorPath, themePath, topicPath } from '../urls.ts';
import { withContext } from './with-context.ts';

const paths: Record<NamedKind, (slug: string) => string> = { theme: themePath, author: authorPath, topic: topicPath };

/** `rename KIND NAME NEW-NAME`: changes the name and the address of a theme, an author or a topic. */
export async function rename(args: string[]): Promise<void> {
  const [kind = '', from = '', to = '', ...rest] = parseArgs({ args, allowPositionals: true }).positionals;
  const name = cleanLine(to);
  if (!isKind(kind) || from === '' || name === '' || rest.length > 0) throw new OperatorError('Usage: npx broadsheet rename theme|author|topic NAME NEW-NAME');
  if (name.length > articleLimits.name) throw new OperatorError(`“${name}” is too long. A name can have ${articleLimits.name} characters at most.`);
  await withContext(async ({ db, config, clock }) => {
    const { language } = await loadSettings(db);
    const result = await renameNamed(db, kind, cleanLine(from), { to: name, language }, clock());
    if ('refused' in result) throw new OperatorError(result.refused === 'unknown' ? `There is no ${kind} named “${from}”.` : `Another ${kind} is or was named “${name}”.`);
    console.log(`“${cleanLine(from)}” is now named “${name}”, at ${absolute(config.siteUrl, paths[kind](result.renamed.slug))}`);
  });
}

function isKind(text: string): text is NamedKind {
  return Object.hasOwn(paths, text);
}
