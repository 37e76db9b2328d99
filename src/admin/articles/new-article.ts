import { randomUUID } from 'node:crypto';
import { readArticleForm } from '../../content/articles/article-form.ts';
import type { Context } from '../../context.ts';
import type { Answer, EditorRequest } from '../answer.ts';
import { newArticlePage } from './article-form.ts';

/** `GET /admin/articles/new`: an empty form, with the id by which the article is known once its text arrives. */
export async function newArticle(context: Context, request: EditorRequest): Promise<Answer> {
  const form = { ...readArticleForm({}), authors: request.editor.name, language: request.settings.language };
  return newArticlePage(context, request, randomUUID(), form);
}
