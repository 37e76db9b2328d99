import { expect, test } from 'vitest';
import { makeEditor, signIn } from '../../support/admin.ts';
import { change, problemsOf, write } from '../../support/article-form.ts';
import { element, elements, text, within } from '../../support/html.ts';
import { storePicture } from '../../support/pictures.ts';
import { emptySite, stored } from '../../support/test-site.ts';

async function newsroom() {
  const site = await emptySite();
  const ada = await signIn(site, (await makeEditor(site, { role: 'editor', name: 'Ada' })).email);
  const corrections = async () => (await stored(site, 'select text from correction order by id')).map((row) => row['text']);
  return { site, ada, corrections };
}

/** What the page lists, with the names of the editors. */
function listed(html: string): string[] {
  return elements(html, 'ol', { class: 'corrections' }).flatMap((list) => within(list, 'li').map((item) => [...within(item, 'bdi'), ...within(item, 'p').slice(1)].map(text).join(': ')));
}

test('the form of a published article leads to its corrections, where the text stands beside the form and an editor adds one after another', async () => {
  const { site, ada, corrections } = await newsroom();
  const picture = await storePicture(site, { width: 640, height: 400, alt: 'A harbour', caption: 'The harbour' });
  const id = await write(ada, 'publication', { title: 'A *long* storm', standfirst: 'It lasted.', body: `**Two** days.\n\n![](picture:${picture})` });
  await change(ada, id, 'draft', { body: 'Not published.' });
  const path = `/admin/articles/${id}/corrections`;
  expect(elements((await ada.get(`/admin/articles/${id}`)).text, 'a', { href: path })).toHaveLength(1);

  const shown = element((await ada.get(path)).text, 'section', { class: 'article-text' });
  expect(text(shown)).toBe('A long storm It lasted. Two days. The harbour');
  expect(within(shown, 'img')[0]?.attribs).toMatchObject({ alt: 'A harbour', width: '640', height: '400' });

  const { headers } = await ada.post(path, { text: '  It lasted three days.  \r\n\r\n\r\n\r\nNot two. ' });
  expect(headers['location']).toBe(`${path}?done=correction`);
  expect(text(element((await ada.get(headers['location'] ?? '')).text, 'p', { role: 'status' }))).toBe('Published. View the article');
  await ada.post(path, { text: 'Four.' });
  expect(await corrections()).toEqual(['It lasted three days.\n\nNot two.', 'Four.']);
  expect(listed((await ada.get(path)).text)).toEqual(['Ada: It lasted three days. Not two.', 'Ada: Four.']);
  expect(await stored(site, "select detail, article_id from audit_log where action = 'correction' order by id")).toEqual([{ detail: 'It lasted three days. Not two.', article_id: id }, { detail: 'Four.', article_id: id }]);
});

test('a correction sets the “Updated” time, which a minor update afterwards keeps', async () => {
  const { site, ada } = await newsroom();
  const id = await write(ada, 'publication');
  const corrected = (site.time.now += 60_000);
  await ada.post(`/admin/articles/${id}/corrections`, { text: 'Two.' });
  site.time.now += 60_000;
  await change(ada, id, 'publication', { body: 'Two.', minor: '1' });
  expect(await stored(site, 'select updated_at from article')).toEqual([{ updated_at: corrected }]);
});

test('a form that is sent twice adds one correction', async () => {
  const { ada, corrections } = await newsroom();
  const path = `/admin/articles/${await write(ada, 'publication')}/corrections`;
  const answers = await Promise.all([1, 2, 3].map(async () => ada.post(path, { text: 'Two, not three.' })));
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
  expect(await corrections()).toEqual(['Two, not three.']);
});

test('an empty and a long correction are refused, and the typed text stays in the form', async () => {
  const { ada, corrections } = await newsroom();
  const path = `/admin/articles/${await write(ada, 'publication')}/corrections`;
  for (const [typed, problem] of [[' \u200b\n', 'Enter the correction. Readers will see it.'], ['x'.repeat(2001), 'Use at most 2,000 characters.']] as const) {
    const { status, text: html } = await ada.post(path, { text: typed });
    expect([status, problemsOf(html), text(element(html, 'p', { id: 'correction_text_problem' }))]).toEqual([422, [`Please fix one problem ${problem}`], problem]);
    expect(text(element(html, 'textarea'))).toBe(typed.trim());
  }
  expect(await corrections()).toEqual([]);
});

test('only a published article can be corrected, and what was typed when it was withdrawn is not lost', async () => {
  const { ada, corrections } = await newsroom();
  const [draft, scheduled, withdrawn] = [await write(ada, 'draft'), await write(ada, 'schedule', { publishedAt: '2099-01-01T10:00' }), await write(ada, 'publication')];
  await ada.post(`/admin/articles/${withdrawn}/corrections`, { text: 'The first.' });
  await ada.post(`/admin/articles/${withdrawn}/withdrawal`, { reason: 'Wrong.' });
  for (const id of [draft, scheduled, withdrawn]) {
    expect(elements((await ada.get(`/admin/articles/${id}`)).text, 'a', { href: `/admin/articles/${id}/corrections` })).toEqual([]);
    const page = (await ada.get(`/admin/articles/${id}/corrections`)).text;
    expect([elements(page, 'textarea'), elements(page, 'section'), text(element(page, 'p', { class: 'notice' }))]).toEqual([[], [], 'Only a published article can be corrected.']);
    const { status, text: html } = await ada.post(`/admin/articles/${id}/corrections`, { text: 'A second.' });
    expect([status, text(element(html, 'textarea'))]).toEqual([409, 'A second.']);
  }
  expect(listed((await ada.get(`/admin/articles/${withdrawn}/corrections`)).text)).toEqual(['Ada: The first.']);
  expect(await corrections()).toEqual(['The first.']);
});
