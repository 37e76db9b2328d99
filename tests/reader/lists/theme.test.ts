import request from 'supertest';
import { expect, test } from 'vitest';
import { saveTheme } from '../../../src/storage/themes/edit-themes.ts';
import { placeTheme } from '../../../src/storage/themes/place-theme.ts';
import { makeEditor } from '../../support/admin.ts';
import { element, elements, text, within } from '../../support/html.ts';
import { storePicture } from '../../support/pictures.ts';
import { addArticle, emptySite, now } from '../../support/test-site.ts';

const description = 'News from abroad & <elsewhere>.';

/** A site with the theme World, which has a description, a picture and more articles than a page lists. */
async function describedTheme(picture: { width: number; height: number; caption?: string } = { width: 1300, height: 400 }) {
  const site = await emptySite();
  const { id: editorId } = await makeEditor(site, { role: 'editor' });
  for (let n = 0; n < 31; n += 1) await addArticle(site, { theme: 'World', publishedAt: now - n * 60_000 });
  const pictureId = await storePicture(site, { alt: 'A globe', ...picture });
  await saveTheme(site.context.db, { id: 1, seen: { name: 'World', description: '', pictureId: null }, details: { name: 'World', description, pictureId }, language: 'en' }, editorId, now);
  return { site, editorId, read: async (path: string) => (await request(site.app).get(path)).text };
}

const metaOf = (html: string, attribute: 'name' | 'property', value: string) => elements(html, 'meta', { [attribute]: value })[0]?.attribs['content'];

test('a theme’s page shows its description and picture, and gives them to search engines and link previews', async () => {
  const { read } = await describedTheme({ width: 1300, height: 400, caption: 'The *earth*' });
  const html = await read('/themes/world');
  expect(text(element(html, 'p', { class: 'standfirst' }))).toBe(description);
  const figure = element(html, 'figure', { class: 'list-picture' });
  expect([within(figure, 'img')[0]?.attribs['alt'], text(element(html, 'figcaption'))]).toEqual(['A globe', 'The earth']);
  expect([metaOf(html, 'name', 'description'), metaOf(html, 'property', 'og:description'), metaOf(html, 'property', 'og:image:alt'), metaOf(html, 'name', 'twitter:card')]).toEqual([description, description, 'A globe', 'summary_large_image']);
  expect(metaOf(html, 'property', 'og:image')).toMatch(/^https:\/\/news\.example\/pictures\/1-/);
  const { '@graph': [list] } = JSON.parse(text(element(html, 'script', { type: 'application/ld+json' })));
  expect(list).toMatchObject({ '@type': 'CollectionPage', description, 'image': { '@type': 'ImageObject', 'caption': 'The earth' } });
});

test('further pages of a theme repeat neither, but keep the picture for link previews', async () => {
  const { read } = await describedTheme();
  const first = await read('/themes/world');
  const second = await read(element(first, 'a', { rel: 'next' }).attribs['href'] ?? '');
  expect([elements(second, 'p', { class: 'standfirst' }), elements(second, 'figure', { class: 'list-picture' })]).toEqual([[], []]);
  expect(metaOf(second, 'property', 'og:image')).toBe(metaOf(first, 'property', 'og:image'));
});

test('the feeds of a theme have its description', async () => {
  const { read } = await describedTheme();
  expect(JSON.parse(await read('/themes/world/feed.json'))).toMatchObject({ description });
  expect(await read('/themes/world/atom.xml')).toContain('<subtitle>News from abroad &amp; &lt;elsewhere&gt;.</subtitle>');
  expect(await read('/themes/world/rss.xml')).toContain('<description>News from abroad &amp;amp; &amp;lt;elsewhere&amp;gt;.</description>');
});

test('a hidden theme keeps its page and its articles, but no page has it in its navigation', async () => {
  const { site, editorId, read } = await describedTheme();
  const [world, sport] = [await addArticle(site, { theme: 'World' }), await addArticle(site, { theme: 'Sport' })];
  await placeTheme(site.context.db, { id: 1, place: 'hidden', order: '' }, editorId, now);
  for (const path of ['/', '/themes/world', `/articles/${world.slug}`, `/articles/${sport.slug}`]) {
    const html = await read(path);
    expect(elements(html, 'nav', { class: 'themes' }).flatMap((nav) => within(nav, 'a')).map(text), path).toEqual(['Sport', 'More']);
  }
  expect((await read('/themes')).match(/href="\/themes\/world"/g)).toHaveLength(1);
  expect(elements(await read('/'), 'section', { class: 'block' }).flatMap((block) => within(block, 'h2')).map(text)).toEqual(['Sport']);
});
