import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import request from 'supertest';
import { expect, test, vi } from 'vitest';
import { decodeRelated } from '../../src/content/related/related-list.ts';
import { importFiles } from '../../src/exchange/import-files.ts';
import { Matcher } from '../../src/matching/matcher.ts';
import { withdrawArticle } from '../../src/storage/articles/article-states.ts';
import { followChanges } from '../../src/storage/database/changes.ts';
import { loadArticleCount, listCounts } from '../../src/storage/related/term-counts.ts';
import { beginStoryline, moveArticle } from '../../src/storage/storylines/edit-storylines.ts';
import { makeEditor, signIn } from '../support/admin.ts';
import { change, write } from '../support/article-form.ts';
import { groupsOf, storylinesOf, textAbout, type Subject } from '../support/matching.ts';
import { addArticle, emptySite, now, openSite, stored, type TestSite } from '../support/test-site.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Long enough for a sketch, by which other versions are recognised. */
function longTextAbout(subject: Subject) {
  const text = textAbout(subject, 1);
  return { ...text, body: `${text.body} ${Array.from({ length: 20 }, (_, index) => `${subject}detail${index}`).join(' ')}` };
}

async function relatedTo({ context: { db } }: TestSite, id: number): Promise<number[]> {
  const row = await db.reader.selectFrom('signature').select('related').where('article_id', '=', id).executeTakeFirst();
  return row ? decodeRelated(row.related).map((other) => other.id) : [];
}

/** Twenty articles about other things, so that the site knows which words are common. */
async function siteWithArticles(): Promise<TestSite> {
  const site = await emptySite();
  for (let n = 0; n < 20; n += 1) await addArticle(site, { title: `Number${n} alone${n}`, body: Array.from({ length: 20 }, (_, index) => `only${n}y${index}`).join(' '), publishedAt: now - 30 * day - n * day });
  await site.context.matcher.matchDue();
  return site;
}

async function publish(site: TestSite, subject: Subject, variant: number, publishedAt: number): Promise<number> {
  const { id } = await addArticle(site, { ...textAbout(subject, variant), publishedAt });
  await site.context.matcher.matchDue();
  return id;
}

test('articles that follow one event are in one storyline, and others are alone', async () => {
  const site = await siteWithArticles();
  const fires = [await publish(site, 'fire', 1, now - 50 * hour), await publish(site, 'fire', 2, now - 30 * hour), await publish(site, 'fire', 3, now - hour)];
  const vote = await publish(site, 'vote', 1, now - hour);
  const storylines = await storylinesOf(site);
  expect(fires.map((id) => storylines[id])).toEqual([1, 1, 1]);
  expect(storylines[vote]).toBeNull();
});

test('a storyline that rests for more than three days is not continued, but another version of a text joins it at any time', async () => {
  const site = await siteWithArticles();
  const first = await publish(site, 'fire', 1, now - 20 * day);
  const later = await publish(site, 'fire', 2, now - 10 * day);
  const long = Array.from({ length: 40 }, (_, index) => `sentence${index} of${index} text${index}`).join(' ');
  const { id: original } = await addArticle(site, { title: 'Long read', body: long, publishedAt: now - 9 * day });
  const { id: revised } = await addArticle(site, { title: 'Long read, updated', body: `${long} A correction was added.`, publishedAt: now - hour });
  await site.context.matcher.matchDue();
  const storylines = await storylinesOf(site);
  expect([storylines[first], storylines[later]]).toEqual([null, null]);
  expect(storylines[revised]).toBe(storylines[original]);
  expect(storylines[revised]).not.toBeNull();
});

test('texts of one template about different things are not put into one storyline', async () => {
  const site = await siteWithArticles();
  const results = (company: string, head: string, figure: number) => ({ title: `${company} reports a profit of ${figure} million`, standfirst: `${company} of ${head}town made ${figure} million.`, body: `${company} said today that its quarterly profit rose to ${figure} million, or ${figure + 1} cents a share, from ${figure + 2} million a year before. Revenue was ${figure * 7} million. Its chief executive, ${head} ${company}son, said that costs were under control and that the outlook was unchanged. ${head} leads ${company} since ${figure + 1500}. The company will pay a dividend to its holders.` });
  const add = async (company: string, head: string, figure: number, hours: number) => addArticle(site, { ...results(company, head, figure), publishedAt: now - hours * hour });
  for (const [index, company] of ['Corvex', 'Dunmore', 'Estrix', 'Fallon', 'Gradel', 'Hollis'].entries()) await add(company, `Head${index}`, 17 + index * 31, 480 + 120 * index);
  const [one, other] = [await add('Almora', 'Nella', 311, 2), await add('Bertrix', 'Oskar', 877, 1)];
  await site.context.matcher.matchDue();
  const storylines = await storylinesOf(site);
  expect([storylines[one.id], storylines[other.id]]).toEqual([null, null]);
});

