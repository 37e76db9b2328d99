import type { Context } from '../context.ts';
import { RequestError } from '../errors.ts';
import { findEdited } from '../storage/editing.ts';
import { listOthersAt, notePresence } from '../storage/presence.ts';
import { findRevision } from '../storage/revisions.ts';
import { loadSettings } from '../storage/settings.ts';
import type { Answer, EditorRequest } from './answer.ts';
import { shownTimes } from './shown-times.ts';

/** `POST /admin/articles/ID/presence`: notes that the editor is here, and tells who else is and who saved last. */
export async function presence({ db }: Context, { article, editor, now }: EditorRequest): Promise<Answer> {
  const stored = article && (await findEdited(db.reader, article.id));
  if (!stored) throw new RequestError(404, 'There is no such article.');
  await notePresence(db, stored.id, editor.id, now);
  const head = stored.headRevisionId === null ? undefined : await findRevision(db, stored.id, stored.headRevisionId);
  const times = shownTimes(await loadSettings(db));
  return {
    json: {
      others: await listOthersAt(db, stored.id, editor.id, now),
      head: head && { revision: head.id, who: head.editor?.id === editor.id ? 'you' : (head.editor?.name ?? 'an import'), at: times.moment(head.at, now) },
    },
  };
}
