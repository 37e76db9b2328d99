import type { MessageKey } from '../../messages/catalogue.ts';
import type { EditorRequest } from '../action.ts';

/** A field and its value. */
export interface ShownValue {
  label: string;
  value: string;
}

/** The values of some of a form's fields, for its editor to read. `labels` has the fields in their order. */
export function shownValues<Field extends string>({ messages }: EditorRequest, labels: Record<Field, MessageKey>, form: Record<Field, string>, fields: readonly Field[]): ShownValue[] {
  return fields.map((field) => ({ label: messages.of({ key: labels[field] }), value: form[field] || messages.text('newsroomNames.nothing') }));
}
