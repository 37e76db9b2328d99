import request from 'supertest';
import { expect, test } from 'vitest';
import { endlessBody } from '../../rendering/slow-bodies.ts';
import { makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { change, open, problemsOf, readForm, send, write } from '../../support/article-form.ts';
import { lowerCpuLimit } from '../../support/cpu-limit.ts';
import { element, elements, text, within } from '../../support/html.ts';
import { onPostgres } from '../../support/postgres.ts';
import { addArticle, emptySite, now, sampleSite, type TestSite } from '../../support/test-site.ts';

async function newsroom(make = emptySite): Promise<{ site: TestSite; editor: Browser }> {
  const site = await make();
  await site.context.db.writer.insertInto('setting').values({ name: 'zone', value: '"Europe/Bucharest"' }).onConflict((conflict) => conflict.column('name').doNothing()).execute();
  const { email } = await makeEditor(site, { role: 'editor', name: 'Ada Example' });
  return { site, editor: await signIn(site, email) };
}

const read = async ({ app }: TestSite, path: string) => request(app).get(path);

/** Pages that list an article for readers. */
const places = ['/', '/themes/world', '/rss.xml', '/atom.xml', '/feed.json', '/themes/world/rss.xml', '/sitemaps/2025-03.xml', '/news-sitemap.xml', '/archive/2025/03/23', '/search?q=lighthouse'];

async function placesThatShow(site: TestSite, slug: string): Promise<string[]> {
  const pages = await Promise.all(places.map(async (place) => [place, (await read(site, place)).text] as const));
  return pages.filter(([, page]) => page.includes(`/articles/${slug}`)).map(([place]) => place);
}

test('the next request after publication shows an article on its page, next to its neighbours, and in lists, feeds, sitemaps and search', async () => {
  const { site, editor } = await newsroom();
  const neighbour = await addArticle(site, { title: 'A Neighbour', theme: 'World' });
  await write(editor, 'publication', { title: 'The *Lighthouse*', standfirst: 'It stands.', summary: 'A light.', body: '# Keeper\n\nOne **keeper**.', authors: 'Ada Example\nKing, Jr., Ben', topics: 'Coast\nLight', language: 'en-US' });

  const { status, text: html } = await read(site, '/articles/the-lighthouse');
  expect(status).toBe(200);
  expect(text(element(html, 'h1'))).toBe('The Lighthouse');
  expect(text(element(html, 'p', { class: 'standfirst' }))).toBe('It stands.');
  expect(text(element(html, 'p', { class: 'summary' }))).toBe('In short A light.');
  expect(elements(html, 'a', { rel: 'author' }).map(text)).toEqual(['Ada Example', 'King, Jr., Ben']);
  expect(within(element(html, 'section', { class: 'topics' }), 'a').map(text)).toEqual(['Coast', 'Light']);
  expect(element(html, 'article').attribs['lang']).toBe('en-US');
  expect(html).toContain('<strong>keeper</strong>');
  expect(within(element((await read(site, `/articles/${neighbour.slug}`)).text, 'aside'), 'a').map(text)).toContain('The Lighthouse');
  expect(await placesThatShow(site, 'the-lighthouse')).toEqual(places);
});

test('a draft appears nowhere for readers, and its form contains what was saved', async () => {
  const { site, editor } = await newsroom();
  const typed = { title: 'The Lighthouse', standfirst: 'S', summary: 'M', body: '\n\n  Lines  \r\nand «RTL عربي» 🏴󠁧󠁢󠁳󠁣󠁴󠁿\n', theme: 'World', topics: 'Coast', authors: 'Ada\nBen', language: 'ro', publishedAt: '2025-04-01T10:00', slug: 'light' };
  const id = await write(editor, 'draft', typed);
  expect(await open(editor, id)).toMatchObject({ ...typed, body: '\n\n  Lines  \nand «RTL عربي» 🏴󠁧󠁢󠁳󠁣󠁴󠁿\n' });
  expect(await placesThatShow(site, 'light')).toEqual([]);
  expect((await read(site, '/articles/light')).status).toBe(404);
});

test('a form with problems comes back with everything typed, and shows each problem at its field and as a link at the top', async () => {
  const { editor } = await newsroom();
  const form = readForm((await editor.get('/admin/articles/new')).text);
  const typed = { ...form, title: `${'long '.repeat(70)}`, standfirst: '"quotes" & <b>', summary: "it's", body: '\n</textarea><script>alert(1)</script>', theme: 'World', topics: 'One\nTwo', authors: 'Ada', language: 'english!', publishedAt: 'tomorrow', slug: 'Not A Slug' };
  const answer = await send(editor, form['uid'] ?? '', 'publication', typed);
  expect(answer.status).toBe(422);
  expect(readForm(answer.text)).toMatchObject({ ...typed, article: '1', base: '' });
  const links = within(element(answer.text, 'div', { class: 'problems' }), 'a');
  expect(links.map(({ attribs }) => attribs['href']).toSorted()).toEqual(['#field_language', '#field_publishedAt', '#field_slug', '#field_title']);
  for (const { attribs } of links) {
    const id = attribs['href']?.slice(1) ?? '';
    const field = [...elements(answer.text, 'input', { id }), ...elements(answer.text, 'textarea', { id })][0];
    expect(field?.attribs['aria-invalid']).toBe('true');
    expect(field?.attribs['aria-describedby']).toContain(`${id}_problem`);
    expect(elements(answer.text, 'p', { id: `${id}_problem` })).toHaveLength(1);
  }
});

test('the form lists the tags that readers see as text, and mentions comments, which they don’t see', async () => {
  const { editor } = await newsroom();
  const notes = async (id: number) => {
    const page = (await editor.get(`/admin/articles/${id}`)).text;
    expect(element(page, 'textarea', { name: 'body' }).attribs['aria-describedby']?.split(' ').includes('field_body_notes') ?? false).toBe(elements(page, 'div', { id: 'field_body_notes' }).length > 0);
    return elements(page, 'div', { id: 'field_body_notes' }).map(text);
  };
  const id = await write(editor, 'draft', { body: 'The <script> element, the <unnamed> source. <!-- Check -->' });
  expect(await notes(id)).toEqual([expect.stringMatching(/^Readers see <script> and <unnamed> as text, because these tags are not allowed in an article or not closed\..*This text contains a comment/s)]);
  await change(editor, id, 'draft', { body: 'Nothing <b>special</b>.' });
  expect(await notes(id)).toEqual([]);
});

// The formatting does not depend on the database.
test.skipIf(onPostgres)('a text whose formatting takes too long is published in plain paragraphs, and the form says so', { timeout: 120_000 }, async () => {
  lowerCpuLimit();
  const { site, editor } = await newsroom();
  const id = await write(editor, 'publication', { title: 'Slow', body: endlessBody(3) });
  expect(text(element((await editor.get(`/admin/articles/${id}`)).text, 'div', { id: 'field_body_notes' }))).toMatch(/^The formatting of this text takes too long to process/);
  expect((await read(site, '/articles/slow')).text).toContain('<p>- a</p>');
});

test('publishing, scheduling and submitting need a title and a theme', async () => {
  const { editor } = await newsroom();
  const form = readForm((await editor.get('/admin/articles/new')).text);
  for (const resource of ['publication', 'schedule', 'submission']) {
    const answer = await send(editor, form['uid'] ?? '', resource, { ...form, body: 'Text', publishedAt: '2099-01-01T10:00' });
    expect(answer.status, resource).toBe(422);
    expect(problemsOf(answer.text).join()).toMatch(/Enter a title\..*Choose a theme\./);
  }
});

test('a body may have 2 MB; a longer one is refused and comes back', async () => {
  const { editor } = await newsroom();
  const largest = 'ä'.repeat(1024 * 1024);
  const id = await write(editor, 'draft', { body: largest });
  expect((await open(editor, id))['body']).toBe(largest);
  const answer = await change(editor, id, 'draft', { body: `${largest}x` });
  expect(answer.status).toBe(422);
  expect(readForm(answer.text)['body']).toBe(`${largest}x`);
  expect(problemsOf(answer.text).join()).toContain('Body: The text is larger than 2 MB.');
});

test('a form sent several times, even simultaneously, creates one article and publishes it once', async () => {
  const { site, editor } = await newsroom();
  const form: Record<string, string> = { ...readForm((await editor.get('/admin/articles/new')).text), title: 'Once', body: 'Text', theme: 'World' };
  const answers = await Promise.all(Array.from({ length: 5 }, () => send(editor, form['uid'] ?? '', 'publication', form)));
  answers.push(await send(editor, form['uid'] ?? '', 'publication', form));
  expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(303));
  const articles = await site.context.db.reader.selectFrom('article').select(['slug', 'updated_at']).execute();
  expect(articles).toEqual([{ slug: 'once', updated_at: null }]);
});