test('what an editor decided stays: a moved article, and one that was put on its own, keep their places when their texts change', async () => {
  const site = await siteWithArticles();
  const { db, matcher } = site.context;
  const [one, two] = [await publish(site, 'fire', 1, now - 5 * hour), await publish(site, 'fire', 2, now - 4 * hour)];
  const vote = await publish(site, 'vote', 1, now - 3 * hour);
  const { email, id: editorId } = await makeEditor(site, { role: 'editor' });
  expect(await moveArticle(db, { articleId: vote, from: null, to: { storylineId: 1 } }, editorId, now)).toBe('done');
  expect(await beginStoryline(db, { articleId: two, from: 1, name: '' }, editorId, now)).toBe('done');
  const editor = await signIn(site, email);
  for (const id of [vote, two]) expect((await change(editor, id, 'publication', { body: textAbout('fire', 1).body })).status).toBe(303);
  await matcher.matchDue();
  const storylines = await storylinesOf(site);
  expect([storylines[one], storylines[vote], storylines[two]]).toEqual([1, 1, 2]);
});

test('an article that an editor put into a storyline before its publication stays there', async () => {
  const site = await siteWithArticles();
  const { db, matcher } = site.context;
  const fire = await publish(site, 'fire', 1, now - 5 * hour);
  const { email, id: editorId } = await makeEditor(site, { role: 'editor' });
  const editor = await signIn(site, email);
  const draft = await write(editor, 'draft', { ...textAbout('vote', 1), theme: 'World' });
  expect(await moveArticle(db, { articleId: draft, from: null, to: { articleId: fire } }, editorId, now)).toBe('done');
  expect((await change(editor, draft, 'publication', {})).status).toBe(303);
  await matcher.matchDue();
  const storylines = await storylinesOf(site);
  expect(storylines[draft]).toBe(storylines[fire]);
});

test('later articles join the storyline that an editor began with an article', async () => {
  const site = await siteWithArticles();
  const [one, two] = [await publish(site, 'fire', 1, now - 9 * hour), await publish(site, 'fire', 2, now - 8 * hour)];
  const { id: editorId } = await makeEditor(site, { role: 'editor' });
  expect(await beginStoryline(site.context.db, { articleId: two, from: 1, name: '' }, editorId, now)).toBe('done');
  const { id: version } = await addArticle(site, { ...textAbout('fire', 2), title: 'Another version', publishedAt: now - hour });
  await site.context.matcher.matchDue();
  expect(await storylinesOf(site)).toMatchObject({ [one]: 1, [two]: 2, [version]: 2 });
});

test('no article joins one that an editor keeps on its own', async () => {
  const site = await siteWithArticles();
  const alone = await publish(site, 'fire', 1, now - 5 * hour);
  const { id: editorId } = await makeEditor(site, { role: 'editor' });
  expect(await beginStoryline(site.context.db, { articleId: alone, from: null, name: '' }, editorId, now)).toBe('done');
  const next = await publish(site, 'fire', 2, now - 4 * hour);
  expect(await storylinesOf(site)).toMatchObject({ [alone]: null, [next]: null });
  const restarted = await openSite(site.folder, site.environment);
  const last = await publish(restarted, 'fire', 3, now - 3 * hour);
  expect(await storylinesOf(site)).toMatchObject({ [alone]: null, [next]: 1, [last]: 1 });
  await restarted.context.close();
});

test('a storyline’s page is found as soon as the program has made the storyline, also after it was looked for', async () => {
  const site = await siteWithArticles();
  await publish(site, 'fire', 1, now - 5 * hour);
  const { id } = await addArticle(site, { ...textAbout('fire', 2), publishedAt: now - hour });
  for (const path of ['/storylines/1', '/storylines/1/rss.xml']) expect((await request(site.app).get(path)).status).toBe(404);
  await site.context.matcher.matchDue();
  for (const path of ['/storylines/1', '/storylines/1/rss.xml']) expect((await request(site.app).get(path)).status, `${path} ${id}`).toBe(200);
});

