import { expect, test } from 'vitest';
import { parseTitle } from '../../../src/content/articles/title.ts';

test.each([
  ['Plain words', 'Plain words'],
  ['A *new* day', 'A <em>new</em> day'],
  ['A **new** day', 'A <strong>new</strong> day'],
  ['A _new_ __day__', 'A <em>new</em> <strong>day</strong>'],
  ['*one* and *two*', '<em>one</em> and <em>two</em>'],
  ['**bold *and slanted***, then plain', '<strong>bold <em>and slanted</em></strong>, then plain'],
  ['***a** b* c', '<em><strong>a</strong> b</em> c'],
  ['un*frigging*believable', 'un<em>frigging</em>believable'],
  ['“**Quoted**”', '“<strong>Quoted</strong>”'],
  ['**北京**大学', '<strong>北京</strong>大学'],
])('emphasis inside a title becomes elements: %s', (title, html) => {
  expect(parseTitle(title).html).toBe(html);
});

test.each(['**Whole**', '*Whole*', '***Whole***', '_Whole_', '__Whole__', '**_Whole_**'])('emphasis around the whole title is dropped: %s', (title) => {
  expect(parseTitle(title)).toEqual({ html: 'Whole', text: 'Whole' });
});

test('emphasis within dropped outer emphasis stays', () => {
  expect(parseTitle('**A *new* day**')).toEqual({ html: 'A <em>new</em> day', text: 'A new day' });
});

test.each(['2 * 3 * 4', '5*', '* leading', '*unclosed', 'unclosed*', '**', '***', '****', '* *', 'a ** b', '**unclosed', 'snake_case_name', '__dunder', 'a\\', '\\', '#hash', '- item', '1. item'])('anything but emphasis is literal: %s', (title) => {
  expect(parseTitle(title)).toEqual({ html: title, text: title });
});

test.each([
  ['[link](x) *y*', '[link](x) <em>y</em>', '[link](x) y'],
  ['![picture](x) *y*', '![picture](x) <em>y</em>', '![picture](x) y'],
  ['`code` *y*', '`code` <em>y</em>', '`code` y'],
  ['~~struck~~ *y*', '~~struck~~ <em>y</em>', '~~struck~~ y'],
  ['https://a.example/*y*', 'https://a.example/<em>y</em>', 'https://a.example/y'],
  ['<https://a.example> *y*', '&lt;https://a.example&gt; <em>y</em>', '<https://a.example> y'],
  ['<b>raw</b> *y*', '&lt;b&gt;raw&lt;/b&gt; <em>y</em>', '<b>raw</b> y'],
  ['<!-- * --> *y*', '&lt;!-- * --&gt; <em>y</em>', '<!-- * --> y'],
  ['&amp; &#42; *y*', '&amp;amp; &amp;#42; <em>y</em>', '&amp; &#42; y'],
  ['[^1] *y*', '[^1] <em>y</em>', '[^1] y'],
  ['\\<*y*', '\\&lt;<em>y</em>', '\\<y'],
])('only emphasis has a meaning: %s', (title, html, text) => {
  expect(parseTitle(title)).toEqual({ html, text });
});

test.each([
  ['\\*a\\*', '\\<em>a\\</em>'],
  ['[a*b](x) c*d', '[a<em>b](x) c</em>d'],
  ['`a*b` c*d', '`a<em>b` c</em>d'],
  ['<i *x*>', '&lt;i <em>x</em>&gt;'],
])('emphasis may begin and end within what would otherwise be an escape, a link, code or a tag: %s', (title, html) => {
  expect(parseTitle(title).html).toBe(html);
});

test.each(['It’s', 'مرحبا بالعالم', 'שלום', '🦊 👨‍👩‍👧 🇷🇴', 'a\u202eb\u202c', '北京大学', 'e\u0301', 'हिन्दी', '½ € ™'])('text in any script is unchanged: %s', (title) => {
  expect(parseTitle(title)).toEqual({ html: title, text: title });
  expect(parseTitle(`*${title}* x`)).toEqual({ html: `<em>${title}</em> x`, text: `${title} x` });
});

test('the HTML is escaped, the text is not', () => {
  expect(parseTitle(`</title><script>alert("1" & '2')</script>`)).toEqual({
    html: '&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;',
    text: `</title><script>alert("1" & '2')</script>`,
  });
  expect(parseTitle('*"a" & <b>* c').html).toBe('<em>&quot;a&quot; &amp; &lt;b&gt;</em> c');
});

test('an empty title is empty', () => {
  expect(parseTitle('')).toEqual({ html: '', text: '' });
});

test('for any input, the only tags are balanced emphasis, and HTML and text have the same words', () => {
  const pieces = ['*', '**', '_', '__', '***', ' ', 'a', 'б', '🦊', '<b>', '</em>', '&amp;', '\\', '`', '[', '](x)', '"', '“', '.', '~~', '!'];
  let seed = 7;
  for (let round = 0; round < 2000; round += 1) {
    let title = '';
    for (let n = 0; n < 12; n += 1) {
      seed = (seed * 48271) % 2147483647;
      title += pieces[seed % pieces.length];
    }
    const { html, text } = parseTitle(title);
    const tags = html.match(/<[^>]*>/g) ?? [];
    const open: string[] = [];
    for (const tag of tags) {
      expect(tag, title).toMatch(/^<\/?(?:em|strong)>$/);
      if (tag.startsWith('</')) expect(open.pop(), title).toBe(tag.slice(2));
      else open.push(tag.slice(1));
    }
    expect(open, title).toEqual([]);
    const words = html.replace(/<[^>]*>/g, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
    expect(words, title).toBe(text);
  }
});

test.each([['*a '.repeat(100)], ['**'.repeat(150)], ['*_'.repeat(150)], ['a*'.repeat(150)], ['**a*'.repeat(2000)]])('titles full of asterisks are parsed quickly', (title) => {
  const begin = performance.now();
  parseTitle(title);
  expect(performance.now() - begin).toBeLessThan(1000);
});