test('the slug is made from the title or chosen; after publication, old slugs redirect to the current one', async () => {
  const { site, editor } = await newsroom();
  const id = await write(editor, 'draft', { slug: 'first' });
  await change(editor, id, 'draft', { slug: 'second' });
  await change(editor, id, 'publication', { slug: '' });
  expect((await read(site, '/articles/a-title')).status).toBe(200);
  expect((await read(site, '/articles/first')).status).toBe(404);
  await change(editor, id, 'publication', { slug: 'third' });
  const moved = await read(site, '/articles/a-title');
  expect([moved.status, moved.headers['location']]).toEqual([301, '/articles/third']);
  await change(editor, id, 'publication', { slug: 'a-title' });
  expect((await read(site, '/articles/a-title')).status).toBe(200);
  expect((await read(site, '/articles/third')).headers['location']).toBe('/articles/a-title');
});

test('a slug that another article has is refused, and the form keeps its text', async () => {
  const { site, editor } = await newsroom();
  await addArticle(site, { title: 'Taken', slug: 'taken' });
  const id = await write(editor, 'draft');
  for (const resource of ['draft', 'publication']) {
    const answer = await change(editor, id, resource, { slug: 'taken', body: 'Precious' });
    expect(answer.status).toBe(422);
    expect(problemsOf(answer.text).join()).toContain('Another article already uses this address.');
    expect(readForm(answer.text)).toMatchObject({ slug: 'taken', body: 'Precious' });
  }
});

