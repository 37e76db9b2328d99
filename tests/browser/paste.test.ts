import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { sharedBrowser } from './browser.ts';
import { openNewsroom } from './newsroom.ts';

const browser = await sharedBrowser();

/** The form of a new article, in a browser window. */
async function openNewArticle() {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  return { page, pageErrors };
}

const text = (page: Page) => page.getByLabel('Body', { exact: true });

/** Pastes into the empty body as a browser does: if no script handles the event, the plain text is inserted. */
async function paste(page: Page, html: string, plain = 'plain'): Promise<string> {
  await text(page).fill('');
  await text(page).evaluate((area, { html, plain }) => {
    const data = new DataTransfer();
    if (html) data.setData('text/html', html);
    data.setData('text/plain', plain);
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
    if (area.dispatchEvent(event)) (area as HTMLTextAreaElement).setRangeText(plain);
  }, { html, plain });
  return text(page).inputValue();
}

const pasted: [from: string, html: string, markdown: string][] = [
  ['a web page', '<h2>Head</h2><p>A <b>bold</b> and <em>slanted</em> <a href="https://other.example/a">link</a></p><blockquote><p>Quoted</p></blockquote>', '## Head\n\nA **bold** and *slanted* [link](https://other.example/a)\n\n> Quoted'],
  ['Google Docs', '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:700;white-space:pre-wrap">Bold</span><span style="font-weight:400;font-style:italic;"> slanted</span></p><ul><li dir="ltr"><p><span style="font-weight:400">one</span></p></li><ul><li><p><span>within</span></p></li></ul><li><p><span>two</span></p></li></ul></b>', '**Bold** *slanted*\n\n- one\n  - within\n- two'],
  ['Word', `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {margin:0} --></style><!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--></head><body><!--StartFragment-->
<p class=MsoNormal><span lang=EN-GB style='mso-ansi-language:EN-GB'>A <b style='mso-bidi-font-weight:normal'>bold</b>\nword.<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>one</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span><span style='mso-list:Ignore'>·<span>&nbsp; </span></span></span><![endif]>two</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span><![endif]>first</p><p class=MsoNormal>End<img src="file:///C:/clip.png"><img src="data:image/png;base64,AAAA"></p><!--EndFragment--></body></html>`, 'A **bold** word.\n\n- one\n- two\n\n1. first\n\nEnd'],
  ['a table', '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1 | 2</td><td><p><b>x</b></p></td></tr><tr><td>3</td></tr></tbody></table>', '| a | b |\n| --- | --- |\n| 1 \\| 2 | **x** |\n| 3 |  |'],
  ['struck out, raised and marked words', '<p>A <s>b</s> <del>c</del> <strike>d</strike>, H<sub>2</sub>O, m<sup>2</sup>, <mark>e</mark>, <u>f</u>, <kbd>g</kbd></p>', 'A ~~b~~ ~~c~~ ~~d~~, H<sub>2</sub>O, m<sup>2</sup>, <mark>e</mark>, <u>f</u>, <kbd>g</kbd>'],
  ['Google Docs, struck out and raised', '<b style="font-weight:normal;" id="docs-internal-guid-2"><p dir="ltr"><span style="font-size:11pt;font-weight:400;text-decoration:line-through;vertical-align:baseline;">out</span><span style="font-weight:400;vertical-align:baseline;"> CO</span><span style="font-size:0.6em;vertical-align:sub;">2</span><span style="font-size:0.6em;vertical-align:super;">th</span></p></b>', '~~out~~ CO<sub>2</sub><sup>th</sup>'],
  ['LibreOffice', '<p style="margin-bottom: 0cm"><font face="Serif"><strike>out</strike> x<sup>2</sup> <span style="text-decoration: line-through">gone</span></font></p>', '~~out~~ x<sup>2</sup> ~~gone~~'],
  ['paragraphs', '<p>One</p><p>Two</p>', 'One\n\nTwo'],
  ['Google Docs, with empty lines, line breaks and wrapped links', '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-3"><p dir="ltr"><span>One</span></p><br><br><p dir="ltr"><span>two</span><span><br></span><span>lines</span></p><p dir="ltr"><span><br></span></p><p dir="ltr"><a href="https://www.google.com/url?q=https://other.example/a%3Fb%3D1%26utm_source%3Ddocs%2523&amp;sa=D&amp;ust=1"><span>Three</span></a></p></b><br class="Apple-interchange-newline">', 'One\n\ntwo  \nlines\n\n[Three](https://other.example/a?b=1)'],
  ['tracking parameters', '<p><a href="https://other.example/?utm_source=x&amp;q=a+b%20c&amp;fbclid=1&amp;&amp;d#utm_x">one</a> <a href="https://other.example/?gclid=1&amp;MC_CID=2&amp;igshid">https://other.example/?gclid=1&amp;MC_CID=2&amp;igshid</a> <a href="/a?utm_medium=x">three</a></p>', '[one](https://other.example/?q=a+b%20c&&d#utm_x) [https://other.example/](https://other.example/) [three](/a?utm_medium=x)'],
  ['a web page with frames', '<p>One</p><iframe title="A video" src="//video.example/embed/1?utm_source=x"></iframe><iframe src="https://map.example/2"></iframe><p>Two</p><iframe src="about:blank"></iframe>', 'One\n\n[A video](https://video.example/embed/1)\n\n[https://map.example/2](https://map.example/2)\n\nTwo'],
  ['signs that Markdown would read', '<p><b>a</b> 2 * 3 * 4 and &lt;b&gt;this&lt;/b&gt; &amp;amp; that</p>', '**a** 2 \\* 3 \\* 4 and \\<b>this\\</b> \\&amp; that'],
  ['a numbered list that begins later', '<ol start="3"><li>c</li><li>d<ul><li>e</li></ul></li></ol>', '3. c\n4. d\n   - e'],
];

