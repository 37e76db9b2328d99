import { readId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { articleListPage, listParameters } from '../articles/article-list.ts';

/** A page of the list has fewer. */
const maxSelected = 100;

/** The ids of the articles whose boxes are ticked, from fields such as `article-7`. */
export function readSelection(fields: Record<string, string | undefined>): number[] {
  return Object.keys(fields).flatMap((name) => readId(/^article-(\d+)$/.exec(name)?.[1]) ?? []).slice(0, maxSelected);
}

/** The address of the list from which the articles were selected, with its filters. */
export function listPath({ list = '' }: Record<string, string | undefined>, more: Record<string, string> = {}): string {
  return withQuery(admin.articles, { ...readList(list), ...more });
}

/** Shows the list again, because nothing was selected. */
export async function refuseSelection(context: Context, request: EditorRequest, fields: Record<string, string | undefined>): Promise<ActionResult> {
  const problem = request.messages.text('newsroomBulk.chooseArticles');
  return { ...(await articleListPage(context, { ...request, query: readList(fields['list'] ?? '') }, problem)), status: 422 };
}

function readList(list: string): Record<string, string> {
  const posted = new URLSearchParams(list);
  return Object.fromEntries(listParameters.map((name) => [name, posted.get(name) ?? '']));
}
