import { expect, test } from 'vitest';
import { enforceContentModel } from '../../../src/content/markdown/html-structure.ts';

test.each([
  ['<td>x</td>', 'x'],
  ['<li>x</li>', 'x'],
  ['<ul>text</ul>', 'text'],
  ['<ul>text<li>a</li><p>para</p></ul>', 'text<p>para</p><ul><li>a</li></ul>'],
  ['<ol><img src="/a.png"><li>a</li></ol>', '<img src="/a.png"><ol><li>a</li></ol>'],
  ['<table>stray<tr><td>a</td>also</tr></table>', 'strayalso<table><tr><td>a</td></tr></table>'],
  ['<dl><dt>a</dt><dd>b</dd>x</dl>', 'x<dl><dt>a</dt><dd>b</dd></dl>'],
  ['<details><p>x</p></details>', '<p>x</p>'],
  ['<details><summary>s</summary><p>x</p></details>', '<details><summary>s</summary><p>x</p></details>'],
  ['<h2><div>x</div></h2>', '<h2>x</h2>'],
  ['<em><h2>x</h2></em>', '<em>x</em>'],
  ['<p><a href="/x"><p>x</p></a></p>', '<p><a href="/x">x</a></p>'],
  ['<section><p>x</p></section>', '<p>x</p>'],
  ['<section class="footnotes"><ol><li>x</li></ol></section>', '<section class="footnotes"><ol><li>x</li></ol></section>'],
  ['<figure><img src="/a.png" alt=""><figcaption>c</figcaption></figure>', '<figure><img src="/a.png" alt=""><figcaption>c</figcaption></figure>'],
  ['<ul><li>a<ul><li>b</li></ul></li></ul>', '<ul><li>a<ul><li>b</li></ul></li></ul>'],
])('%s becomes %s', (typed, wellFormed) => {
  expect(enforceContentModel(typed)).toBe(wellFormed);
});

test('escaped characters stay escaped, in text and in attributes', () => {
  expect(enforceContentModel('<p title="a &quot; &lt;b&gt; &amp;">&lt;i&gt; &amp;amp;</p>')).toBe('<p title="a &quot; &lt;b&gt; &amp;">&lt;i&gt; &amp;amp;</p>');
});
