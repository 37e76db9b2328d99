import type { Context } from '../../context.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import { joinStorylines } from '../../storage/storylines/edit-storylines.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { readPlace } from './candidates.ts';
import { requireStoryline, showStoryline } from './storyline-page.ts';

/** Joins another storyline, or an article that is alone, into this one. */
export async function join(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { editor, form, now } = request;
  const storyline = await requireStoryline(context, request);
  const other = readPlace(form['other']);
  const refuse = async (status: 409 | 422, key: MessageKey) => showStoryline(context, request, storyline, { q: form['q'], typed: { choice: form['other'] }, refusal: { status, field: 'choices', problem: { key } } });
  if (!other) return refuse(422, 'newsroomStorylines.choosePlace');
  if (storyline.joinedInto !== null) return refuse(409, 'newsroomStorylines.joinedMeanwhile');
  const result = await joinStorylines(context.db, { into: storyline.id, other }, editor.id, now);
  if (result !== 'done') return refuse(409, 'newsroomStorylines.placeGone');
  return { seeOther: withQuery(admin.storyline(storyline.id), { done: 'join' }) };
}