test('a scheduled article appears exactly at its time', async () => {
  const { site, editor } = await newsroom();
  await addArticle(site, { title: 'A Neighbour' });
  const time = Date.parse('2025-03-23T19:30:00+02:00');
  await write(editor, 'schedule', { title: 'Lighthouse', publishedAt: '2025-03-23T19:30' });
  site.time.now = time - 1;
  expect((await read(site, '/articles/lighthouse')).status).toBe(404);
  expect(await placesThatShow(site, 'lighthouse')).toEqual([]);
  site.time.now = time;
  expect((await read(site, '/articles/lighthouse')).status).toBe(200);
  expect(await placesThatShow(site, 'lighthouse')).toEqual(places);
});

test('the scheduled version is published, even if changes were saved later', async () => {
  const { site, editor } = await newsroom();
  const id = await write(editor, 'schedule', { title: 'Lighthouse', body: 'As scheduled', publishedAt: '2025-03-23T19:30' });
  await change(editor, id, 'draft', { body: 'Saved since' });
  site.time.now = Date.parse('2025-03-23T19:30:00+02:00');
  expect((await read(site, '/articles/lighthouse')).text).toContain('As scheduled');
  expect((await open(editor, id))['body']).toBe('Saved since');
});

test('scheduling needs a future time; an article can be published with a past time; a published one can’t move to the future', async () => {
  const { site, editor } = await newsroom();
  const id = await write(editor, 'draft');
  expect(problemsOf((await change(editor, id, 'schedule')).text).join()).toContain('Choose when to publish the article.');
  expect(problemsOf((await change(editor, id, 'schedule', { publishedAt: '2025-03-20T10:00' })).text).join()).toContain('This time is in the past.');
  expect((await change(editor, id, 'publication', { publishedAt: '2025-03-20T10:00' })).status).toBe(303);
  expect((await read(site, '/articles/a-title')).text).toContain('datetime="2025-03-20T10:00:00+02:00"');
  expect(problemsOf((await change(editor, id, 'publication', { publishedAt: '2025-05-20T10:00' })).text).join()).toContain('its publication time can’t be in the future');
});

