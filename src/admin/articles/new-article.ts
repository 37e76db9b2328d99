import { randomUUID } from 'node:crypto';
import { readArticleForm } from '../../content/articles/article-form.ts';
import type { Context } from '../../context.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { newArticlePage } from './article-form.ts';

/** The form contains a new uid, so that its autosaves and submissions create only one article. */
export async function newArticle(context: Context, request: EditorRequest): Promise<ActionResult> {
  const form = { ...readArticleForm({}), authors: request.editor.name, language: request.settings.language };
  return newArticlePage(context, request, randomUUID(), form);
}
