import request from 'supertest';
import { expect, test } from 'vitest';
import { correct } from '../../support/corrections.ts';
import { element, elements, text, within } from '../../support/html.ts';
import { addArticle, emptySite, type TestSite } from '../../support/test-site.ts';

const day = 24 * 3_600_000;

/** Opens the page of an article that was published an hour ago and corrected a day and two days later. */
async function correctedSite(times: number) {
  const site = await emptySite();
  const article = await addArticle(site, { title: 'Storm', language: 'ar', body: 'The text.' });
  for (let count = 1; count <= times; count += 1) {
    site.time.now += day;
    await correct(site, article, `Correction ${count} & <b>.\n\nMore.`);
  }
  return { site, ...article };
}

async function read({ app }: TestSite, path: string): Promise<string> {
  return (await request(app).get(path).buffer(true).parse((response, done) => {
    let data = '';
    response.on('data', (chunk) => (data += chunk)).on('end', () => done(null, data));
  })).body;
}

test('a notice above the text leads to the corrections under it, oldest first', async () => {
  const { site, slug } = await correctedSite(2);
  const html = await read(site, `/articles/${slug}`);
  const notice = element(html, 'p', { class: 'correction-notice' });
  expect(text(notice)).toBe('2 corrections. This article was last corrected on 25 March 2025.');
  expect(within(notice, 'a').map(({ attribs }) => attribs['href'])).toEqual(['#corrections']);
  expect(html.indexOf('correction-notice')).toBeLessThan(html.indexOf('<p>The text.'));
  const list = element(html, 'section', { id: 'corrections' });
  expect(within(list, 'li').map(text)).toEqual(['24 March 2025, 16:55 Correction 1 & <b>. More.', '25 March 2025, 16:55 Correction 2 & <b>. More.']);
  expect(html.indexOf('id="corrections"')).toBeGreaterThan(html.indexOf('<p>The text.'));
  expect(elements(html, 'p', { class: 'byline-date' }).map(text)).toEqual(['Sunday, 23 March 2025, 15:55 UTC', 'Updated Tuesday, 25 March 2025, 16:55 UTC']);
});

test('one correction has a notice of its own, and an article without corrections has neither notice nor list', async () => {
  const { site, slug } = await correctedSite(1);
  expect(text(element(await read(site, `/articles/${slug}`), 'p', { class: 'correction-notice' }))).toBe('Correction. This article was corrected on 24 March 2025.');
  const other = await addArticle(site);
  expect(await read(site, `/articles/${other.slug}`)).not.toMatch(/"corrections?\b/);
});

test('JSON-LD lists the corrections, and the article counts as updated there and in the sitemap', async () => {
  const { site, slug } = await correctedSite(1);
  const [article] = JSON.parse(/<script type="application\/ld\+json">(.*)<\/script>/.exec(await read(site, `/articles/${slug}`))?.[1] ?? '')['@graph'];
  expect(article).toMatchObject({ dateModified: '2025-03-24T16:55:14+00:00', correction: [{ '@type': 'CorrectionComment', 'text': 'Correction 1 & <b>.\n\nMore.', 'datePublished': '2025-03-24T16:55:14+00:00' }] });
  expect(await read(site, '/sitemaps/2025-03.xml')).toContain('<lastmod>2025-03-24T16:55:14+00:00</lastmod>');
});

test('in the feeds, the content of the article begins with its corrections, and its time of update is that of the last one', async () => {
  const { site } = await correctedSite(1);
  const html = '<p><strong>Correction, 24 March 2025:</strong> Correction 1 &amp; &lt;b&gt;.<br><br>More.</p>\n<p>The text.</p>';
  const escaped = html.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const rss = await read(site, '/rss.xml');
  expect([rss.includes(escaped), rss.includes('<atom:updated>2025-03-24T16:55:14+00:00</atom:updated>')]).toEqual([true, true]);
  const atom = await read(site, '/atom.xml');
  expect([atom.includes(escaped), atom.includes('<updated>2025-03-24T16:55:14+00:00</updated>')]).toEqual([true, true]);
  expect(JSON.parse(await read(site, '/feed.json')).items[0]).toMatchObject({ content_html: html, date_modified: '2025-03-24T16:55:14+00:00' });
});
