import { randomUUID } from 'node:crypto';
import { readArticleForm } from '../../content/articles/article-form.ts';
import type { Context } from '../../context.ts';
import type { Answer, EditorRequest } from '../answer.ts';
import { newArticlePage } from './article-form.ts';

/** `GET /admin/articles/new`: an empty form. Its uid identifies the article from the first autosave on. */
export async function newArticle(context: Context, request: EditorRequest): Promise<Answer> {
  const form = { ...readArticleForm({}), authors: request.editor.name, language: request.settings.language };
  return newArticlePage(context, request, randomUUID(), form);
}
