import request from 'supertest';
import { expect, test } from 'vitest';
import { makeEditor, signIn } from '../../support/admin.ts';
import { write } from '../../support/article-form.ts';
import { emptySite } from '../../support/test-site.ts';

const places = ['/', '/archive', '/archive/2025', '/archive/2025/03', '/archive/2025/05', '/search', '/search?q=hidden', '/search?q=ordinary&theme=hiddentheme', '/search?q=article&to=2150-01-01&sort=newest', '/rss.xml', '/atom.xml', '/feed.json', '/themes/world', '/themes/world/rss.xml', '/sitemap.xml', '/sitemaps/2025-03.xml', '/sitemaps/2025-05.xml', '/news-sitemap.xml', '/robots.txt', '/articles/ordinary'];
const own = ['/themes/hiddentheme', '/themes/hiddentheme/rss.xml', '/authors/hiddenauthor', '/authors/hiddenauthor/rss.xml', '/topics/hiddentopic', '/articles/hiddenslug'];

test.each([
  ['a draft', 'draft', undefined],
  ['an article in review', 'submission', undefined],
  ['a scheduled article', 'schedule', undefined],
  ['a withdrawn article', 'publication', 'withdrawal'],
  ['a recalled article', 'schedule', 'recall'],
])('%s is not revealed to readers anywhere, not by its title, theme, author, topic or words', async (_what, resource, then) => {
  const site = await emptySite();
  const editor = await signIn(site, (await makeEditor(site, { role: 'editor' })).email);
  await write(editor, 'publication', { title: 'Ordinary article', slug: 'ordinary' });
  const publishedAt = resource === 'schedule' ? '2025-05-01T10:00' : '';
  const id = await write(editor, resource, { title: 'Hiddentitle article', standfirst: 'Hiddenstandfirst', body: 'Hiddenword', theme: 'Hiddentheme', authors: 'Hiddenauthor', topics: 'Hiddentopic', slug: 'hiddenslug', publishedAt });
  if (then) expect((await editor.post(`/admin/articles/${id}/${then}`, { reason: 'Wrong.' })).status).toBe(303);
  for (const place of places) {
    const { text } = await request(site.app).get(place);
    expect(text.match(/Hidden(?:title|standfirst|word|theme|author|topic)|hiddenslug/g), place).toBe(null);
  }
  for (const place of own) expect((await request(site.app).get(place)).status, place).toBe(then !== 'withdrawal' ? 404 : place.startsWith('/articles/') ? 410 : 200);
});