test('a time that the clocks skip is refused', async () => {
  const { editor } = await newsroom();
  const id = await write(editor, 'draft');
  const answer = await change(editor, id, 'schedule', { publishedAt: '2026-03-29T03:30' });
  expect(answer.status).toBe(422);
  expect(problemsOf(answer.text).join()).toContain('does not exist in Europe/Bucharest');
  expect(readForm(answer.text)['publishedAt']).toBe('2026-03-29T03:30');
});

test.each([['+03:00', '2026-10-25T00:30:00Z'], ['+02:00', '2026-10-25T01:30:00Z']])('for a time that occurs twice, the editor can choose the offset %s', async (offset, time) => {
  const { site, editor } = await newsroom();
  const id = await write(editor, 'draft');
  const ambiguous = await change(editor, id, 'schedule', { publishedAt: '2026-10-25T03:30' });
  expect(ambiguous.status).toBe(422);
  expect(elements(ambiguous.text, 'input', { name: 'offset' }).map(({ attribs }) => attribs['value'])).toEqual(['+03:00', '+02:00']);
  expect((await change(editor, id, 'schedule', { publishedAt: '2026-10-25T03:30', offset })).status).toBe(303);
  const { published_at: stored } = await site.context.db.reader.selectFrom('article').select('published_at').where('id', '=', id).executeTakeFirstOrThrow();
  expect(stored).toBe(Date.parse(time));
  const chosen = elements((await editor.get(`/admin/articles/${id}`)).text, 'input', { name: 'offset' }).filter(({ attribs }) => 'checked' in attribs);
  expect(chosen.map(({ attribs }) => attribs['value'])).toEqual([offset]);
});

test('readers see the time of an update, but not of a minor update', async () => {
  const { site, editor } = await newsroom();
  const id = await write(editor, 'publication');
  const updated = async () => /Updated <time datetime="([^"]+)"/.exec((await read(site, '/articles/a-title')).text)?.[1];
  site.time.now += 3_600_000;
  await change(editor, id, 'publication', { body: 'Mended', minor: '1' });
  expect(await updated()).toBe(undefined);
  await change(editor, id, 'publication', { body: 'Updated' });
  expect(Date.parse((await updated()) ?? '')).toBe(site.time.now);
  const shown = await updated();
  site.time.now += 3_600_000;
  await change(editor, id, 'publication', { body: 'Mended again', minor: '1' });
  expect(await updated()).toBe(shown);
  expect((await read(site, '/articles/a-title')).text).toContain('Mended again');
});

test('changes saved to a published article are invisible to readers until they are published', async () => {
  const { site, editor } = await newsroom();
  const id = await write(editor, 'publication', { title: 'Lighthouse' });
  const before = await Promise.all([...places, '/articles/lighthouse'].map(async (place) => (await read(site, place)).text));
  site.time.now += 5000;
  await change(editor, id, 'draft', { title: 'Windmill', body: 'Other', theme: 'Sport', authors: 'Ben', slug: 'windmill' });
  expect(await Promise.all([...places, '/articles/lighthouse'].map(async (place) => (await read(site, place)).text))).toEqual(before);
  expect(text(element((await editor.get(`/admin/articles/${id}`)).text, 'section', { class: 'state' }))).toContain('are not published yet');
});

test('a withdrawn article answers 410 with the reason and is in no list; reinstating it restores everything', async () => {
  const { site, editor } = await newsroom();
  const id = await write(editor, 'publication', { title: 'Lighthouse', authors: 'Ada', topics: 'Coast' });
  await write(editor, 'publication', { title: 'Other', authors: 'Ada', topics: 'Coast' });
  const everywhere = [...places, '/authors/ada', '/topics/coast', '/articles/lighthouse', '/articles/other'];
  const pages = async () => Promise.all(everywhere.map(async (place) => (await read(site, place)).text.replaceAll(/<lastmod>[^<]*/g, '')));
  const before = await pages();
  expect((await editor.post(`/admin/articles/${id}/withdrawal`, { reason: ' ' })).status).toBe(422);
  expect((await editor.post(`/admin/articles/${id}/withdrawal`, { reason: 'It was <wrong>.' })).status).toBe(303);
  const withdrawn = await read(site, '/articles/lighthouse');
  expect([withdrawn.status, text(element(withdrawn.text, 'p', { class: 'withdrawal-reason' }))]).toEqual([410, 'It was <wrong>.']);
  expect((await pages()).filter((page) => page.includes('href="/articles/lighthouse"') || page.includes('<loc>https://news.example/articles/lighthouse'))).toEqual([]);
  expect((await change(editor, id, 'publication')).status).toBe(422);
  expect((await change(editor, id, 'draft', { body: 'Still written' })).status).toBe(303);
  expect((await editor.post(`/admin/articles/${id}/reinstatement`)).status).toBe(303);
  expect(await pages()).toEqual(before);
});

