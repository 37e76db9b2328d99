import { IntlMessageFormat } from 'intl-messageformat';
import { expect, test } from 'vitest';
import { scripts } from '../../src/messages/en/scripts.ts';

/** The kinds of message parts that scripts can print, keyed by the library's `TYPE` enum. */
const print: Record<number, (value: string) => string> = { 0: (literal) => literal, 1: (argument) => `{${argument}}` };

test.each(Object.entries(scripts))('the message %s has only plain text and simple arguments, without quoting', (_name, text) => {
  const printed = new IntlMessageFormat(text, 'en').getAst().map((part) => ('value' in part ? print[part.type]?.(part.value) : undefined) ?? `type ${part.type}`);
  expect(printed.join('')).toBe(text);
});
