import { expect, test } from 'vitest';
import { parseSearchQuery } from '../../../src/content/search/search-query.ts';
import { makeSnippet, markWords } from '../../../src/content/search/snippet.ts';

function mark(text: string, typed: string): string {
  return markWords(text, parseSearchQuery(typed));
}

test.each([
  ['The quick fox', 'fox', 'The quick <mark>fox</mark>'],
  ['Foxes and a fox', 'fox', '<mark>Foxes</mark> and a <mark>fox</mark>'],
  ['Foxes and a fox', '"fox"', 'Foxes and a <mark>fox</mark>'],
  ['A quick fox, a fox, quick', '"quick fox"', 'A <mark>quick fox</mark>, a fox, quick'],
  ['Le café des Straßen', 'CAFE strassen', 'Le <mark>café</mark> des <mark>Straßen</mark>'],
  ['cafe', 'café', '<mark>cafe</mark>'],
  ['我在北京大学', '北京', '我在<mark>北京</mark>大学'],
  ['น้ำท่วม', '"น้ำ"', '<mark>น้ำ</mark>ท่วม'],
  ['أحمد هنا', 'احمد ', '<mark>أحمد</mark> هنا'],
  ['It’s here', "it's", '<mark>It’s</mark> here'],
  ['inter\u00adnational law', 'international', '<mark>inter\u00adnational</mark> law'],
  ['nothing', 'else', 'nothing'],
  ['', 'x', ''],
])('in %s, %s is marked: %s', (text, typed, html) => {
  expect(mark(text, typed)).toBe(html);
});

test('a phrase and one of its words make one mark', () => {
  expect(mark('the quick fox', 'quick "quick fox"')).toBe('the <mark>quick fox</mark>');
});

test('the text is escaped, within marks and outside', () => {
  expect(mark(`<script>alert("x")</script> & it's`, 'script x ')).toBe('&lt;<mark>script</mark>&gt;alert(&quot;<mark>x</mark>&quot;)&lt;/<mark>script</mark>&gt; &amp; it&#39;s');
  expect(mark('&amp; amp', 'amp ')).toBe('&amp;<mark>amp</mark>; <mark>amp</mark>');
  expect(mark('<mark>a</mark>', 'mark ')).toBe('&lt;<mark>mark</mark>&gt;a&lt;/<mark>mark</mark>&gt;');
});

test('a short text is its own snippet', () => {
  expect(makeSnippet('A quick fox.', parseSearchQuery('fox'))).toBe('A quick <mark>fox</mark>.');
});

test('a snippet surrounds the first match and is cut between words', () => {
  const text = `${'before '.repeat(100)}the fox ${'after '.repeat(100)}`;
  const snippet = makeSnippet(text, parseSearchQuery('fox '));
  expect(snippet).toMatch(/^… before (?:before )+the <mark>fox<\/mark> (?:after )+after …$/);
  expect(snippet.length).toBeLessThan(250);
});

test('without a match a snippet is the beginning of the text', () => {
  expect(makeSnippet('word '.repeat(100), parseSearchQuery('other'))).toMatch(/^word (?:word )+word …$/);
});

test('text without spaces is cut to the same length', () => {
  const snippet = makeSnippet(`${'前'.repeat(500)}北京${'後'.repeat(500)}`, parseSearchQuery('北京'));
  expect(snippet).toMatch(/^… 前{50,60}<mark>北京<\/mark>後{150,170} …$/);
});

test('a snippet never splits a surrogate pair', () => {
  for (let shift = 0; shift < 8; shift += 1) {
    const text = `${'x'.repeat(shift)}${'🦊'.repeat(200)} fox ${'🦊'.repeat(200)}`;
    expect(makeSnippet(text, parseSearchQuery('fox')).isWellFormed(), String(shift)).toBe(true);
    expect(makeSnippet(text, []).isWellFormed(), String(shift)).toBe(true);
    const long = `${'x'.repeat(shift)}${' xyz'.repeat(12_480)} fox ${'🦊'.repeat(200)}`;
    expect(makeSnippet(long, parseSearchQuery('fox ')).isWellFormed(), String(shift)).toBe(true);
  }
});

test('for any text, the only tags in a snippet are balanced marks', () => {
  const pieces = ['<b>', '</mark>', '&lt;', 'fox', 'FÓX', ' ', '北', '"', '🦊', "'", '\n', 'a', 'quick fox', '\ud800'];
  let seed = 5;
  for (let round = 0; round < 500; round += 1) {
    let text = '';
    for (let n = 0; n < 120; n += 1) {
      seed = (seed * 48271) % 2147483647;
      text += pieces[seed % pieces.length];
    }
    const html = makeSnippet(text, parseSearchQuery('fox "quick fox" 北'));
    expect(html.replace(/<mark>[^<>]+<\/mark>/g, ''), text).not.toMatch(/[<>]/);
  }
});

test('a long text makes its snippet quickly', () => {
  const begin = performance.now();
  makeSnippet('word and word '.repeat(200_000), parseSearchQuery('a b c d e f g h i j k l m n o none'));
  expect(performance.now() - begin).toBeLessThan(1000);
});