test('only articles that were never public can be moved back to draft and deleted', async () => {
  const { site, editor } = await newsroom();
  const scheduled = await write(editor, 'schedule', { publishedAt: '2025-03-23T19:30' });
  const deletes = async (id: number) => (await editor.post(`/admin/articles/${id}/deletion`)).status;
  expect(await deletes(scheduled)).toBe(409);
  expect((await editor.post(`/admin/articles/${scheduled}/recall`)).status).toBe(303);
  site.time.now = Date.parse('2025-03-23T20:00:00+02:00');
  expect((await read(site, '/articles/a-title')).status).toBe(404);
  expect(await deletes(scheduled)).toBe(303);
  expect((await editor.get(`/admin/articles/${scheduled}`)).status).toBe(404);

  const out = await write(editor, 'publication', { title: 'Out' });
  expect((await editor.post(`/admin/articles/${out}/recall`)).status).toBe(409);
  expect(await deletes(out)).toBe(409);
  await editor.post(`/admin/articles/${out}/withdrawal`, { reason: 'Wrong.' });
  expect(await deletes(out)).toBe(409);
});

test('a contributor can submit an article for review, but not publish it', async () => {
  const { site, editor } = await newsroom();
  const { email } = await makeEditor(site, { role: 'contributor', name: 'Con' });
  const contributor = await signIn(site, email);
  const id = await write(contributor, 'submission');
  const actions = (html: string) => elements(html, 'button').flatMap(({ attribs }) => attribs['data-action'] ?? []);
  expect(actions((await contributor.get(`/admin/articles/${id}`)).text)).toEqual(['draft', 'preview']);
  expect((await change(contributor, id, 'publication')).status).toBe(403);
  expect(text(element((await editor.get('/admin/articles?status=review')).text, 'table'))).toContain('A Title');
  expect((await change(editor, id, 'publication')).status).toBe(303);
  expect((await contributor.get(`/admin/articles/${id}`)).status).toBe(403);
});

test('each action is recorded in the audit log', async () => {
  const { site, editor } = await newsroom();
  const id = await write(editor, 'draft');
  await change(editor, id, 'submission');
  await editor.post(`/admin/articles/${id}/recall`);
  await change(editor, id, 'schedule', { publishedAt: '2025-03-23T19:30' });
  await change(editor, id, 'publication', { publishedAt: '' });
  await change(editor, id, 'publication', { body: 'New' });
  await change(editor, id, 'publication', { body: 'Newer', minor: '1' });
  await editor.post(`/admin/articles/${id}/withdrawal`, { reason: 'Because.' });
  await editor.post(`/admin/articles/${id}/reinstatement`);
  const draft = await write(editor, 'draft', { title: 'To be deleted' });
  await editor.post(`/admin/articles/${draft}/deletion`);
  const rows = await site.context.db.reader.selectFrom('audit_log').innerJoin('editor', 'editor.id', 'editor_id').select(['action', 'article_id', 'detail', 'name']).where('action', 'not in', ['set-up', 'sign-in']).orderBy('audit_log.id').execute();
  const of = (action: string, detail = '') => ({ action, article_id: id, detail, name: 'Ada Example' });
  expect(rows).toEqual([of('draft'), of('submission'), of('recall'), of('schedule'), of('publication'), of('update'), of('minor update'), of('withdrawal', 'Because.'), of('reinstatement'), { ...of('draft'), article_id: draft }, { ...of('deletion', 'To be deleted'), article_id: draft }]);
});

