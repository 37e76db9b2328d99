import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { mergeNamed } from '../../storage/named/merge.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { findTheme, requireTheme } from './theme-page.ts';

/** Says what merging a theme into another one will change. */
export async function mergeForm(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { messages: { text }, query, now } = request;
  const from = await requireTheme(context, request);
  const into = await findTheme(context, query['into'], now);
  if (!into || into.id === from.id) return { seeOther: admin.theme(from.id) };
  const names = { from: from.name, into: into.name };
  return {
    view: 'named/merge',
    data: {
      title: text('newsroomNames.mergeTitle', names),
      part: 'themes',
      kind: text('newsroomThemes.theme'),
      effects: [text('newsroomThemes.moving', { ...names, count: from.articles }), text('newsroomThemes.inherits', names), text('newsroomThemes.leadsTo', names)],
      path: admin.ofTheme(from.id, 'merge'),
      into: into.id,
      back: admin.theme(from.id),
    },
  };
}

/** Merges a theme into another one, and opens that one. */
export async function merge(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { editor, form, params, now } = request;
  const into = await findTheme(context, form['into'], now);
  if (!into) throw new RequestError(409, 'newsroomThemes.chooseOther');
  const done = { seeOther: withQuery(admin.theme(into.id), { done: 'merge' }) };
  const from = await findTheme(context, params['theme'], now);
  // The form may have been sent twice.
  if (!from) return done;
  const result = await mergeNamed(context.db, 'theme', { from: from.id, into: into.id }, editor.id, now);
  if ('refused' in result) throw new RequestError(409, 'newsroomThemes.chooseOther');
  return done;
}
