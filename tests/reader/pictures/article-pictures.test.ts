import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { expect, test } from 'vitest';
import { renderBody } from '../../../src/content/markdown/body-renderer.ts';
import { markdownOptions } from '../../../src/rendering/markdown-options.ts';
import { loadSettings } from '../../../src/storage/site/settings.ts';
import { saveStaticPage } from '../../../src/storage/pages/edit-static-pages.ts';
import { makeEditor, signIn } from '../../support/admin.ts';
import { open, write } from '../../support/article-form.ts';
import { element, elements, inner, text, within } from '../../support/html.ts';
import { storePicture } from '../../support/pictures.ts';
import { addArticle, emptySite, now, type TestSite } from '../../support/test-site.ts';

async function articleWith(site: TestSite, article: Parameters<typeof addArticle>[1]): Promise<string> {
  const { slug } = await addArticle(site, article);
  return (await request(site.app).get(`/articles/${slug}`)).text;
}

test('the lead picture stands between the byline and the summary, in AVIF and JPEG, with its size, texts and colour', async () => {
  const site = await emptySite();
  const picture = await storePicture(site, { width: 1000, height: 600, alt: 'A "valley"', caption: 'The *valley*, [again](/about)', credit: 'Ada <Example>' });
  const html = await articleWith(site, { picture, summary: 'In short.' });

  const figure = element(html, 'figure', { class: 'lead-picture' });
  const [before, after] = [html.slice(0, html.indexOf('<figure')), html.slice(html.indexOf('</figure>'))];
  expect(before).toContain('class="byline"');
  expect(after).toContain('class="summary"');
  const [source] = within(figure, 'source');
  const [img] = within(figure, 'img');
  expect(source?.attribs).toEqual({ type: 'image/avif', srcset: expect.stringMatching(/^\/pictures\/1-[0-9a-f]{12}\/320\.avif 320w, \S+\/640\.avif 640w, \S+\/960\.avif 960w$/), sizes: img?.attribs['sizes'] });
  expect(img?.attribs).toEqual({ src: expect.stringMatching(/\/640\.jpg$/), srcset: source?.attribs['srcset']?.replaceAll('.avif', '.jpg'), sizes: expect.stringContaining('100vw'), width: '1000', height: '600', alt: 'A "valley"', fetchpriority: 'high' });
  expect(within(figure, 'svg').map(({ attribs }) => attribs)).toEqual([{ 'color': '#7a6f80', 'aria-hidden': 'true' }]);
  expect(within(figure, 'figcaption').map(inner)).toEqual(['The <em>valley</em>, <a href="/about">again</a> <span class="credit">Ada &lt;Example&gt;</span>']);
});

test('an article’s own description and caption replace those of its lead picture, but not the credit', async () => {
  const site = await emptySite();
  const picture = await storePicture(site, { alt: 'Library alt', caption: 'Library caption', credit: 'Ada' });
  const html = await articleWith(site, { picture, pictureAlt: 'Own alt', pictureCaption: 'Own caption' });
  expect(element(html, 'img').attribs['alt']).toBe('Own alt');
  expect(text(element(html, 'figcaption'))).toBe('Own caption Ada');
});

test('a browser is told about the lead picture by a Link header, from the page cache too, and not by a 304', async () => {
  const site = await emptySite();
  const { slug } = await addArticle(site, { picture: await storePicture(site, { width: 700, height: 500 }) });
  const first = await request(site.app).get(`/articles/${slug}`);
  expect(first.headers['link']).toMatch(/^<\/pictures\/1-[0-9a-f]{12}\/320\.avif>; rel=preload; as=image; imagesrcset="\S+\/320\.avif 320w, \S+\/640\.avif 640w"; imagesizes="[^"]+"; type="image\/avif"; fetchpriority=high$/);
  expect(first.headers['link']).toContain(`imagesizes="${element(first.text, 'img').attribs['sizes']}"`);
  const hits = site.context.pages.counts.hits;
  const cached = await request(site.app).get(`/articles/${slug}`);
  expect(site.context.pages.counts.hits).toBe(hits + 1);
  expect(cached.headers['link']).toBe(first.headers['link']);
  const unchanged = await request(site.app).get(`/articles/${slug}`).set('If-None-Match', first.headers['etag'] ?? '');
  expect([unchanged.status, unchanged.headers['link']]).toEqual([304, undefined]);
  const { slug: without } = await addArticle(site, { body: 'Text' });
  expect((await request(site.app).get(`/articles/${without}`)).headers['link']).toBeUndefined();
});

