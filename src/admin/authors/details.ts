import { formOfAuthor, parseAuthorForm, readAuthorForm, type AuthorProblem } from '../../content/authors/author-form.ts';
import { readSeenDetails } from '../../content/merge-details.ts';
import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import { saveAuthor, type AuthorConflict } from '../../storage/named/authors.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { gone } from '../named/gone.ts';
import { findName } from '../named/name-pages.ts';
import { shownValues } from '../named/shown-values.ts';
import { takenName } from '../named/taken-name.ts';
import { authorFormFields, fieldLabels, showAuthor } from './author-page.ts';

/** Saves what has changed in the form of an author. If somebody else has changed the same differently, the form comes back with both versions. */
export async function authorDetails(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { editor, settings, now } = request;
  const form = readAuthorForm(request.form);
  const goneAuthor = () => gone(request, 'author', shownValues(request, fieldLabels, form, authorFormFields.filter((field) => form[field] !== '')));
  const author = await findName(context, request, 'author', request.params['author']);
  if (!author) return goneAuthor();
  const { id } = author;
  const seen = request.form['seen'] ?? '';
  const refuse = async (problems: { field: AuthorProblem['field']; problem: Message }[]) => showAuthor(context, request, { status: 422, form, seen, problems });
  const parsed = parseAuthorForm(form);
  if ('errors' in parsed) return refuse(parsed.errors);
  const { details } = parsed;
  const result = await saveAuthor(context.db, { id, seen: readSeenDetails(seen), details, language: settings.language }, editor.id, now);
  if (result === 'gone') return goneAuthor();
  if (result === 'slug taken') return refuse([{ field: 'slug', problem: { key: 'newsroomAuthors.slugTaken' } }]);
  if (result === 'no picture') return refuse([{ field: 'portrait', problem: { key: 'problems.noPicture', values: { id: details.portraitId ?? 0 } } }]);
  if (typeof result === 'string') return { seeOther: withQuery(admin.author(id), { done: 'save' }) };
  if ('conflicts' in result) return showConflict(context, request, result);
  return refuse([{ field: 'name', problem: takenName(details.name, result.takenBy, (values) => ({ key: 'newsroomAuthors.nameTaken', values })) }]);
}

/** Sending the form again replaces the other version, which its editor has now seen. */
async function showConflict(context: Context, request: EditorRequest, { conflicts, merged, saved }: AuthorConflict): Promise<ActionResult> {
  const fields = conflicts.map((field) => (field === 'portraitId' ? 'portrait' : field));
  return showAuthor(context, request, { status: 409, form: formOfAuthor(merged), seen: JSON.stringify(saved), problems: [], conflict: shownValues(request, fieldLabels, formOfAuthor(saved), fields) });
}
