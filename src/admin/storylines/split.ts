import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import { splitStoryline } from '../../storage/storylines/edit-storylines.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { readName } from './names.ts';
import { requireStoryline, showStoryline } from './storyline-page.ts';

const problems = {
  elsewhere: { key: 'newsroomStorylines.someMoved' },
  gone: { key: 'newsroomStorylines.joinedMeanwhile' },
  whole: { key: 'newsroomStorylines.leaveOne' },
} as const satisfies Record<string, Message>;

/** The chosen articles leave the storyline and become a new one. */
export async function split(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { editor, form, now } = request;
  const storyline = await requireStoryline(context, request);
  const chosen = readChosen(form);
  const { name, problem } = readName(form['newName']);
  const refuse = async (status: 409 | 422, field: string, reason: Message) => showStoryline(context, request, storyline, { after: form['after'], typed: { chosen, newName: form['newName'] }, refusal: { status, field, problem: reason } });
  if (problem) return refuse(422, 'new_name', problem);
  if (chosen.length === 0) return refuse(422, 'articles', { key: 'newsroomStorylines.chooseArticles' });
  const result = await splitStoryline(context.db, { storylineId: storyline.id, articleIds: chosen, name }, editor.id, now);
  if (typeof result === 'string') return refuse(result === 'whole' ? 422 : 409, 'articles', problems[result]);
  return { seeOther: withQuery(admin.storyline(result.newId), { done: 'split' }) };
}

/** The ticked boxes: `article-7`. Each has a name of its own, because of a repeated field only the first value is read. */
function readChosen(form: Record<string, string>): number[] {
  return Object.keys(form).flatMap((field) => /^article-(\d{1,9})$/.exec(field)?.[1] ?? []).map(Number);
}