test('formatted text from various programs becomes Markdown', async () => {
  const { page, pageErrors } = await openNewArticle();
  for (const [from, html, markdown] of pasted) expect(await paste(page, html), from).toBe(markdown);
  expect(pageErrors).toEqual([]);
});

test('unformatted text is pasted unchanged, and so is Markdown copied from a code editor', async () => {
  const { page, pageErrors } = await openNewArticle();
  expect(await paste(page, '', '<b>plain</b> *text*')).toBe('<b>plain</b> *text*');
  expect(await paste(page, '<span style="color:red">one line</span>', 'one line')).toBe('one line');
  expect(await paste(page, '', 'See https://other.example/?utm_source=x')).toBe('See https://other.example/?utm_source=x');
  expect(await paste(page, '<div style="font-weight:normal;white-space:pre;"><div><span style="font-weight:bold"># Head</span></div><div>**bold**</div></div>', '# Head\n**bold**')).toBe('# Head\n**bold**');
  expect(pageErrors).toEqual([]);
});

test('an address that is pasted alone is unwrapped and loses its tracking parameters', async () => {
  const { page, pageErrors } = await openNewArticle();
  expect(await paste(page, '', ' https://other.example/a?b=%7E&utm_campaign=x#c \n')).toBe(' https://other.example/a?b=%7E#c \n');
  expect(await paste(page, '', 'https://www.google.com/url?sa=D&q=https%3A%2F%2Fother.example%2F%3Fa%3D1%2B1')).toBe('https://other.example/?a=1+1');
  for (const unchanged of ['https://www.google.com/url?q=javascript:alert(1)', 'https://www.google.com/url?q=%E0%A4%A', 'https://www.google.com/url?q=https://a%20b', 'https://other.example/?', 'https://other.example/ \n']) expect(await paste(page, '', unchanged)).toBe(unchanged);
  expect(pageErrors).toEqual([]);
});

test('the code of a video, a map or a chart, which is copied as plain text, becomes a link with its title or address', async () => {
  const { page, pageErrors } = await openNewArticle();
  expect(await paste(page, '', '<iframe width="560" height="315" src="https://video.example/embed/1?utm_source=x" title="A video" frameborder="0" allowfullscreen></iframe>')).toBe('[A video](https://video.example/embed/1)');
  expect(await paste(page, '<pre>&lt;iframe&gt;</pre>', ' <IFRAME src="https://map.example/?pb=1" style="border:0;" loading="lazy"></IFRAME>\n')).toBe('[https://map.example/?pb=1](https://map.example/?pb=1)');
  expect(await paste(page, '', '<iframe title="A chart" src="//chart.example/2/"></iframe><script>addEventListener("message", () => {})</script>')).toBe('[A chart](https://chart.example/2/)');
  for (const unchanged of ['<iframe>', '<iframe src="about:blank"></iframe>', 'An <iframe src="https://video.example/"></iframe>', '<iframe src="https://video.example/"></iframe>\n\nA *text*.']) expect(await paste(page, '', unchanged)).toBe(unchanged);
  expect(pageErrors).toEqual([]);
});

test('pasted text contains nothing active', async () => {
  const { page, pageErrors } = await openNewArticle();
  const hostile = '<p>One</p><p>Two <img src=x onerror="alert(1)"><a href="javascript:alert(1)">link</a><script>alert(1)</script><iframe src="https://other.example/"></iframe><svg onload=alert(1)></svg><img src="https://other.example/a.png" style="background:url(https://other.example/b)" onload="alert(1)"></p>';
  const markdown = await paste(page, hostile);
  expect(markdown).toBe('One\n\nTwo link\n\n[https://other.example/](https://other.example/)\n\n![](https://other.example/a.png)');
  await page.getByRole('button', { name: 'Show preview' }).click();
  await page.frameLocator('.preview-pane iframe').getByText('Two link').waitFor();
  expect(pageErrors).toEqual([]);
});

test('pasting replaces the selection and can be undone', async () => {
  const { url, openSignedIn } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await text(page).pressSequentially('Before after');
  await text(page).evaluate((area) => (area as HTMLTextAreaElement).setSelectionRange(0, 6));
  await text(page).evaluate((area) => {
    const data = new DataTransfer();
    data.setData('text/html', 'A <b>b</b>');
    area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  expect(await text(page).inputValue()).toBe('A **b** after');
  await page.keyboard.press('Control+z');
  expect(await text(page).inputValue()).toBe('Before after');
});
