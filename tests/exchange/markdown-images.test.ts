import { expect, test } from 'vitest';
import { findImages, replaceImages } from '../../src/exchange/markdown-images.ts';

/** Puts a number in the place of each destination that is found, and returns what was found. */
function number(markdown: string): { text: string; found: [destination: string, alt: string, title: string, line: number][] } {
  const images = findImages(markdown);
  const text = replaceImages(markdown, images, (image) => `picture:${images.indexOf(image) + 1}`);
  return { text, found: images.map(({ destination, alt, title, line }) => [destination, alt, title, line]) };
}

test.each<[markdown: string, text: string, found: [destination: string, alt: string, title: string, line: number][]]>([
  ['![A river](a.jpg)', '![A river](picture:1)', [['a.jpg', 'A river', '', 1]]],
  ['Text\n\nand ![](pics/a%20b.jpg "At *dawn*") more', 'Text\n\nand ![](picture:1 "At *dawn*") more', [['pics/a%20b.jpg', '', 'At *dawn*', 3]]],
  ['![x](<a b.jpg> \'One\ntwo\')', '![x](picture:1 \'One\ntwo\')', [['a b.jpg', 'x', 'One two', 1]]],
  ['![x](my river (2).JPEG "T")', '![x](picture:1 "T")', [['my river (2).JPEG', 'x', 'T', 1]]],
  ['![x](a(1).jpg)![y](b\\)c.jpg (T))', '![x](picture:1)![y](picture:2 (T))', [['a(1).jpg', 'x', '', 1], ['b)c.jpg', 'y', 'T', 1]]],
  ['[![in](small.jpg)](large.jpg)', '[![in](picture:1)](large.jpg)', [['small.jpg', 'in', '', 1]]],
  ['![a \\] [b] `]` c](a.jpg)', '![a \\] [b] `]` c](picture:1)', [['a.jpg', 'a ] [b] `]` c', '', 1]]],
  ['![One][R] ![two][] ![two]\n\n[r]: one.jpg "T"\n[Two]:\n <t wo.jpg>\n', '![One][R] ![two][] ![two]\n\n[r]: picture:1 "T"\n[Two]:\n picture:2\n', [['one.jpg', 'One', 'T', 3], ['t wo.jpg', 'two', '', 5]]],
  ['<p><IMG class=x alt="A &amp; B" src = \'a&amp;b.jpg\'></p>\n<img src=c.jpg>', '<p><IMG class=x alt="A &amp; B" src = \'picture:1\'></p>\n<img src=picture:2>', [['a&b.jpg', 'A & B', '', 1], ['c.jpg', '', '', 2]]],
  ['> - ![x](a.jpg)\n>\n>       ![code?](b.jpg)\n', '> - ![x](picture:1)\n>\n>       ![code?](picture:2)\n', [['a.jpg', 'x', '', 1], ['b.jpg', 'code?', '', 3]]],
  ['- item\n\n    ![x](a.jpg)', '- item\n\n    ![x](picture:1)', [['a.jpg', 'x', '', 3]]],
])('images are found with their texts and lines, and only their destinations are replaced: %j', (markdown, text, found) => {
  expect(number(markdown)).toEqual({ text, found });
});

test.each([
  '`![x](a.jpg)` and ``a ` ![x](a.jpg)``',
  '```\n![x](a.jpg)\n```',
  '> ~~~~ md\n> ![x](a.jpg)\n> ~~~\n> ![x](a.jpg)',
  '1. ```\n   ![x](a.jpg)\n   ```',
  'Text\n\n    ![x](a.jpg)\n\n\t![x](a.jpg)',
  '<pre>\n![x](a.jpg)\n</pre>',
  '<!-- ![x](a.jpg) <img src="a.jpg"> -->',
  '\\![x](a.jpg) and !\\[x](a.jpg)',
  '![x](a.jpg',
  '![x\n\ny](a.jpg)',
  '![x][unknown] [x](a.jpg) ![x](a b)',
  '[r]: a.jpg\n\n[a link][r]',
])('what is not an image stays as it is: %j', (markdown) => {
  expect(number(markdown)).toEqual({ text: markdown, found: [] });
});

test('an image after code that ended, or never began, is found', () => {
  const all = ['```\n```\n![x](a.jpg)', '> ```\n\n![x](a.jpg)', 'A lone ` and ![x](a.jpg)', '- a\n\nText\n![x](a.jpg)', '<!-- ![x](a.jpg)'];
  expect(all.map((markdown) => number(markdown).found.length)).toEqual([1, 1, 1, 1, 1]);
});

test('removing an image removes its reference definition too, and leaves the alternative text in a link', () => {
  const markdown = 'A ![x](a.jpg "T") b ![y][r] ![z](z.jpg)\n\n[![in](s.jpg)](l.html)\n\n[r]: r.jpg "T"\n[q]: q.jpg\n';
  const text = replaceImages(markdown, findImages(markdown), ({ destination }) => (destination === 'z.jpg' ? undefined : null));
  expect(text).toBe('A  b  ![z](z.jpg)\n\n[in](l.html)\n\n\n[q]: q.jpg\n');
});
