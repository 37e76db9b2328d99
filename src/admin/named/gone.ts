import type { NamedKind } from '../../storage/database/schema.ts';
import type { EditorRequest, ViewResult } from '../action.ts';
import { namePages } from './name-pages.ts';
import type { ShownValue } from './shown-values.ts';

/** The answer to the form of a theme, a topic or an author that somebody else has merged or deleted: what was typed is shown, so that it can be copied. */
export function gone({ messages }: EditorRequest, kind: NamedKind, typed: ShownValue[]): ViewResult {
  const { section, list, texts } = namePages[kind];
  return {
    status: 404,
    view: 'named/gone',
    data: { title: messages.text('newsroomNames.goneTitle'), section, reason: messages.of({ key: texts.missing }), typed, list },
  };
}
