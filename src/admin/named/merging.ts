import type { Context } from '../../context.ts';
import type { EditorRequest } from '../action.ts';
import { listNamesakes } from '../../storage/named/change-name.ts';
import type { EditedName } from '../../storage/named/edited-names.ts';
import type { WordKind } from '../../storage/named/name-words.ts';
import type { Named } from '../../storage/named/named.ts';
import { suggestNames } from '../../storage/named/suggest-names.ts';
import { withQuery } from '../../urls.ts';
import { namePages } from './name-pages.ts';
import { readNameQuery } from './name-query.ts';

/** The part of a page that offers other names to merge with: what a search finds, or else those that are spelled alike. */
export async function mergingPart({ db }: Context, { query, messages }: EditorRequest, kind: WordKind, { id, name }: EditedName) {
  const { page, of, texts } = namePages[kind];
  const { q, words } = readNameQuery(query['q']);
  const namesakes = q === '' ? await listNamesakes(db.reader, kind, name, id) : [];
  const found = q === '' ? namesakes : (await suggestNames(db, kind, words)).filter((other) => other.id !== id);
  const choice = (other: Named) => ({ label: messages.text('newsroomNames.mergeInto', { name: other.name }), href: withQuery(of(id, 'merge'), { into: String(other.id) }) });
  return { heading: messages.of({ key: texts.merge }), hint: messages.of({ key: texts.mergeHint }), path: page(id), q, areNamesakes: namesakes.length > 0, choices: found.map(choice) };
}
