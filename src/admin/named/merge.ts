import { RequestError } from '../../errors.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import type { NamedKind } from '../../storage/database/schema.ts';
import { mergeNamed } from '../../storage/named/merge.ts';
import { withQuery } from '../../urls.ts';
import type { Action } from '../action.ts';
import { findName, namePages, requireName } from './name-pages.ts';

/** What merging changes. */
const effects = {
  theme: ['newsroomThemes.moving', 'newsroomThemes.inherits', 'newsroomThemes.leadsTo'],
  topic: ['newsroomNames.affected', 'newsroomNames.leadsTo'],
  author: ['newsroomNames.affected', 'newsroomNames.leadsTo', 'newsroomAuthors.profileMerged'],
} as const satisfies Record<NamedKind, MessageKey[]>;

/** Says what merging a theme, a topic or an author into another one will change. */
export function mergeForm(kind: NamedKind): Action {
  return async (context, request) => {
    const { messages, query } = request;
    const from = await requireName(context, request, kind);
    const { section, page, of, texts } = namePages[kind];
    const into = await findName(context, request, kind, query['into']);
    if (!into || into.id === from.id) return { seeOther: page(from.id) };
    const names = { from: from.name, into: into.name };
    return {
      view: 'named/merge',
      data: {
        title: messages.text('newsroomNames.mergeTitle', names),
        section,
        kind: messages.of({ key: texts.one }),
        effects: effects[kind].map((key) => messages.of({ key, values: { ...names, count: from.articles } })),
        path: of(from.id, 'merge'),
        into: into.id,
        back: page(from.id),
      },
    };
  };
}

/** Merges a theme, a topic or an author into another one, and opens that one. */
export function merge(kind: NamedKind): Action {
  return async (context, request) => {
    const { editor, form, now } = request;
    const { page } = namePages[kind];
    const into = await findName(context, request, kind, form['into']);
    if (!into) throw new RequestError(409, 'newsroomNames.chooseOther');
    const done = { seeOther: withQuery(page(into.id), { done: 'merge' }) };
    const from = await findName(context, request, kind, request.params[kind]);
    // The form may have been sent twice.
    if (!from) return done;
    const result = await mergeNamed(context.db, kind, { from: from.id, into: into.id }, editor.id, now);
    if ('refused' in result) throw new RequestError(409, 'newsroomNames.chooseOther');
    if (result.isComplete) return done;
    context.themeMerger.start();
    return { seeOther: withQuery(page(into.id), { done: 'moving' }) };
  };
}
