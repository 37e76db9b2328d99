import { formOfAuthor, parseAuthorForm, readAuthorForm, type AuthorDetails, type AuthorProblem } from '../../content/authors/author-form.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import type { Message } from '../../messages/catalogue.ts';
import { authorVersion, findAuthor, saveAuthor } from '../../storage/named/authors.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { differingValues } from '../named/differing-values.ts';
import { requireName } from '../named/name-pages.ts';
import { takenName } from '../named/taken-name.ts';
import { fieldLabels, showAuthor } from './author-page.ts';

/** Saves what readers learn about an author. If somebody else has changed it since the page was opened, the form comes back with both versions. */
export async function authorDetails(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { editor, settings, now } = request;
  const { id } = await requireName(context, request, 'author');
  const form = readAuthorForm(request.form);
  const version = request.form['version'] ?? '';
  const refuse = async (problems: { field: AuthorProblem['field']; problem: Message }[]) => showAuthor(context, request, { status: 422, form, version, problems });
  const parsed = parseAuthorForm(form);
  if ('errors' in parsed) return refuse(parsed.errors);
  const { details } = parsed;
  const result = await saveAuthor(context.db, { id, version, details, language: settings.language }, editor.id, now);
  if (result === 'gone') throw new RequestError(404, 'errors.noAuthor');
  if (result === 'conflict') return showConflict(context, request, id, details);
  if (result === 'slug taken') return refuse([{ field: 'slug', problem: { key: 'newsroomAuthors.slugTaken' } }]);
  if (result === 'no picture') return refuse([{ field: 'portrait', problem: { key: 'problems.noPicture', values: { id: details.portraitId ?? 0 } } }]);
  if (typeof result === 'object') return refuse([{ field: 'name', problem: takenName(details.name, result.takenBy, (values) => ({ key: 'newsroomAuthors.nameTaken', values })) }]);
  return { seeOther: withQuery(admin.author(id), { done: 'save' }) };
}

/** Sending the form again replaces the other version, which its editor has now seen. */
async function showConflict(context: Context, request: EditorRequest, id: number, details: AuthorDetails): Promise<ActionResult> {
  const saved = await findAuthor(context.db.reader, id);
  if (!saved) throw new RequestError(404, 'errors.noAuthor');
  const form = formOfAuthor(details);
  return showAuthor(context, request, { status: 409, form, version: authorVersion(saved), problems: [], conflict: differingValues(request, fieldLabels, form, formOfAuthor(saved)) });
}
