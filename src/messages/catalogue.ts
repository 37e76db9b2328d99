import type { en } from './en.ts';

type English = typeof en;

/** The texts of one language in ICU MessageFormat, in groups by page. */
export type Catalogue = { readonly [Group in keyof English]: { readonly [Name in keyof English[Group]]: string } };

/** `group.name` */
export type MessageKey = { [Group in keyof English & string]: `${Group}.${keyof English[Group] & string}` }[keyof English & string];

/** A message whose language is chosen later, when a page shows the message. */
export interface Message {
  key: MessageKey;
  values?: Record<string, string | number> | undefined;
}

type TextOf<Key> = Key extends `${infer Group}.${infer Name}` ? (Group extends keyof English ? (Name extends keyof English[Group] ? English[Group][Name] : never) : never) : never;

/** The arguments of an ICU message: the text from an opening brace to a comma or a brace. Texts of plural forms, which contain a space or `#`, are not arguments. */
type NamesIn<Text> = Text extends `${string}{${infer Rest}` ? (Rest extends `${infer Head}}${string}` ? NameOf<Head extends `${infer Name},${string}` ? Name : Head> : never) | NamesIn<Rest> : never;
type NameOf<Text> = Text extends '' | `${string}${' ' | '#' | '<' | '{'}${string}` ? never : Text;

/** The parameters of `Messages.text` after the key: an object if the message has arguments, otherwise none. */
export type MessageArguments<Key extends MessageKey> = [NamesIn<TextOf<Key>>] extends [never] ? [] : [values: { [Name in NamesIn<TextOf<Key>> & string]: string | number }];