test('many articles that wait after an upgrade are weighted by the words of all, as in an import', async () => {
  const site = await emptySite();
  const subjects = ['fire', 'vote', 'match', 'storm'] as const;
  for (let n = 0; n < 120; n += 1) await addArticle(site, { ...(n < 80 ? { title: `Number${n}`, body: Array.from({ length: 20 }, (_, index) => `only${n}y${index}`).join(' ') } : textAbout(subjects[n % 4] ?? 'fire', n)), publishedAt: now - (130 - n) * hour });
  await site.context.matcher.matchDue();
  expect((await groupsOf(site)).map((titles) => titles.length)).toEqual([10, 10, 10, 10]);
  expect(await stored(site, 'select article_id from unmatched')).toEqual([]);
  const [{ articles } = {}] = await stored(site, 'select articles from signature_state');
  expect(articles).toBe(120);
});

test('signatures of another version are made again, and storylines stay', async () => {
  const site = await siteWithArticles();
  await publish(site, 'fire', 1, now - 5 * hour);
  await publish(site, 'fire', 2, now - 4 * hour);
  const before = await stored(site, 'select * from term_count order by block');
  const groups = await groupsOf(site);
  await site.context.db.writer.updateTable('signature_state').set({ version: 0 }).execute();
  await site.context.db.writer.updateTable('signature').set({ terms: new Uint8Array(4) }).execute();
  const restarted = await openSite(site.folder, site.environment);
  await restarted.context.matcher.matchDue();
  expect(await groupsOf(restarted)).toEqual(groups);
  expect(await stored(restarted, 'select * from term_count order by block')).toEqual(before);
  expect((await stored(restarted, 'select terms from signature')).every(({ terms }) => (terms as Uint8Array).length > 4)).toBe(true);
  await restarted.context.close();
});

test('an imported article that is scheduled gets its storyline when readers can see it', async () => {
  const site = await siteWithArticles();
  const first = await publish(site, 'storm', 1, now - hour);
  const file = path.join(site.folder, 'scheduled.ndjson');
  await writeFile(file, JSON.stringify({ ...textAbout('storm', 2), theme: 'World', publishedAt: new Date(now + 60_000).toISOString() }));
  await importFiles(site.context, [file]);
  await site.context.matcher.matchDue();
  expect((await storylinesOf(site))[first]).toBeNull();
  site.time.now = now + 60_000;
  await site.context.matcher.matchDue();
  expect((await storylinesOf(site))[first]).toBe(1);
});

test('a scheduled article gets its storyline when readers can see it', async () => {
  const site = await siteWithArticles();
  const first = await publish(site, 'storm', 1, now - hour);
  const second = await publish(site, 'storm', 2, now + hour);
  expect(await storylinesOf(site)).toMatchObject({ [first]: null, [second]: null });
  site.time.now = now + hour;
  await site.context.matcher.matchDue();
  expect(await storylinesOf(site)).toMatchObject({ [first]: 1, [second]: 1 });
});

test('an article’s related articles are of other storylines, and older articles learn of newer ones', async () => {
  const site = await siteWithArticles();
  const old = await publish(site, 'storm', 1, now - 40 * day);
  expect(await relatedTo(site, old)).toEqual([]);
  const [one, two] = [await publish(site, 'storm', 2, now - 5 * hour), await publish(site, 'storm', 3, now - hour)];
  expect((await storylinesOf(site))[one]).toBe((await storylinesOf(site))[two]);
  expect(await relatedTo(site, two)).toEqual([old]);
  expect((await relatedTo(site, old)).toSorted()).toEqual([one, two]);
});

test('an article whose text changes leaves the lists of articles that it no longer resembles', async () => {
  const site = await siteWithArticles();
  const [one, two] = [await publish(site, 'storm', 1, now - 40 * day), await publish(site, 'storm', 2, now - 30 * day)];
  expect([await relatedTo(site, one), await relatedTo(site, two)]).toEqual([[two], [one]]);
  const { email } = await makeEditor(site, { role: 'editor' });
  expect((await change(await signIn(site, email), two, 'publication', textAbout('vote', 1))).status).toBe(303);
  await site.context.matcher.matchDue();
  expect([await relatedTo(site, one), await relatedTo(site, two)]).toEqual([[], []]);
});