test('editing an imported article changes only the edited fields', async () => {
  const { site, editor } = await newsroom(sampleSite);
  const path = '/articles/white-helmets-stand-as-neutral-rescuers-amidst-rising-sectarian-violence-in-syria';
  const before = (await read(site, path)).text;
  const { id } = await site.context.db.reader.selectFrom('article').select('id').where('slug', '=', path.slice('/articles/'.length)).executeTakeFirstOrThrow();
  site.time.now = now + 60_000;
  expect((await change(editor, id, 'publication', { minor: '1' })).status).toBe(303);
  expect((await read(site, path)).text).toBe(before);
  expect((await change(editor, id, 'publication', { standfirst: 'Another standfirst.', minor: '1' })).status).toBe(303);
  expect((await read(site, path)).text).toContain('<p class="standfirst">Another standfirst.</p>');
});

test('a form opened before the article was scheduled still publishes it; one opened before a withdrawal is refused', async () => {
  const { site, editor } = await newsroom();
  const id = await write(editor, 'draft');
  const before = await open(editor, id);
  await send(editor, id, 'schedule', { ...before, publishedAt: '2025-03-24T10:00' });
  expect((await send(editor, id, 'publication', { ...before, publishedAt: '2025-03-24T10:00' })).headers['location']).toContain('done=publication');
  expect((await read(site, '/articles/a-title')).status).toBe(200);

  const published = await open(editor, id);
  await editor.post(`/admin/articles/${id}/withdrawal`, { reason: 'Wrong.' });
  expect((await send(editor, id, 'publication', published)).status).toBe(422);
  expect((await read(site, '/articles/a-title')).status).toBe(410);
});

test('before an older form publishes changes saved in another window, the editor sees them', async () => {
  const { site, editor } = await newsroom();
  const id = await write(editor, 'draft', { body: 'Checked' });
  const older = await open(editor, id);
  await change(editor, id, 'draft', { body: 'Not yet checked' });
  const { headers } = await send(editor, id, 'publication', older);
  expect(headers['location']).not.toContain('done=');
  expect((await read(site, '/articles/a-title')).status).toBe(404);
  const shown = await editor.get(headers['location'] ?? '');
  expect(readForm(shown.text)['body']).toBe('Not yet checked');
  expect(elements(shown.text, 'section', { class: 'notice' }).map(text).join()).toMatch(/saved after you opened this form.*yet/s);
  expect((await send(editor, id, 'publication', readForm(shown.text))).headers['location']).toContain('done=publication');
  expect((await read(site, '/articles/a-title')).text).toContain('Not yet checked');
});

test('an old address keeps redirecting until another article is published at it', async () => {
  const { site, editor } = await newsroom();
  const first = await write(editor, 'publication', { slug: 'old' });
  await change(editor, first, 'publication', { slug: 'new' });
  const id = await write(editor, 'schedule', { slug: 'old', publishedAt: '2025-03-24T10:00' });
  expect((await read(site, '/articles/old')).headers['location']).toBe('/articles/new');
  await editor.post(`/admin/articles/${id}/recall`);
  expect((await read(site, '/articles/old')).headers['location']).toBe('/articles/new');
  await change(editor, id, 'publication', { publishedAt: '', title: 'Another' });
  expect((await read(site, '/articles/old')).text).toContain('Another');
  const { touched } = await site.context.db.reader.selectFrom('change').select('touched').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
  expect(JSON.parse(touched)).toContain(`article:${first}`);
});

test('changing the site’s time zone moves no publication time', async () => {
  const { site, editor } = await newsroom();
  const id = await write(editor, 'publication', { publishedAt: '2025-03-20T10:00' });
  await change(editor, id, 'draft', { body: 'Not published yet' });
  await site.context.db.writer.updateTable('setting').set({ value: '"America/New_York"' }).where('name', '=', 'zone').execute();
  expect((await open(editor, id))['publishedAt']).toBe('2025-03-20T04:00');
  await change(editor, id, 'publication');
  expect((await read(site, '/articles/a-title')).text).toContain('datetime="2025-03-20T04:00:00-04:00"');
});

test('an offset that is not valid at the given time is refused', async () => {
  const { editor } = await newsroom();
  const id = await write(editor, 'draft');
  expect((await change(editor, id, 'schedule', { publishedAt: '2026-10-25T03:30', offset: '+09:00' })).status).toBe(422);
});

