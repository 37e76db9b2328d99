import { expect, test } from 'vitest';
import { emailKey, parseEmail } from '../../../src/content/accounts/email.ts';

test.each([
  ['ana@news.example', 'ana@news.example'],
  ['  Ana@News.example\n', 'Ana@News.example'],
  ['zoe\u0308@news.example', 'zo\u00eb@news.example'],
  ['ana+desk@localhost', 'ana+desk@localhost'],
])('%j is the address %s', (text, email) => {
  expect(parseEmail(text)).toBe(email);
});

test.each(['', 'ana', '@news.example', 'ana@', 'ana@news@example', 'ana b@news.example', 'Ana <ana@news.example>', `${'a'.repeat(251)}@b.c`])('%j is not an address', (text) => {
  expect(parseEmail(text)).toBeUndefined();
});

test('different spellings of an address have the same key', () => {
  expect(new Set(['zo\u00eb@news.example', 'ZO\u00cb@NEWS.example', ' zoe\u0308@news.example'].map(emailKey)).size).toBe(1);
});
