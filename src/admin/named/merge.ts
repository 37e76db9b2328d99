import { RequestError } from '../../errors.ts';
import { mergeNamed } from '../../storage/named/merge.ts';
import type { WordKind } from '../../storage/named/name-words.ts';
import { withQuery } from '../../urls.ts';
import type { Action } from '../action.ts';
import { findName, namePages, requireName } from './name-pages.ts';

/** Says what merging an author or a topic into another one will change. */
export function mergeForm(kind: WordKind): Action {
  return async (context, request) => {
    const { messages, query } = request;
    const { text } = messages;
    const from = await requireName(context, request, kind);
    const { part, page, of, texts } = namePages[kind];
    const into = await findName(context, kind, query['into']);
    if (!into || into.id === from.id) return { seeOther: page(from.id) };
    const names = { from: from.name, into: into.name };
    return {
      view: 'named/merge',
      data: {
        title: text('newsroomNames.mergeTitle', names),
        part,
        kind: messages.of({ key: texts.one }),
        effects: [
          text('newsroomNames.affected', { ...names, count: from.articles }),
          text('newsroomNames.leadsTo', names),
          ...(kind === 'author' ? [text('newsroomAuthors.profileMerged', names)] : []),
        ],
        path: of(from.id, 'merge'),
        into: into.id,
        back: page(from.id),
      },
    };
  };
}

/** Merges an author or a topic into another one, and opens that one. */
export function merge(kind: WordKind): Action {
  return async (context, request) => {
    const { editor, form, now } = request;
    const { page, texts } = namePages[kind];
    const into = await findName(context, kind, form['into']);
    if (!into) throw new RequestError(409, texts.chooseOther);
    const done = { seeOther: withQuery(page(into.id), { done: 'merge' }) };
    const from = await findName(context, kind, request.params[kind]);
    // The form may have been sent twice.
    if (!from) return done;
    const result = await mergeNamed(context.db, kind, { from: from.id, into: into.id }, editor.id, now);
    if ('refused' in result) throw new RequestError(409, texts.chooseOther);
    return done;
  };
}
