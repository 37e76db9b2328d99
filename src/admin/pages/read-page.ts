import { makeSlug } from '../../content/articles/slug.ts';
import { isStaticPagePath, maxPathLength, parseStaticPage, type PageText } from '../../content/pages/static-page.ts';
import type { Context } from '../../context.ts';
import { markdownOptions } from '../../rendering/markdown-options.ts';
import type { PageSave } from '../../storage/pages/edit-static-pages.ts';
import { findUndescribed } from '../../storage/pictures/descriptions.ts';
import { isReservedPath } from '../../urls.ts';
import type { EditorRequest } from '../action.ts';
import type { FormProblem } from '../articles/article-fields.ts';

/** Validates a page and renders its body. Without an address, the page gets one from its title. */
export async function readPage(context: Context, { editor, settings }: EditorRequest, typed: PageText): Promise<{ save: PageSave } | { problems: FormProblem[] }> {
  const path = typed.path || makeSlug(typed.title, settings.language);
  const parsed = parseStaticPage(typed.title, typed.body);
  const problems = [...('errors' in parsed ? parsed.errors : []), ...pathProblems(path)];
  if ('errors' in parsed || problems.length > 0) return { problems };
  const rendered = await context.renderer.render(parsed.body, markdownOptions(context, settings), `editor:${editor.id}`);
  const undescribed = await findUndescribed(context.db.reader, { picture: null, pictureAlt: '' }, rendered.html);
  if (undescribed.length > 0) return { problems: undescribed };
  return { save: { path, ...parsed, bodyHtml: rendered.html, markupVersion: rendered.markupVersion, notes: rendered } };
}

function pathProblems(path: string): FormProblem[] {
  if (path === '') return [{ field: 'path', problem: { key: 'problems.pathRequired' } }];
  if (isReservedPath(path)) return [{ field: 'path', problem: { key: 'problems.pathReserved', values: { part: path.split('/')[0] ?? '' } } }];
  return isStaticPagePath(path) ? [] : [{ field: 'path', problem: { key: 'problems.notPath', values: { limit: maxPathLength } } }];
}
