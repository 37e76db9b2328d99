import { expect, test } from 'vitest';
import { parseCaption } from '../../../src/content/pictures/caption.ts';
import { pictureLimits } from '../../../src/content/pictures/picture.ts';
import { plainCaption } from '../../../src/content/pictures/plain-caption.ts';

const siteUrl = 'https://news.example';

test('a caption may have emphasis and links, and nothing else', () => {
  expect(parseCaption('The *old* [harbour](/harbour) <b>&', siteUrl)).toEqual({ html: 'The <em>old</em> <a href="/harbour">harbour</a> &lt;b&gt;&amp;', text: 'The old harbour <b>&' });
});

test('a caption that would take long to parse is shown as its source', () => {
  const hostile = ['_a*<b>'.repeat(30), '_a*'.repeat(700_000), '\\\\*a_'.repeat(150), `*${'x'.repeat(pictureLimits.caption)}*`];
  const start = performance.now();
  for (const caption of hostile) expect(parseCaption(caption, siteUrl)).toEqual({ html: caption.replaceAll('<', '&lt;').replaceAll('>', '&gt;'), text: caption });
  expect(performance.now() - start).toBeLessThan(2000);
});

test('an image in a caption becomes its alt text', () => {
  expect(parseCaption('Boats ![a *red* "buoy" & <co>](picture:3) [![b](/1.png)](/about)', siteUrl).html).toBe('Boats a red "buoy" &amp; &lt;co&gt; <a href="/about">b</a>');
});

test.each(['<script>a < b && "c" &amp; d</script>', '<img src=x onerror=alert(1)>', '<br>', '<b>x</b>', '<!-- x -->', '<style>p { color: red }', '`*code*`', '~~gone~~', '<x', '</p>'])('other markup in a caption is shown as it was typed: %s', (markup) => {
  const { html: shown, text } = parseCaption(`One ${markup} two`, siteUrl);
  expect(text).toBe(`One ${markup} two`);
  expect(shown).not.toMatch(/<|&amp;lt;/);
});

test.each(['*a* _b_ [c](/d) `e` \\f <b>g</b> &amp; ~~h~~', 'ships\\', 'snake_case_name', 'https://example.org/a_b www.example.org ada@example.org', '![x](picture:3)', '\\*a*', '<script>x</script>', '_a_'.repeat(99)])('a plain text is shown as it is: %s', (plain) => {
  const { html, text } = parseCaption(plainCaption(plain), siteUrl);
  expect(text).toBe(plain);
  expect(html).not.toContain('<');
});