test('of several versions of a text, only the newest is among the related articles, also in the lists of older articles', async () => {
  const site = await siteWithArticles();
  const version = async (at: number) => {
    const { id } = await addArticle(site, { ...longTextAbout('storm'), publishedAt: at });
    await site.context.matcher.matchDue();
    return id;
  };
  const first = await publish(site, 'storm', 3, now - 40 * day);
  const older = await version(now - 20 * day);
  expect(await relatedTo(site, first)).toEqual([older]);
  const newer = await version(now - 10 * day);
  expect(await relatedTo(site, first)).toEqual([newer]);
  const last = await publish(site, 'storm', 5, now - hour);
  expect(await relatedTo(site, last)).toEqual(expect.arrayContaining([first, newer]));
  expect(await relatedTo(site, last)).not.toContain(older);
  expect(await withdrawArticle(site.context.db, newer, '', now)).toBe(true);
  await site.context.matcher.matchDue();
  expect(await relatedTo(site, first)).toContain(older);
});

test('an older version that is edited does not take the place of the newer one', async () => {
  const site = await siteWithArticles();
  const first = await publish(site, 'storm', 3, now - 40 * day);
  const add = async (at: number) => {
    const { id } = await addArticle(site, { ...longTextAbout('storm'), publishedAt: at });
    await site.context.matcher.matchDue();
    return id;
  };
  const [older, newer] = [await add(now - 20 * day), await add(now - 10 * day)];
  const { email } = await makeEditor(site, { role: 'editor' });
  expect((await change(await signIn(site, email), older, 'publication', { standfirst: 'A new standfirst.' })).status).toBe(303);
  await site.context.matcher.matchDue();
  expect(await relatedTo(site, first)).toEqual([newer]);
});

test('an article whose text hardly changes stays in the lists of others, which are not touched', async () => {
  const site = await siteWithArticles();
  const [one, two] = [await publish(site, 'storm', 1, now - 40 * day), await publish(site, 'storm', 2, now - 30 * day)];
  const { email } = await makeEditor(site, { role: 'editor' });
  const editor = await signIn(site, email);
  expect((await change(editor, two, 'publication', { summary: 'waves' })).status).toBe(303);
  await site.context.matcher.matchDue();
  expect([await relatedTo(site, one), await relatedTo(site, two)]).toEqual([[two], [one]]);
  const { db } = site.context;
  expect((await change(editor, two, 'publication', { slug: 'another-address' })).status).toBe(303);
  const feed = await followChanges(db);
  await site.context.matcher.matchDue();
  expect([...((await feed.read()) ?? [])]).toEqual([`related:${two}`]);
});

test('matching names what it touched, once for each article', async () => {
  const site = await siteWithArticles();
  const { db } = site.context;
  const first = await publish(site, 'fire', 1, now - 5 * hour);
  const feed = await followChanges(db);
  const { id } = await addArticle(site, { ...textAbout('fire', 2), publishedAt: now - hour });
  await feed.read();
  await site.context.matcher.matchDue();
  const touched = await feed.read();
  expect([...(touched ?? [])].toSorted()).toEqual([`related:${id}`, `related:${first}`, 'articles', 'published', 'storyline:1', 'theme:1'].toSorted());
});

test('the counts of terms follow what is published and withdrawn', async () => {
  const site = await emptySite();
  const { reader } = site.context.db;
  const total = async () => ({ articles: await loadArticleCount(reader), terms: (await listCounts(reader, undefined, 10_000)).flatMap(({ counts }) => [...counts]).reduce((sum, articles) => sum + articles, 0) });
  const ids = [await publish(site, 'fire', 1, now - hour), await publish(site, 'vote', 1, now - hour)];
  const before = await total();
  expect(before.articles).toBe(2);
  await withdrawArticle(site.context.db, ids[0] ?? 0, '', now);
  const after = await total();
  expect(after.articles).toBe(1);
  expect(after.terms).toBeLessThan(before.terms);
  expect(await stored(site, 'select article_id from signature')).toEqual([{ article_id: ids[1] }]);
});

test('articles that were queued before a crash are matched after it', async () => {
  const site = await siteWithArticles();
  const first = await publish(site, 'fire', 1, now - 5 * hour);
  const { id: second } = await addArticle(site, { ...textAbout('fire', 2), publishedAt: now - hour });
  const restarted = await openSite(site.folder, site.environment);
  await restarted.context.matcher.matchDue();
  expect(await storylinesOf(restarted)).toMatchObject({ [first]: 1, [second]: 1 });
  await restarted.context.close();
});

