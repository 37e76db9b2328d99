import type { Message } from '../../messages/catalogue.ts';
import type { NameOwner } from '../../storage/named/change-name.ts';

/** Why a name can't be given: another theme, topic or author has it, or had it. `taken` is the message for the first case. */
export function takenName(typed: string, { name, isFormer }: NameOwner, taken: (values: { name: string }) => Message): Message {
  return isFormer ? { key: 'newsroomNames.formerName', values: { name: typed, other: name } } : taken({ name });
}
