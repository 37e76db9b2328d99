import { expect, test } from 'vitest';
import { parseCaption } from '../../../src/content/pictures/caption.ts';
import { pictureLimits } from '../../../src/content/pictures/picture.ts';

const siteUrl = 'https://news.example';

test('a caption may have emphasis and links, and nothing else', () => {
  expect(parseCaption('The *old* [harbour](/harbour) <b>&', siteUrl)).toEqual({ html: 'The <em>old</em> <a href="/harbour">harbour</a> &lt;b&gt;&amp;', text: 'The old harbour <b>&' });
});

test('a caption that would take long to parse is shown as its source', () => {
  const hostile = ['_a*<b>'.repeat(30), '_a*'.repeat(700_000), `*${'x'.repeat(pictureLimits.caption)}*`];
  const start = performance.now();
  for (const caption of hostile) expect(parseCaption(caption, siteUrl)).toEqual({ html: caption.replaceAll('<', '&lt;').replaceAll('>', '&gt;'), text: caption });
  expect(performance.now() - start).toBeLessThan(2000);
});
