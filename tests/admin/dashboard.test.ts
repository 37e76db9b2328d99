import { expect, test } from 'vitest';
import { makeEditor, signIn, type Browser } from '../support/admin.ts';
import { change, write } from '../support/article-form.ts';
import { element, elements, text, within } from '../support/html.ts';
import { storePicture } from '../support/pictures.ts';
import { addArticle, emptySite, now } from '../support/test-site.ts';

/** The sections of the dashboard: heading with count, titles, and the titles of the list to which the heading leads. */
async function sections(editor: Browser): Promise<Record<string, { titles: string[]; listed: string[] }>> {
  const found: Record<string, { titles: string[]; listed: string[] }> = {};
  for (const section of elements((await editor.get('/admin')).text, 'section', { class: 'day-section' })) {
    const [link] = within(section, 'h2').flatMap((heading) => within(heading, 'a'));
    const listed = link ? elements((await editor.get(link.attribs['href'] ?? '')).text, 'th', { class: 'record-title' }).map(text) : [];
    found[within(section, 'h2').map(text).join('')] = { titles: within(section, 'p').filter(({ attribs }) => attribs['class'] === 'day-title').map(text), listed };
  }
  return found;
}

const both = (...titles: string[]) => ({ titles, listed: titles });

test('the dashboard shows what concerns an editor, and each heading leads to a list of the same articles', async () => {
  const site = await emptySite();
  const [ada, eve] = [await signIn(site, (await makeEditor(site, { role: 'editor' })).email), await signIn(site, (await makeEditor(site, { role: 'contributor' })).email)];
  expect(await sections(ada)).toEqual(Object.fromEntries(['Waiting for review', 'Scheduled', 'Published today', 'Your drafts'].map((heading) => [heading, both()])));
  expect((await ada.get('/admin')).text).toContain('Nothing is waiting.');

  await addArticle(site, { title: 'Yesterday', publishedAt: now - 24 * 3_600_000, picture: await storePicture(site, { width: 30, height: 20, alt: '' }) });
  await write(ada, 'schedule', { title: 'Later', publishedAt: '2025-05-02T10:00' });
  await write(ada, 'schedule', { title: 'Sooner', publishedAt: '2025-05-01T10:00' });
  await write(eve, 'submission', { title: 'Review' });
  await change(ada, await write(eve, 'submission', { title: 'Back' }), 'return');
  await write(ada, 'draft', { title: 'Mine' });
  await change(ada, await write(eve, 'submission', { title: 'Theirs' }), 'publication');
  await change(ada, await write(ada, 'publication', { title: 'Changed' }), 'draft', { title: 'Not seen yet' });
  expect(await sections(ada)).toEqual({
    'Waiting for review 1': both('Review'),
    'Scheduled 2': both('Sooner', 'Later'),
    'Published today 2': both('Changed', 'Theirs'),
    'Your drafts 1': both('Mine'),
    'Unpublished changes 1': both('Changed'),
    'Pictures without a description 1': both('Yesterday'),
  });
  expect(await sections(eve)).toEqual({ 'Sent back to you 1': both('Back'), 'Waiting for review 1': both('Review'), 'Scheduled': both(), 'Published today 1': both('Theirs'), 'Your drafts': both() });
});

test('a section lists eight articles and counts up to a hundred', async () => {
  const site = await emptySite();
  const ada = await signIn(site, (await makeEditor(site, { role: 'editor' })).email);
  for (let count = 0; count < 9; count += 1) await addArticle(site, { publishedAt: now - count * 60_000 });
  const section = async () => text(element((await ada.get('/admin')).text, 'section', { 'aria-labelledby': 'section_today' }));
  expect(await section()).toMatch(/^Published today 9 .* All 9$/);
  expect(elements((await ada.get('/admin')).text, 'p', { class: 'day-title' })).toHaveLength(8);
  for (let count = 0; count < 92; count += 1) await addArticle(site, { publishedAt: now - count * 60_000 });
  expect(await section()).toMatch(/^Published today 100\+ .* All \(more than 100\)$/);
});
