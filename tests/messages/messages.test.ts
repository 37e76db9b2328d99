import { expect, test } from 'vitest';
import type { Catalogue } from '../../src/messages/catalogue.ts';
import { Languages } from '../../src/messages/languages.ts';
import { Messages } from '../../src/messages/messages.ts';

/** Messages in one group, `test`. */
function messages(language: string, texts: Record<string, string>) {
  const { text, html, markup } = new Messages(language, { test: texts } as unknown as Catalogue);
  return { text: text as (key: string, values?: object) => string, html: html as (key: string, values?: object) => string, markup };
}

test('a message without arguments is returned unchanged; arguments are formatted by the rules of the language', () => {
  const { text } = messages('en', { plain: 'Older articles', found: '{count, plural, one {# article} other {# articles}} found' });
  expect(text('test.plain')).toBe('Older articles');
  expect([1, 2, 1200].map((count) => text('test.found', { count }))).toEqual(['1 article found', '2 articles found', '1,200 articles found']);
  const polish = messages('pl', { found: '{count, plural, one {# artykuł} few {# artykuły} other {# artykułów}}' });
  expect([1, 3, 5].map((count) => polish.text('test.found', { count }))).toEqual(['1 artykuł', '3 artykuły', '5 artykułów']);
});

test('in HTML, texts and arguments are escaped, tags become links, and markup stays', () => {
  const { html, markup } = messages('en', { plain: 'Q & A', rich: 'By {name} on {date}: <front>the {kind} page</front> & <code>npm</code>' });
  expect(html('test.plain')).toBe('Q &amp; A');
  expect(html('test.rich', { name: '<b>', date: markup('<time>today</time>'), front: { href: '/?a&b="c"' }, kind: '“front”' })).toBe(
    'By &lt;b&gt; on <time>today</time>: <a href="/?a&amp;b=&quot;c&quot;">the “front” page</a> &amp; <code>npm</code>',
  );
});

test('an unknown key and a missing argument are errors', () => {
  const { text } = messages('en', { found: '{count} found' });
  expect(() => text('test.lost')).toThrow('There is no message “test.lost”');
  expect(() => text('test.found', {})).toThrow('count');
});

test('a language is looked up by its full tag, then by a less specific tag, and falls back to English', () => {
  const catalogue = { lists: { pages: 'Seiten' } } as unknown as Catalogue;
  const languages = new Languages({ de: catalogue });
  expect(languages.for('de-AT').text('lists.pages')).toBe('Seiten');
  expect([languages.for('de-AT').language, languages.for('de-AT')]).toEqual(['de-AT', languages.for('de-AT')]);
  expect([languages.for('fr').text('lists.pages'), languages.for('fr').language]).toEqual(['Pages', 'en-GB']);
  expect(languages.for('en-US').language).toBe('en-US');
});
