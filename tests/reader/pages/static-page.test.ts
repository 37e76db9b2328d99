import request from 'supertest';
import { expect, test } from 'vitest';
import { element, text, within } from '../../support/html.ts';
import { sampleSite } from '../../support/test-site.ts';

test('static pages are rendered from Markdown at their paths, and the footer links to all of them', async () => {
  const { app } = await sampleSite();
  const { text: html } = await request(app).get('/about');
  const links = within(element(html, 'nav', { class: 'site-pages' }), 'a').map((a) => a.attribs['href'] ?? '');
  expect(links).toEqual(['/about', '/accessibility', '/contact', '/policies/corrections', '/policies/privacy', '/archive', '/search']);
  for (const link of links.slice(0, 5)) {
    const { status, text: page } = await request(app).get(link);
    expect(status, link).toBe(200);
    expect(text(element(page, 'h1')).length).toBeGreaterThan(2);
    expect(within(element(page, 'div', { class: 'body' }), 'p').length).toBeGreaterThan(1);
  }
});

test('every page has “Follow us” with the feeds and the site’s accounts, and the copyright line', async () => {
  const site = await sampleSite();
  const { saveSettings } = await import('../../../src/storage/site/settings.ts');
  await saveSettings(site.context.db, { followUs: [{ name: 'Mastodon', url: 'https://social.example/@us' }] }, site.time.now);
  for (const path of ['/', '/about', '/themes/world', '/search', '/nothing']) {
    const { text: html } = await request(site.app).get(path);
    expect(within(element(html, 'section', { class: 'follow' }), 'a').map((a) => [text(a), a.attribs['href']])).toEqual([['Mastodon', 'https://social.example/@us'], ['RSS', '/rss.xml'], ['Atom', '/atom.xml'], ['JSON Feed', '/feed.json']]);
    expect(text(element(html, 'p', { class: 'copyright' }))).toBe('© 2024 SwissX REDD UK ltd. All Rights Reserved.');
  }
});
