import type { Context } from '../../context.ts';
import { listNotes, type Note } from '../../storage/articles/notes.ts';
import type { EditorRequest } from '../action.ts';
import { maxNoteLength } from '../saving/store-note.ts';
import type { FormProblem } from './article-fields.ts';

const maxShown = 20;

/** The current note of an article, which the form edits, and the earlier ones. A new article has none. */
export async function noteField({ db }: Context, request: EditorRequest, articleId: number | undefined, problems: FormProblem[]) {
  const { form, messages } = request;
  const { text } = messages;
  const [current, ...others] = articleId === undefined ? [] : await listNotes(db.reader, articleId, maxShown);
  const errors = problems.filter(({ field }) => field === 'note').map(({ problem }) => ({ text: messages.of(problem), cause: undefined }));
  const id = 'field_note';
  const hint = current?.text ? text('newsroomNotes.current', byline(current, request)) : text('newsroomNotes.hint');
  const describedBy = [`${id}_hint`, `${id}_count`, ...(errors.length > 0 ? [`${id}_problem`] : [])].join(' ');
  return {
    before: form['noteBefore'] ?? current?.text ?? '',
    field: {
      name: 'note',
      id,
      label: text('newsroomNotes.note'),
      value: form['note'] ?? current?.text ?? '',
      rows: 2,
      hint,
      limitText: text('newsroomNotes.limit', { limit: maxNoteLength }),
      notes: [],
      errors,
      attributes: { 'data-limit': String(maxNoteLength), 'aria-describedby': describedBy, ...(errors.length > 0 && { 'aria-invalid': 'true' }) },
    },
    earlier: others.filter((note) => note.text !== '').map((note) => ({ text: note.text, by: text('newsroomNotes.by', byline(note, request)) })),
  };
}

function byline({ editor, at }: Note, { times, now }: EditorRequest) {
  return { name: editor, time: times.moment(at, now) };
}