test('the id of a deleted article is not reused', async () => {
  const { editor } = await newsroom();
  const id = await write(editor, 'draft');
  await editor.post(`/admin/articles/${id}/deletion`);
  expect(await write(editor, 'draft')).toBe(id + 1);
});

test('an article whose publication time is moved past its last update is not shown as updated', async () => {
  const { site, editor } = await newsroom();
  const id = await write(editor, 'publication', { publishedAt: '2025-03-20T10:00' });
  await change(editor, id, 'publication', { body: 'Updated' });
  site.time.now += 2 * 3_600_000;
  await change(editor, id, 'publication', { publishedAt: '2025-03-23T20:00', minor: '1' });
  const { text: html } = await read(site, '/articles/a-title');
  expect(html).toContain('"dateModified":"2025-03-23T20:00:00+02:00"');
  expect(html).not.toContain('>Updated <');
});

test('names that differ only in case are the same theme, author and topic', async () => {
  const { site, editor } = await newsroom();
  await write(editor, 'publication', { theme: 'World', authors: 'Ada', topics: 'Coast' });
  await write(editor, 'publication', { theme: 'WORLD', authors: 'ADA\nada', topics: 'coast' });
  for (const table of ['theme', 'author', 'topic'] as const) expect(await site.context.db.reader.selectFrom(table).select('slug').execute(), table).toHaveLength(1);
});

test('each field accepts exactly its maximum length, and a longer text gets a message', async () => {
  const { editor } = await newsroom();
  const id = await write(editor, 'draft');
  const names = (count: number) => Array.from({ length: count }, (_, n) => `Author ${n}`).join('\n');
  const longest = { title: 'x'.repeat(300), standfirst: 'x'.repeat(1000), summary: 'x'.repeat(2000), theme: 'x'.repeat(100), topics: 'x'.repeat(100), authors: names(50), slug: 'x'.repeat(100) };
  expect((await change(editor, id, 'draft', longest)).status).toBe(303);
  const tooLong = { title: 'x'.repeat(301), standfirst: 'x'.repeat(1001), summary: 'x'.repeat(2001), theme: 'x'.repeat(101), topics: 'x'.repeat(101), authors: names(51), slug: 'x'.repeat(101) };
  const answer = await change(editor, id, 'draft', tooLong);
  expect(answer.status).toBe(422);
  expect(elements(answer.text, 'p', { class: 'problem' }).filter(({ attribs }) => attribs['id']?.startsWith('field_'))).toHaveLength(Object.keys(tooLong).length);
  expect(readForm(answer.text)).toMatchObject(tooLong);
  expect(await open(editor, id)).toMatchObject(longest);
});

test('a form opened before its scheduled article was published can update it, but not recall or reschedule it', async () => {
  const { site, editor } = await newsroom();
  const id = await write(editor, 'schedule', { publishedAt: '2025-03-23T20:00' });
  const form = await open(editor, id);
  site.time.now = Date.parse('2025-03-23T20:30:00+02:00');
  expect((await editor.post(`/admin/articles/${id}/recall`)).status).toBe(409);
  const rescheduled = await send(editor, id, 'schedule', { ...form, publishedAt: '2025-03-23T21:00', body: 'Late' });
  expect([rescheduled.status, readForm(rescheduled.text)['body']]).toEqual([422, 'Late']);
  expect((await send(editor, id, 'publication', { ...form, body: 'Late' })).headers['location']).toContain('done=update');
  expect((await read(site, '/articles/a-title')).text).toContain('datetime="2025-03-23T20:00:00+02:00"');
});

test('a draft with a future time can’t be published now by mistake; a scheduled article can be published early', async () => {
  const { site, editor } = await newsroom();
  const id = await write(editor, 'draft', { title: 'Later', publishedAt: '2025-04-01T10:00' });
  const refused = await change(editor, id, 'publication');
  expect([refused.status, problemsOf(refused.text).join()]).toEqual([422, expect.stringContaining('Schedule the article, or clear this field to publish now.')]);
  expect((await read(site, '/articles/later')).status).toBe(404);
  expect((await change(editor, id, 'schedule')).status).toBe(303);
  expect((await change(editor, id, 'publication')).status).toBe(303);
  expect((await read(site, '/articles/later')).status).toBe(200);
});
