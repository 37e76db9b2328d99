import type { MessageKey } from '../../messages/catalogue.ts';
import type { EditorRequest } from '../action.ts';

/** A field and its saved value. */
export interface DifferingValue {
  label: string;
  value: string;
}

/** The saved values that differ from a form, for its editor to compare. `labels` has the fields in their order. */
export function differingValues({ messages }: EditorRequest, labels: Record<string, MessageKey>, typed: Record<string, string>, saved: Record<string, string>): DifferingValue[] {
  return Object.entries(labels).filter(([field]) => typed[field] !== saved[field]).map(([field, label]) => ({ label: messages.of({ key: label }), value: saved[field] || messages.text('newsroomNames.nothing') }));
}