test('a picture in a body loads lazily, and its alt text and title in Markdown replace the picture’s own texts', async () => {
  const site = await emptySite();
  const id = await storePicture(site, { alt: 'Library alt', caption: 'Library caption', credit: 'Ada' });
  const html = await articleWith(site, { body: `Before\n\n![Own *alt*](picture:${id} "Own **caption**")\n\nBetween\n\n![](picture:${id})` });
  const figures = elements(html, 'figure');
  expect(figures.map((figure) => within(figure, 'img').map(({ attribs }) => [attribs['alt'], attribs['loading'], attribs['decoding'], attribs['fetchpriority']]))).toEqual([[['Own alt', 'lazy', 'async', undefined]], [['Library alt', 'lazy', 'async', undefined]]]);
  expect(figures.map((figure) => within(figure, 'figcaption').map(inner))).toEqual([['Own <strong>caption</strong> <span class="credit">Ada</span>'], ['Library caption <span class="credit">Ada</span>']]);
});

test('a linked picture alone in its paragraph is a figure whose picture is the link', async () => {
  const site = await emptySite();
  const id = await storePicture(site, { caption: 'Library caption', credit: 'Ada' });
  const html = await articleWith(site, { body: `[![linked](picture:${id})](https://example.org/?a&b "Title")\n\n[![](picture:999)](/about)\n\n[![](picture:${id})](/about) ![](picture:${id})\n\n[![](picture:${id})](javascript:alert(1))` });
  const figures = elements(html, 'figure');
  expect(figures.map((figure) => within(figure, 'figcaption').map(text))).toEqual(Array.from({ length: 4 }, () => ['Library caption Ada']));
  expect(figures.map((figure) => within(figure, 'a').map((link) => [link.attribs['href'], link.attribs['rel'], within(link, 'img').length]))).toEqual([[['https://example.org/?a&b', 'external noopener', 1]], [['/about', undefined, 1]], [], []]);
  expect(within(element(html, 'div', { class: 'pictures' }), 'figure')).toHaveLength(2);
});

test('a picture within a line stays in its paragraph, and adds no space', async () => {
  const site = await emptySite();
  const id = await storePicture(site);
  const html = await articleWith(site, { body: `See ![this](picture:${id}), please.` });
  expect(inner(element(html, 'div', { class: 'body' })).replace(/<picture>.*<\/picture>/, '[picture]').trim()).toBe('<p>See [picture], please.</p>');
});

test('a picture that does not exist leaves its alternative text', async () => {
  const site = await emptySite();
  const html = await articleWith(site, { body: 'Before\n\n![The harbour](picture:999 "Caption")\n\nIn a ![line](picture:998).\n\n![](picture:997)' });
  expect(elements(html, 'img')).toEqual([]);
  expect(within(element(html, 'div', { class: 'body' }), 'p').map(text)).toEqual(['Before', 'The harbour', 'In a line.']);
});

