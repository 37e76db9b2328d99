import type { en } from './en.ts';

type English = typeof en;

/** The texts of one language in ICU MessageFormat, in groups by page. */
export type Catalogue = { readonly [Group in keyof English]: { readonly [Name in keyof English[Group]]: string } };

/** `group.name` */
export type MessageKey = { [Group in keyof English & string]: `${Group}.${keyof English[Group] & string}` }[keyof English & string];

/** A message that content or an error chose, to be printed in whatever language is asked for. */
export interface Message {
  key: MessageKey;
  values?: Record<string, string | number> | undefined;
}

type TextOf<Key> = Key extends `${infer Group}.${infer Name}` ? (Group extends keyof English ? (Name extends keyof English[Group] ? English[Group][Name] : never) : never) : never;

/** The arguments of an ICU message: what follows a brace, up to a comma or a brace. Words of a plural's forms have spaces or `#`. */
type NamesIn<Text> = Text extends `${string}{${infer Rest}` ? (Rest extends `${infer Head}}${string}` ? NameOf<Head extends `${infer Name},${string}` ? Name : Head> : never) | NamesIn<Rest> : never;
type NameOf<Text> = Text extends '' | `${string}${' ' | '#' | '<' | '{'}${string}` ? never : Text;

/** What `Messages.text` takes after a key: nothing, or an object with the arguments of the message. */
export type MessageArguments<Key extends MessageKey> = [NamesIn<TextOf<Key>>] extends [never] ? [] : [values: { [Name in NamesIn<TextOf<Key>> & string]: string | number }];
