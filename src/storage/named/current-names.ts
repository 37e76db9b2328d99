import type { ArticleForm } from '../../content/articles/article-form.ts';
import { nameKey } from '../../content/articles/article.ts';
import type { Handle, NamedKind } from '../database/schema.ts';
import { findByName } from './named.ts';

/** A form in which the theme, the topics and the authors that were renamed or merged have their current names. */
export async function withCurrentNames(db: Handle, form: ArticleForm): Promise<ArticleForm> {
  const current = async (kind: NamedKind, lines: string) => {
    const typed = lines.split('\n');
    const names = await Promise.all(typed.map((name) => currentName(db, kind, name)));
    if (names.every((name, index) => name === typed[index])) return lines;
    // Two names may have become one.
    return names.filter((name, index) => name === '' || names.findIndex((other) => nameKey(other) === nameKey(name)) === index).join('\n');
  };
  return { ...form, theme: await currentName(db, 'theme', form.theme), topics: await current('topic', form.topics), authors: await current('author', form.authors) };
}

/** A current name stays as it was typed. */
async function currentName(db: Handle, kind: NamedKind, name: string): Promise<string> {
  if (name.trim() === '') return name;
  const named = await findByName(db, kind, name);
  return named && nameKey(named.name) !== nameKey(name) ? named.name : name;
}