test('two pictures side by side share the width in proportion to their shapes; more take a half each', async () => {
  const site = await emptySite();
  const [wide, tall] = [await storePicture(site, { width: 1800, height: 900 }), await storePicture(site, { width: 900, height: 900 })];
  const row = (...ids: number[]) => ids.map((id) => `![](picture:${id})`).join(' ');
  const html = await articleWith(site, { body: `${row(wide, tall)}\n\n${row(wide, wide)}\n\n${row(wide, tall, tall)}\n\n${row(wide, 999)}` });
  expect(elements(html, 'div', { class: 'pictures' }).map(({ attribs }) => attribs['class'])).toEqual(['pictures first-13', 'pictures first-10', 'pictures', 'pictures']);
  const onWide = elements(html, 'img').map(({ attribs }) => /\(min-width: 76rem\) (\d+)px/.exec(attribs['sizes'] ?? '')?.[1]);
  expect(onWide).toEqual(['468', '252', '360', '360', '360', '360', '720', '720']);
});

test('a portrait is narrower, a very tall lead picture is cropped around its focal point, and a small one keeps its size', async () => {
  const site = await emptySite();
  const shape = async (width: number, height: number, focus = { x: 50, y: 50 }) => {
    const { attribs } = element(await articleWith(site, { picture: await storePicture(site, { width, height, focus }) }), 'figure');
    return attribs['class'];
  };
  expect(await shape(1200, 1200, { x: 90, y: 10 })).toBe('picture lead-picture');
  expect(await shape(900, 1200)).toBe('picture lead-picture portrait');
  // 900 of 1800 pixels are hidden above and below, and 450 of them lie above the middle of the focal point.
  expect(await shape(600, 1800, { x: 50, y: 50 })).toBe('picture lead-picture portrait tall');
  expect(await shape(600, 1800, { x: 50, y: 35 })).toBe('picture lead-picture portrait tall crop-y-2');
  expect(await shape(600, 1800, { x: 50, y: 100 })).toBe('picture lead-picture portrait tall crop-y-10');
  expect(await shape(200, 133)).toBe('picture lead-picture small');
  expect(element(await articleWith(site, { picture: await storePicture(site, { width: 200, height: 133 }) }), 'img').attribs['sizes']).toBe('200px');
});

test('nothing shows through a transparent picture, whose fallback is PNG', async () => {
  const site = await emptySite();
  const html = await articleWith(site, { picture: await storePicture(site, { width: 640, height: 400, isTransparent: true }) });
  expect(elements(html, 'svg')).toEqual([]);
  expect(element(html, 'img').attribs['src']).toMatch(/\.png$/);
  expect(element(html, 'figure').attribs['class']).toContain('transparent');
});

test('a picture without caption and credit has no figcaption, and a decorative one an empty alternative text', async () => {
  const site = await emptySite();
  const html = await articleWith(site, { picture: await storePicture(site, { alt: 'Ignored', isDecoration: true }) });
  expect(elements(html, 'figcaption')).toEqual([]);
  expect(element(html, 'img').attribs['alt']).toBe('');
});

test('a preview shows pictures that are not published yet', async () => {
  const site = await emptySite();
  const id = await storePicture(site);
  const editor = await signIn(site, (await makeEditor(site, { role: 'editor' })).email);
  const article = await write(editor, 'draft');
  const made = await editor.post(`/admin/articles/${article}/previews`, { ...(await open(editor, article)), picture: String(id), pictureCaption: 'Own caption', body: `![](picture:${id})`, beside: '1' }).set('Accept', 'application/json');
  const { text: html, headers } = await request(site.app).get(made.body.path);
  expect(headers['link']).toContain('rel=preload');
  expect(elements(html, 'figure')).toHaveLength(2);
  expect(elements(html, 'figcaption').map(text)).toEqual(['Own caption']);
});

test('a static page shows pictures', async () => {
  const site = await emptySite();
  const body = `Text\n\n![](picture:${await storePicture(site, { caption: 'Our office' })})`;
  const { html } = renderBody(body, markdownOptions(site.context, await loadSettings(site.context.db)));
  await saveStaticPage(site.context.db, { path: 'about', title: randomUUID(), body, bodyHtml: html, markupVersion: 1 }, now);
  const page = (await request(site.app).get('/about')).text;
  expect(text(element(page, 'figcaption'))).toBe('Our office');
  expect(element(page, 'img').attribs['sizes']).toContain('730px');
});
