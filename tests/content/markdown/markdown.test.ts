import { expect, test } from 'vitest';
import { markupKey, plainText, renderMarkdown } from '../../../src/content/markdown/markdown.ts';
import { element, elements, text, within } from '../../support/html.ts';
import { hostileBodies } from './hostile-bodies.ts';

const labels = { notes: 'Notes', backToReference: 'Back to reference {0}', table: 'Table', preformatted: 'Preformatted text' };
const site = { siteUrl: 'https://news.example', smartTypography: false, labels };

function html(markdown: string): string {
  return renderMarkdown(markdown, site).html;
}

function smart(markdown: string): string {
  return renderMarkdown(markdown, { ...site, smartTypography: true }).html;
}

function headings(markdown: string): string[] {
  return [...html(markdown).matchAll(/<(h\d)(?: id="([^"]*)")?>(.*?)<\/h\d>/g)].map(([, level, id, words]) => `${level} #${id} ${words}`);
}

test('a body is CommonMark', () => {
  expect(html('One *two* **three** `<four>`  \nfive\n\n> six\n\n1. seven\n2. eight\n\n---\n\n    nine')).toBe(
    '<p>One <em>two</em> <strong>three</strong> <code>&lt;four&gt;</code><br>five</p>\n<blockquote>\n<p>six</p>\n</blockquote>\n<ol>\n<li>seven</li>\n<li>eight</li>\n</ol>\n<hr>\n<pre role="group" aria-label="Preformatted text" tabindex="0"><code>nine\n</code></pre>',
  );
});

test('an empty body is empty', () => {
  for (const markdown of ['', ' \n\n', '<!-- x -->']) expect(renderMarkdown(markdown, site)).toMatchObject({ html: '', text: '' });
});

test('the plain text has the words, with line feeds between blocks', () => {
  expect(renderMarkdown('# One *two*\n\nthree\nfour  \nfive &amp; `<six>`\n\n- seven\n- eight\n\n|a|b|\n|-|-|\n|c|d|\n\n![alt](/p.png "Caption")', site).text).toBe('One two\nthree four\nfive & <six>\nseven\neight\na\nb\nc\nd\nCaption');
});

test('the plain text has no footnote references and no backlinks', () => {
  expect(renderMarkdown('Fact[^1].\n\n[^1]: Source.', site).text).toBe('Fact.\nNotes\nSource.');
  expect(plainText('<p>a<sup><a href="#note_1">1</a></sup> b</p>')).toBe('a b');
});

test('stored HTML is marked apart by its typography and its labels', () => {
  const keys = [site, { ...site, smartTypography: true }, { ...site, labels: { ...labels, table: 'Tabelle' } }].map(markupKey);
  expect(new Set(keys).size).toBe(3);
  expect(keys.every((key) => Number.isInteger(key) && key > 0 && key < 2 ** 31)).toBe(true);
  expect(markupKey({ ...site, siteUrl: 'https://other.example' })).toBe(keys[0]);
});

test('the labels of tables, preformatted text and notes are printed as text, whatever characters they have', () => {
  const odd = { notes: 'A & <b>', backToReference: 'To "{0}" <$&>', table: '"$&"', preformatted: '$1 <' };
  const { html: made } = renderMarkdown('Fact[^1].\n\n|a|\n|-|\n\n    x\n\n[^1]: Source.', { ...site, labels: odd });
  expect(text(element(made, 'h2'))).toBe('A & <b>');
  expect(elements(made, 'a').at(-1)?.attribs['aria-label']).toBe('To "1" <$&>');
  expect([element(made, 'div').attribs['aria-label'], element(made, 'pre').attribs['aria-label']]).toEqual(['"$&"', '$1 <']);
});

test.each([
  ['# A\n\n## B\n\n### C', ['h2 #a A', 'h3 #b B', 'h4 #c C']],
  ['### A\n\n# B\n\n## C', ['h2 #a A', 'h2 #b B', 'h3 #c C']],
  ['# A\n\n#### B\n\n###### C\n\n## D', ['h2 #a A', 'h3 #b B', 'h4 #c C', 'h3 #d D']],
  ['# A\n\n##\n\n### B', ['h2 #a A', 'h3 #b B']],
  ['<h1>A</h1>\n<h5>B</h5>', ['h2 #undefined A', 'h3 #undefined B']],
  ['Title\n=====\n\nSub\n---', ['h2 #title Title', 'h3 #sub Sub']],
])('headings begin at h2 and skip no level: %j', (markdown, outline) => {
  expect(headings(markdown)).toEqual(outline);
});

test('the footnotes’ heading has the level of the first heading', () => {
  expect(headings('# A\n\n## B[^1]\n\n### C\n\n[^1]: x').map((heading) => heading.slice(0, 2))).toEqual(['h2', 'h3', 'h4', 'h2']);
});

test('headings without text are dropped, but not their pictures', () => {
  expect(html('#\n\n## <b></b>\n\n## &nbsp;\n\n## &#8203;\n\n<h3> </h3>\n\ntext')).toBe('<p>text</p>');
  expect(html('## ![map](/map.png)')).toBe('<img src="/map.png" alt="map" loading="lazy">');
  expect(html('## ![map](https://other.example/map.png)')).toContain('>map</a></h2>');
});

test('heading anchors are unique and ASCII', () => {
  expect(headings('# A\n\n# A\n\n# A 2\n\n# a-2\n\n# A\n\n# Über\n\n# 北京\n\n# …\n\n# !')).toEqual(['h2 #a A', 'h2 #a-2 A', 'h2 #a-2-2 A 2', 'h2 #a-2-3 a-2', 'h2 #a-3 A', 'h2 #uber Über', 'h2 #beijing 北京', 'h2 #section …', 'h2 #section-2 !']);
  const long = Array.from({ length: 30 }, (_, n) => `# ${'word '.repeat(30)}${n}`).join('\n\n');
  expect(new Set(elements(html(long), 'h2').map((h2) => h2.attribs['id'])).size).toBe(30);
});

test('footnotes have numbers, a section and backlinks', () => {
  const notes = html('One[^b], two[^a], one again[^b].\n\n[^a]: Alpha\n[^b]: Beta *b*');
  expect(elements(notes, 'section', { class: 'footnotes' })).toHaveLength(1);
  expect(elements(notes, 'sup').slice(0, 3).map(text)).toEqual(['1', '2', '1']);
  expect(elements(notes, 'li').map((li) => [li.attribs['id'], text(li)])).toEqual([['note_1', 'Beta b ↩ ↩2'], ['note_2', 'Alpha ↩']]);
});

test.each(['1', 'label', 'ref-1', 'x" onclick="y', '<b>', 'é', '%', '__proto__', 'a b', '\ud800'])('a footnote may have the label %j: its links lead to unique ids', (name) => {
  const notes = html(`One[^${name}] two[^2].\n\n[^${name}]: Named.\n[^2]: Other.`);
  const ids = [...notes.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const targets = [...notes.matchAll(/ href="#([^"]*)"/g)].map(([, id]) => id);
  expect(targets).toHaveLength(4);
  expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
  expect(notes).not.toContain('onclick');
});

test('footnotes may refer to each other and to themselves; references without a footnote are literal', () => {
  expect(elements(html('[^a]\n\n[^a]: see [^a] and [^b]\n[^b]: see [^a]'), 'li')).toHaveLength(2);
  expect(html('[^x]')).toBe('<p>[^x]</p>');
});

test('the footnotes and anchors of one body do not affect the next', () => {
  const first = html('# A[^1]\n\n[^1]: x');
  html('# A[^1]\n\n[^1]: y');
  expect(html('# A[^1]\n\n[^1]: x')).toBe(first);
});

test('a picture alone in its paragraph is a figure with its title as caption', () => {
  expect(html('![A river](/pictures/1.png "The *Orontes* & co")')).toBe('<figure><img src="/pictures/1.png" alt="A river" loading="lazy"><figcaption>The *Orontes* &amp; co</figcaption></figure>');
  expect(html('See ![A river](/pictures/1.png).')).toBe('<p>See <img src="/pictures/1.png" alt="A river" loading="lazy">.</p>');
});

test.each([
  'https://other.example/p.png',
  'HTTPS://OTHER.EXAMPLE/p.png',
  '//other.example/p.png',
  '/\\other.example/p.png',
  '\\\\other.example/p.png',
  'ht\ntps://other.example/p.png',
  '/\t/other.example/p.png',
  '\u0001https://other.example/p.png',
  'http:other.example/p.png',
  'https://news.example@other.example/p.png',
  'https://news.example.other.example/p.png',
  'https:/\\/other.example/p.png',
])('a picture of another site becomes a link, however its address is written: %j', (src) => {
  const body = html(`<img src="${src}" alt="A river">`);
  expect(body).not.toContain('<img');
  expect(body).toMatch(/<a href="https?:\/\/[^"]*other\.example\/p\.png" rel="external noopener">A river<\/a>/i);
});

test('a picture of another site becomes a link, or its alt text within a link', () => {
  expect(html('![A river](https://other.example/p.png)')).toBe('<figure><a href="https://other.example/p.png" rel="external noopener">A river</a></figure>');
  expect(html('![](https://other.example/p.png)')).toContain('>https://other.example/p.png</a>');
  expect(html('[![A river](https://other.example/p.png)](https://third.example/)')).toBe('<p><a href="https://third.example/" rel="external noopener">A river</a></p>');
});

test.each(['data:image/png;base64,iVBOR', 'javascript:alert(1)', 'blob:x', 'file:///etc/passwd', '', ' '])('a picture at %j becomes its alt text', (src) => {
  expect(html(`x <img src="${src}" alt="words">`)).toBe('<p>x <span>words</span></p>');
});

test.each([
  ['https://news.example/articles/x?y=1#z', '/articles/x?y=1#z'],
  ['https://news.example', '/'],
  ['HTTPS://NEWS.EXAMPLE:443/x', '/x'],
  ['//news.example/x', '/x'],
  ['https://news.example?x=1', '/?x=1'],
  ['https://news.example//other.example/x', '/other.example/x'],
  ['/.//other.example/x', '/other.example/x'],
  ['/articles/x', '/articles/x'],
  ['#anchor', '#anchor'],
])('an address on this site becomes relative to its root: %s', (address, href) => {
  expect(html(`[x](${address})`)).toBe(`<p><a href="${href}">x</a></p>`);
  if (!href.startsWith('#')) expect(html(`a <img src="${address}">`)).toContain(`src="${href}"`);
});

test.each(['https://other.example/x', 'http://news.example/x', 'https://news.example.evil.example/', 'https://news.example:8443/x', 'https://other.example/?u=https://news.example/', 'https://news.example@other.example/'])('a link to another site has a rel: %s', (address) => {
  expect(html(`[x](${address})`)).toBe(`<p><a href="${address}" rel="external noopener">x</a></p>`);
});

test('a bare address becomes a link', () => {
  expect(html('https://other.example/x and me@other.example')).toBe('<p><a href="https://other.example/x" rel="external noopener" class="bare">https://other.example/x</a> and <a href="mailto:me@other.example">me@other.example</a></p>');
});

test('authors can’t set a link’s rel and target', () => {
  expect(html('<a href="/x" rel="author" target="_top">y</a> <a href="https://o.example/" rel="opener">z</a>')).toBe('<p><a href="/x">y</a> <a href="https://o.example/" rel="external noopener">z</a></p>');
});

test.each(['javascript:alert(1)', 'JAVASCRIPT:alert(1)', ' javascript:alert(1)', 'java\tscript:alert(1)', 'java&#10;script:alert(1)', '&#106;avascript:alert(1)', '&#x6A;avascript:alert(1)', 'javascript&colon;alert(1)', '&#1;javascript:alert(1)', 'data:text/html,x', 'DATA:text/html;base64,eA==', 'vbscript:x', 'blob:https://news.example/x', 'file:///etc/passwd', 'view-source:x', 'feed:javascript:x', 'ws://x.example', 'intent:x'])('a link to %j is dropped', (address) => {
  expect(html(`<a href="${address}">x</a>`)).toBe('<p>x</p>');
  expect(html(`[x](<${address}>)`)).not.toMatch(/href="(?!\/)/);
});

test('a table has alignment and scrolls', () => {
  expect(html('|a|b|c|\n|:-|:-:|-:|\n|1|2|3|')).toBe(
    '<div class="scrolling" role="group" aria-label="Table" tabindex="0"><table>\n<thead>\n<tr>\n<th class="left">a</th>\n<th class="center">b</th>\n<th class="right">c</th>\n</tr>\n</thead>\n<tbody><tr>\n<td class="left">1</td>\n<td class="center">2</td>\n<td class="right">3</td>\n</tr>\n</tbody></table></div>',
  );
});

test('a raw HTML table scrolls too, whatever its attributes; a table tag in an attribute is ignored', () => {
  expect(html('<table border="1"><tr><td>x</td></tr></table>\n\nafter')).toMatch(/^<div class="scrolling"[^>]*><table><tr><td>x<\/td><\/tr><\/table><\/div>\s*<p>after<\/p>$/);
  expect(html('<abbr title="<table>">x</abbr>')).toBe('<p><abbr title="&lt;table&gt;">x</abbr></p>');
});

test('task lists have symbols, not form controls', () => {
  expect(html('- [ ] open\n- [x] done')).toBe('<ul>\n<li>☐ open</li>\n<li>☑ done</li>\n</ul>');
});

test('typography is literal by default and smart if the site enables it', () => {
  const markdown = '"Hi" -- it\'s *"good"*... --- `"x" --`';
  expect(html(markdown)).toBe('<p>"Hi" -- it\'s <em>"good"</em>... --- <code>"x" --</code></p>');
  expect(smart(markdown)).toBe('<p>“Hi” – it’s <em>“good”</em>… — <code>"x" --</code></p>');
});

test.each(['x <y', 'a <b, c and d> e', 'if i <n & j> 0', '1 < 2 > 0', '\\<b>x', 'a &lt;b&gt; &amp;c', '<3'])('smart typography loses no words: %s', (markdown) => {
  expect(smart(markdown)).toBe(html(markdown));
});

test('allowed raw HTML stays', () => {
  const raw = '<details open><summary>More</summary>Text</details>';
  expect(html(raw)).toBe(raw);
  expect(html('H<sub>2</sub>O <kbd>Ctrl</kbd> <mark>m</mark> <span lang="ar" dir="rtl">خبر</span> a<wbr>b')).toBe('<p>H<sub>2</sub>O <kbd>Ctrl</kbd> <mark>m</mark> <span lang="ar" dir="rtl">خبر</span> a<wbr>b</p>');
});

test('attributes with invalid values are dropped', () => {
  expect(html('<ol start="x" type="z" reversed="no"><li value="1.5">a</li></ol>')).toBe('<ol><li>a</li></ol>');
  expect(html('<img src="/x" width="100%" height="-1"> <span lang="english" dir="up">a</span>')).toBe('<p><img src="/x" alt="" loading="lazy"> <span>a</span></p>');
  expect(html('<ol start="3" type="a" reversed><li value="7">a</li></ol>')).toBe('<ol start="3" type="a" reversed><li value="7">a</li></ol>');
});

test.each([
  ['</article></main></body>\n\n<p>x</p>', '<p>&lt;/article&gt;&lt;/main&gt;&lt;/body&gt;</p>\n<p>x</p>'],
  ['</div></section></div><p>x</p>', '&lt;/div&gt;&lt;/section&gt;&lt;/div&gt;<p>x</p>'],
  ['<main><nav>x</nav></main>', '<p>&lt;main&gt;&lt;nav&gt;x&lt;/nav&gt;&lt;/main&gt;</p>'],
  ['<div class="site-header" id="main_content" style="position:fixed" tabindex="0" role="banner">x</div>', '<div>x</div>'],
  ['<p style="position:fixed" class="summary" hidden>x</p>', '<p>x</p>'],
  ['<style>body{display:none}</style>x', '<p>&lt;style&gt;body{display:none}&lt;/style&gt;x</p>'],
  ['<form action="/search"><button>Go</button></form>', '<p>&lt;form action="/search"&gt;&lt;button&gt;Go&lt;/button&gt;&lt;/form&gt;</p>'],
  ['<base href="https://evil.example/">', '<p>&lt;base href="https://evil.example/"&gt;</p>'],
  ['<section class="footnotes hero">x</section>', '<section class="footnotes">x</section>'],
  ['<!-- x -->', ''],
])('raw HTML can’t affect the page around the body: %s', (markdown, expected) => {
  expect(html(markdown)).toBe(expected);
});

test.each([
  ['The <script> element is old.\n\n*Next*.', '<p>The &lt;script&gt; element is old.</p>\n<p><em>Next</em>.</p>'],
  ['<script> is old.\n\n*Next*.', '<p>&lt;script&gt; is old.</p>\n<p><em>Next</em>.</p>'],
  ['the <unnamed> source', '<p>the &lt;unnamed&gt; source</p>'],
  ['<noembed>hi *x*</noembed>', '<p>&lt;noembed&gt;hi <em>x</em>&lt;/noembed&gt;</p>'],
  ['<textarea>\n\nNext', '<p>&lt;textarea&gt;</p>\n<p>Next</p>'],
  ['<svg><text>x</text></svg>', '<p>&lt;svg&gt;&lt;text&gt;x&lt;/text&gt;&lt;/svg&gt;</p>'],
  ['a <B  Class=\'c\'> b', '<p>a &lt;B  Class=\'c\'&gt; b</p>'],
  ['a <b>*b*\n\nNext', '<p>a &lt;b&gt;<em>b</em></p>\n<p>Next</p>'],
  ['<pre>x\n\n*Next*', '<p>&lt;pre&gt;x</p>\n<p><em>Next</em></p>'],
  ['a</b> c', '<p>a&lt;/b&gt; c</p>'],
  ['- <b>a\n- b</b>', '<ul>\n<li>&lt;b&gt;a</li>\n<li>b&lt;/b&gt;</li>\n</ul>'],
  ['<!-- a\n\nNext', '<p>&lt;!-- a</p>\n<p>Next</p>'],
  ['<?php echo 1 ?>', '<p>&lt;?php echo 1 ?&gt;</p>'],
  ['<![CDATA[ x ]]>', '<p>&lt;![CDATA[ x ]]&gt;</p>'],
  ['<!DOCTYPE html>', '<p>&lt;!DOCTYPE html&gt;</p>'],
  ['5 < 6 <7> <8', '<p>5 &lt; 6 &lt;7&gt; &lt;8</p>'],
])('a forbidden or unclosed tag is escaped, and nothing after it is lost: %j', (markdown, expected) => {
  expect(html(markdown)).toBe(expected);
});

test.each([
  ['a <b>b *c*</b> d', '<p>a <b>b <em>c</em></b> d</p>'],
  ['<details><summary>S</summary>\n\n*x*\n\n</details>\n\ny', '<details><summary>S</summary><p><em>x</em></p>\n</details><p>y</p>'],
  ['<p>one<p>two', '<p>one</p><p>two</p>'],
  ['<ul><li>a<li>b</ul>', '<ul><li>a</li><li>b</li></ul>'],
  ['H<sub>2</sub>O<br>x', '<p>H<sub>2</sub>O<br>x</p>'],
])('an allowed tag that is closed or needs no end tag is markup: %j', (markdown, expected) => {
  expect(renderMarkdown(markdown, site)).toMatchObject({ html: expected, shownAsText: [] });
});

test.each([
  ['<iframe src="https://v.example/1" title="A film"></iframe>', '<p><a href="https://v.example/1" rel="external noopener">A film</a></p>'],
  ['<iframe src="/map"></iframe>', '<p><a href="/map">/map</a></p>'],
  ['a <video title="T"><source src="/a.mp4"><source src="/a.webm"><track src="/a.vtt">b</video> c', '<p>a <a href="/a.mp4">T</a>b c</p>'],
  ['a <object data="/x.pdf">b</object> <embed src="/y.pdf">', '<p>a <a href="/x.pdf">/x.pdf</a>b <a href="/y.pdf">/y.pdf</a></p>'],
  ['<iframe src="javascript:alert(1)" title="T"></iframe>', '<p>T</p>'],
  ['<object title="Film"><param name="movie" value="/x.swf"></object>', '<p><a href="/x.swf">Film</a></p>'],
])('an embedded document becomes a link: %j', (markdown, expected) => {
  expect(html(markdown)).toBe(expected);
});

test('escaped tags and comments are reported', () => {
  expect(renderMarkdown('<script>x</script> <b>y\n\n<!-- z -->', site)).toMatchObject({ shownAsText: ['<script>', '<b>'], hasComment: true });
});

test('a picture’s alt text is plain text', () => {
  for (const before of ['', 'a ']) expect(html(`${before}![foo *bar* \`b\` "c"](/x.png)`)).toContain('alt="foo bar b &quot;c&quot;"');
});

test.each([
  ['**「重要」**なお', '<p><strong>「重要」</strong>なお</p>'],
  ['これは**"重要"**です', '<p>これは<strong>"重要"</strong>です</p>'],
  ['**이것은 (중요)**입니다', '<p><strong>이것은 (중요)</strong>입니다</p>'],
  ['これ*「x」*を', '<p>これ<em>「x」</em>を</p>'],
  ['これ~~「x」~~を', '<p>これ<del>「x」</del>を</p>'],
])('emphasis works next to CJK punctuation: %s', (markdown, expected) => {
  expect(html(markdown)).toBe(expected);
});

test('two tildes strike through, a single tilde is text', () => {
  expect(html('Ages 5~10 and 11~14 go ~~free~~; 3~5時、6~7時。 ~a~')).toBe('<p>Ages 5~10 and 11~14 go <del>free</del>; 3~5時、6~7時。 ~a~</p>');
});

test.each([
  ['“https://a.example/x” b', 'https://a.example/x'],
  ['‘https://a.example/x’ b', 'https://a.example/x'],
  ['https://a.example/x… b', 'https://a.example/x'],
  ['https://a.example/x—and', 'https://a.example/x—and'],
  ['https://a.example/x— and', 'https://a.example/x'],
  ['»https://a.example/x« b', 'https://a.example/x'],
  ['「https://a.example/x」と', 'https://a.example/x'],
  ['https://a.example/x。次', 'https://a.example/x'],
  ['（https://a.example/x）と', 'https://a.example/x'],
  ['https://a.example/x، b', 'https://a.example/x'],
  ['https://a.example/x؟', 'https://a.example/x'],
  ['“See https://a.example/x.” b', 'https://a.example/x'],
  ['https://a.example/Ao_(colour).', 'https://a.example/Ao_(colour)'],
  ['https://a.example/報告 x', 'https://a.example/報告'],
  ['https://a.example/Schindler’s_List x', 'https://a.example/Schindler’s_List'],
  ['“a@b.example” c', 'a@b.example'],
])('a bare address ends before the punctuation of the sentence: %s', (markdown, address) => {
  expect(elements(html(markdown), 'a').map(text)).toEqual([address]);
});

test('an unused link definition is text; a used one is not shown', () => {
  expect(html('[Q]: Why?\n\n[A]: Because.')).toBe('<p>[Q]: Why?</p>\n<p>[A]: Because.</p>');
  expect(html('[Q]: Why?\n[A]: Because.\n\n[Q]: When?\n[A]: Now.')).toBe('<p>[Q]: Why?\n[A]: Because.</p>\n<p>[Q]: When?\n[A]: Now.</p>');
  expect(html('[A b] and ![c][D]\n\n[a B]: /x\n[d]: /p.png')).toBe('<p><a href="/x">A b</a> and <img src="/p.png" alt="c" loading="lazy"></p>');
});

test('a footnote without references is text', () => {
  expect(html('a[^1]\n\n[^1]: One.\n\n[^2]: *Two*.')).toContain('<p>[^2]:</p>\n<p><em>Two</em>.</p>');
});

test('character references to U+0080–U+009F are Windows-1252 characters', () => {
  expect(html('It&#146;s &#147;fine&#148; &#150; &#128;5')).toBe('<p>It’s “fine” – €5</p>');
});

test('unclosed elements are closed or escaped within the body', () => {
  for (const raw of ['<div><blockquote><b>x', '<details><summary>x', '<table><tr><td>x', '<p><a href="/x">y', '<ul><li>x']) expect(unbalancedTags(html(raw)), raw).toEqual([]);
});

test('a body can’t use ids of the page around it, and its ids are unique', () => {
  for (const id of ['main_content', 'more_on_theme', 'search_words', 'Follow', 'a b', '']) expect(html(`<a id="${id}">x</a>`), id).toBe('<p>x</p>');
  expect(html('<h2 id="a">x</h2>\n<h2 id="a">y</h2>')).toBe('<h2 id="a">x</h2>\n<h2>y</h2>');
});

/** The tags that the output may have. All attribute values are quoted, so browsers can't parse them differently. */
const allowedTag = /<\/?(?:h[2-6]|p|blockquote|[uod]l|li|d[dt]|pre|[hb]r|figure|figcaption|img|section|details|summary|div|table|caption|t(?:head|body|foot|r|h|d)|a|em|strong|[bisuq]|del|ins|su[bp]|code|kbd|samp|var|abbr|cite|mark|small|span|dfn|bd[io]|wbr)((?: (?:lang|dir|href|title|rel|id|aria-label|aria-describedby|src|alt|width|height|loading|value|start|type|class|scope|colspan|rowspan|role|tabindex)="[^"<>]*"| open| reversed)*)>/g;

test.each(hostileBodies)('a hostile body can’t run, load or style anything: %j', (markdown) => {
  for (const body of [html(markdown), smart(markdown)]) {
    expect(body.replace(allowedTag, '')).not.toMatch(/[<>]/);
    expect(unbalancedTags(body)).toEqual([]);
    const addresses = [...body.matchAll(allowedTag)].flatMap(([whole]) => [...whole.matchAll(/ (href|src)="([^"]*)"/g)]);
    for (const [, name, address = ''] of addresses) {
      expect(address).toMatch(name === 'src' ? /^\/(?![/\\])/ : /^(?:\/(?![/\\])|#|https?:\/\/|mailto:|tel:)/i);
      expect(address).not.toMatch(/[\u0000- \\]/);
    }
  }
});

test('random combinations of hostile bodies are harmless too', () => {
  let seed = 3;
  for (let round = 0; round < 300; round += 1) {
    let markdown = '';
    for (let n = 0; n < 4; n += 1) {
      seed = (seed * 48271) % 2147483647;
      const body = hostileBodies[seed % hostileBodies.length] ?? '';
      markdown += body.slice(seed % 7, body.length - (seed % 5));
    }
    const body = html(markdown);
    expect(body.replace(allowedTag, ''), markdown).not.toMatch(/[<>]/);
    expect(unbalancedTags(body), markdown).toEqual([]);
  }
});

test('the output has no control characters or noncharacters, not even as character references', () => {
  for (const code of [0, 1, 8, 0xb, 0xc, 0xe, 0x1f, 0x7f, 0x80, 0x85, 0x9f, 0xd800, 0xdfff, 0xfdd0, 0xfffe, 0xffff, 0x1fffe, 0x10ffff, 0x110000]) {
    const typed = code <= 0x10ffff ? String.fromCodePoint(code) : '';
    const markdown = `a${typed}b &#${code}; &#x${code.toString(16)}; [x](/y&#${code}; "t&#${code};") \`&#${code};\` <b title="&#${code};">z</b>\n\n# ${typed}h\n\n![${typed}&#${code};](/p)`;
    const rendered = renderMarkdown(markdown, site);
    for (const output of [rendered.html, rendered.text]) {
      expect(output.isWellFormed(), code.toString(16)).toBe(true);
      expect(output, code.toString(16)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\p{Noncharacter_Code_Point}]/u);
    }
  }
});

test('a body that nests too deeply to parse is shown as its source', () => {
  const markdown = `${'>'.repeat(20_000)} <b>x`;
  expect(renderMarkdown(markdown, site).text).toContain('<b>x');
});

test.each(Array.from({ length: 40 }, (_, index) => 20 + index))('a row of %i markers is parsed quickly', (count) => {
  expect(html(`${'* '.repeat(count)}\n\na`)).toContain('<p>a</p>');
  expect(html(`${'>  '.repeat(count)}a`)).toContain('a');
});

test.each([
  ['<blockquote>a\n\nb</blockquote>\n\nc', '<blockquote>a<p>b</p></blockquote>\n<p>c</p>'],
  ['<details><summary>S</summary>a\n\nb</details>', '<details><summary>S</summary>a<p>b</p></details>'],
  ['<ul><li>one\n\ntwo</li></ul>\n\nc', '<ul><li>one<p>two</p></li></ul>\n<p>c</p>'],
  ['> <div>a\n>\n> b</div>\n\nc', '<blockquote>\n<div>a<p>b</p></div>\n</blockquote>\n<p>c</p>'],
])('an HTML block that is closed after an empty line is markup: %j', (markdown, expected) => {
  expect(renderMarkdown(markdown, site)).toMatchObject({ html: expected, shownAsText: [] });
});

test.each([
  ['|a|b|\n|-|-|\n|1|2|Three|', 'Three'],
  ['a|b\n-|-\n1|2|Three\n4|5', 'Three'],
  ['```Breaking: no language\nx\n```', 'Breaking: no language x'],
  ['[](https://empty.example/)', 'https://empty.example/'],
  ['x [](/y) z', 'x /y z'],
  ['See [Q].\n\n[Q]: https://a.example/1\n[Q]: https://a.example/2', 'https://a.example/2'],
])('no table cell, text after a fence, link without text or second definition is hidden: %j', (markdown, expected) => {
  expect(renderMarkdown(markdown, site).text).toContain(expected);
});

test('a table may have very many rows', () => {
  expect(html(`|a|\n|-|\n${'|b|\n'.repeat(150_000)}`)).toMatch(/^<div class="scrolling"/);
});

test('a table of very many columns is text', () => {
  expect(html(`${'|a'.repeat(300)}\n${'|-'.repeat(300)}\n|b|`)).not.toContain('<table');
});

test('preformatted text scrolls by keyboard, whatever its attributes', () => {
  expect(html('    a')).toContain('tabindex="0"');
  expect(html('<pre lang="en">a</pre>')).toContain('<pre role="group" aria-label="Preformatted text" tabindex="0" lang="en">');
});

test('content in lists and blockquotes renders as outside', () => {
  const list = elements(html('- # A\n\n  |a|\n  |-|\n  |b|\n\n  ![x](https://other.example/p.png)'), 'li')[0];
  expect(list && ['h2', 'table', 'a'].map((name) => within(list, name).length)).toEqual([1, 1, 1]);
});

/** Unclosed elements, or the first misplaced end tag. */
function unbalancedTags(body: string): string[] {
  const open: string[] = [];
  for (const [, slash, name = ''] of body.matchAll(/<(\/?)([a-z0-9]+)[^>]*>/g)) {
    if (['img', 'br', 'hr', 'wbr'].includes(name)) continue;
    if (!slash) open.push(name);
    else if (open.pop() !== name) return [`</${name}>`];
  }
  return open;
}
