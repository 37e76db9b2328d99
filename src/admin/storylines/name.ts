import type { Context } from '../../context.ts';
import { nameStoryline } from '../../storage/storylines/edit-storylines.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { readName } from './names.ts';
import { requireStoryline, showStoryline } from './storyline-page.ts';

/** Gives a storyline a name, which readers see as the title of its page. An empty name removes it. */
export async function name(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { editor, form, now } = request;
  const storyline = await requireStoryline(context, request);
  const read = readName(form['name']);
  const typed = { name: form['name'] ?? '' };
  if (read.problem) return showStoryline(context, request, storyline, { typed: { ...typed, before: form['before'] }, refusal: { status: 422, field: 'storyline_name', problem: read.problem } });
  const result = await nameStoryline(context.db, { storylineId: storyline.id, name: read.name, before: form['before'] ?? '' }, editor.id, now);
  if (result === 'gone') return showStoryline(context, request, storyline, { typed, refusal: { status: 409, field: 'storyline_name', problem: { key: 'newsroomStorylines.joinedMeanwhile' } } });
  if (result === 'conflict') return showNameConflict(context, request, typed);
  return { seeOther: withQuery(admin.storyline(storyline.id), { done: 'name' }) };
}

/** Sending the form again replaces the other editor's name, which the page now shows. */
async function showNameConflict(context: Context, request: EditorRequest, typed: { name: string }): Promise<ActionResult> {
  const storyline = await requireStoryline(context, request);
  const problem = storyline.name === '' ? { key: 'newsroomStorylines.nameRemoved' as const } : { key: 'newsroomStorylines.nameChanged' as const, values: { name: storyline.name } };
  return showStoryline(context, request, storyline, { typed, refusal: { status: 409, field: 'storyline_name', problem } });
}
