import { readName } from '../../content/named/name.ts';
import type { Context } from '../../context.ts';
import { renameTopic } from '../../storage/named/edit-topics.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { gone } from '../named/gone.ts';
import { findName } from '../named/name-pages.ts';
import { shownValues } from '../named/shown-values.ts';
import { takenName } from '../named/taken-name.ts';
import { showTopic } from './topic-page.ts';

/** Renames a topic. If somebody else has renamed it since the page was opened, the form comes back with both names. */
export async function name(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { editor, form, settings, now } = request;
  const typed = { name: form['name'] ?? '', before: form['before'] ?? '' };
  const goneTopic = () => gone(request, 'topic', shownValues(request, { name: 'newsroomNames.name' }, typed, ['name']));
  const topic = await findName(context, request, 'topic', request.params['topic']);
  if (!topic) return goneTopic();
  const { name: newName, problem } = readName(typed.name);
  if (problem) return showTopic(context, request, topic, { ...typed, status: 422, problem });
  const result = await renameTopic(context.db, { id: topic.id, before: typed.before, name: newName, language: settings.language }, editor.id, now);
  if (typeof result === 'object') return showTopic(context, request, topic, { ...typed, status: 422, problem: takenName(newName, result.takenBy, (values) => ({ key: 'newsroomTopics.nameTaken', values })) });
  if (result === 'done') return { seeOther: withQuery(admin.topic(topic.id), { done: 'save' }) };
  const present = await findName(context, request, 'topic', request.params['topic']);
  if (!present) return goneTopic();
  // Sending the form again replaces the other name, which its editor has now seen.
  return showTopic(context, request, present, { name: typed.name, before: present.name, status: 409, problem: { key: 'newsroomTopics.nameChanged', values: { name: present.name } } });
}