test('two processes that match in turn know of each other’s articles and of the editors’ moves', async () => {
  const site = await siteWithArticles();
  const other = await openSite(site.folder, site.environment);
  await other.context.matcher.matchDue();
  const first = await publish(site, 'fire', 1, now - 5 * hour);
  const second = await publish(other, 'fire', 2, now - 4 * hour);
  const vote = await publish(site, 'vote', 1, now - 3 * hour);
  const { id: editorId } = await makeEditor(site, { role: 'editor' });
  await moveArticle(site.context.db, { articleId: second, from: 1, to: { articleId: vote } }, editorId, now);
  const third = await publish(other, 'vote', 2, now - hour);
  const storylines = await storylinesOf(site);
  expect([storylines[first], storylines[second], storylines[vote], storylines[third]]).toEqual([1, 2, 2, 2]);
  await other.context.close();
});

test('a running site matches by itself, and stops when it is closed', async () => {
  const site = await openSite((await siteWithArticles()).folder);
  site.context.matcher.start();
  await addArticle(site, { ...textAbout('fire', 1), publishedAt: now - 5 * hour });
  await addArticle(site, { ...textAbout('fire', 2), publishedAt: now - hour });
  site.time.now += 2000;
  await expect.poll(() => groupsOf(site), { timeout: 20_000 }).toHaveLength(1);
  await site.context.close();
});

test('a running site leaves publications in peace while one follows another, but not for long', async () => {
  const site = await openSite((await siteWithArticles()).folder);
  let version = 0;
  vi.spyOn(site.context.db, 'dataVersion').mockImplementation(() => (version += 1));
  await addArticle(site, { ...textAbout('fire', 1), publishedAt: now - 5 * hour });
  await addArticle(site, { ...textAbout('fire', 2), publishedAt: now - hour });
  site.time.now += 2000;
  site.context.matcher.start();
  await delay(600);
  expect(await groupsOf(site)).toEqual([]);
  await expect.poll(() => groupsOf(site), { timeout: 20_000 }).toHaveLength(1);
  await site.context.close();
});

/** A site with an old article about a storm, one about a vote, and so many others that the two are not in the matcher's memory. */
async function siteLargerThanMemory() {
  const site = await emptySite();
  const { db, log, clock } = site.context;
  const matcher = new Matcher({ db, log, clock, capacity: 16 });
  const { id: old } = await addArticle(site, { ...longTextAbout('storm'), publishedAt: now - 900 * day });
  const { id: unlike } = await addArticle(site, { ...longTextAbout('vote'), publishedAt: now - 800 * day });
  for (let n = 0; n < 40; n += 1) await addArticle(site, { title: `Number${n} alone${n}`, body: Array.from({ length: 20 }, (_, index) => `only${n}y${index}`).join(' '), publishedAt: now - (40 + n) * day });
  await matcher.matchDue();
  return { site, matcher, old, unlike };
}

test('a new article is related to an old one that is no longer in memory, and the old one to it', async () => {
  const { site, matcher, old, unlike } = await siteLargerThanMemory();
  const { id: recent } = await addArticle(site, { ...textAbout('storm', 2), publishedAt: now - hour });
  await matcher.matchDue();
  expect(await relatedTo(site, recent)).toEqual([old]);
  expect(await relatedTo(site, old)).toEqual([recent]);
  expect(await relatedTo(site, unlike)).toEqual([]);
});

test('another version of a text joins the old one that is no longer in memory, unless an editor keeps that one on its own', async () => {
  const { site, matcher, old, unlike } = await siteLargerThanMemory();
  const { id: version } = await addArticle(site, { ...longTextAbout('storm'), title: 'The storm, an update', publishedAt: now - hour });
  await matcher.matchDue();
  const storylines = await storylinesOf(site);
  expect([storylines[old], storylines[version]]).toEqual([1, 1]);
  expect([await relatedTo(site, version), await relatedTo(site, old)]).toEqual([[], []]);
  const { id: another } = await addArticle(site, { ...longTextAbout('storm'), title: 'The storm, the last update', publishedAt: now - hour });
  const { id: editorId } = await makeEditor(site, { role: 'editor' });
  expect(await beginStoryline(site.context.db, { articleId: unlike, from: null, name: '' }, editorId, now)).toBe('done');
  const { id: copy } = await addArticle(site, { ...longTextAbout('vote'), publishedAt: now - hour });
  await matcher.matchDue();
  expect(await storylinesOf(site)).toMatchObject({ [another]: 1, [unlike]: null, [copy]: null });
  expect(await relatedTo(site, unlike)).toEqual([copy]);
});
