import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { extractText } from '../../src/content/related/extract-text.ts';
import { decodeRelated } from '../../src/content/related/related-list.ts';
import { decodeTerms } from '../../src/content/related/signature.ts';
import { importFiles } from '../../src/exchange/import-files.ts';
import { ExtractedTexts } from '../../src/matching/extracted-texts.ts';
import { recordChange } from '../../src/storage/database/changes.ts';
import { inTransaction } from '../../src/storage/database/database.ts';
import { loadArticleTexts } from '../../src/storage/related/article-texts.ts';
import { moveArticle } from '../../src/storage/storylines/edit-storylines.ts';
import { makeEditor } from '../support/admin.ts';
import { groupsOf, textAbout } from '../support/matching.ts';
import { emptySite, now, sampleSite, stored, temporaryFolder, type TestSite } from '../support/test-site.ts';

const hour = 3_600_000;

interface Line {
  title: string;
  theme: string;
  publishedAt: string;
}

function lines(): Line[] {
  const subjects = ['fire', 'vote', 'match', 'storm'] as const;
  return Array.from({ length: 40 }, (_, n) => ({ ...textAbout(subjects[n % 4] ?? 'fire', n), theme: 'World', slug: `article-${n}`, publishedAt: new Date(now - (50 - n) * 3 * hour).toISOString() }));
}

async function importLines(site: TestSite, articles: (Line & { body?: string; topics?: string[] })[]): Promise<void> {
  const file = path.join(await temporaryFolder(), 'articles.ndjson');
  await writeFile(file, articles.map((article) => JSON.stringify(article)).join('\n'));
  await importFiles(site.context, [file]);
}

/** The related articles of each article, as slugs. */
async function relatedSlugs(site: TestSite): Promise<Record<string, (string | undefined)[]>> {
  const rows = await stored(site, 'select id, slug, related from article join signature on article_id = id order by slug');
  const slugs = new Map(rows.map(({ id, slug }) => [Number(id), String(slug)]));
  return Object.fromEntries(rows.map(({ slug, related }) => [slug, decodeRelated(related as Uint8Array).map(({ id }) => slugs.get(id))]));
}

test('the sample’s events are its storylines', async () => {
  const site = await sampleSite();
  const events = (await groupsOf(site)).map((titles) => [titles.length, /Heathrow|Khartoum|Hamas|Foreman|White Helmets/.exec(titles.join())?.[0]]);
  expect(events.toSorted()).toEqual([[2, 'Foreman'], [2, 'White Helmets'], [3, 'Hamas'], [5, 'Heathrow'], [6, 'Khartoum']]);
  expect(await stored(site, 'select article_id from unmatched')).toEqual([]);
});

test('the order of the lines in a file changes neither storylines nor related articles', async () => {
  const [inOrder, reversed] = [await emptySite(), await emptySite()];
  await importLines(inOrder, lines());
  await importLines(reversed, lines().toReversed());
  const groups = await groupsOf(inOrder);
  expect(groups.map((titles) => titles.length)).toEqual([10, 10, 10, 10]);
  expect(await groupsOf(reversed)).toEqual(groups);
  expect(await relatedSlugs(reversed)).toEqual(await relatedSlugs(inOrder));
});

test('articles imported later continue the storylines that are there, also between older and newer articles', async () => {
  const site = await emptySite();
  await importLines(site, lines().filter((_, n) => n % 8 < 4));
  await importLines(site, lines().filter((_, n) => n % 8 >= 4));
  expect((await groupsOf(site)).map((titles) => titles.length)).toEqual([10, 10, 10, 10]);
});

test('an older version of a text that is imported later joins the newer one', async () => {
  const site = await emptySite();
  const body = Array.from({ length: 60 }, (_, n) => `word${n}`).join(' ');
  const version = (title: string, days: number) => ({ title, body, theme: 'World', publishedAt: new Date(now - days * 24 * hour).toISOString() });
  await importLines(site, [...lines(), version('The later version', 1)]);
  await importLines(site, [version('The earlier version', 20)]);
  expect((await groupsOf(site)).find((titles) => titles.includes('The later version'))).toEqual(['The earlier version', 'The later version']);
});

test('an import leaves the places that an editor has chosen alone', async () => {
  const site = await emptySite();
  await importLines(site, lines().slice(0, 20));
  const { id: editorId } = await makeEditor(site, { role: 'editor' });
  const [{ id = 0, from = 0 } = {}] = await stored(site, "select id, storyline_id as from from article join storyline_article on article_id = id where slug = 'article-0'".replace('as from', 'as "from"'));
  const [{ to = 0 } = {}] = await stored(site, "select storyline_id as \"to\" from article join storyline_article on article_id = id where slug = 'article-1'");
  expect(await moveArticle(site.context.db, { articleId: Number(id), from: Number(from), to: { storylineId: Number(to) } }, editorId, now)).toBe('done');
  await importLines(site, lines());
  expect(await stored(site, `select storyline_id, is_chosen from storyline_article where article_id = ${Number(id)}`)).toEqual([{ storyline_id: to, is_chosen: 1 }]);
});

test('what an import extracts from a text equals what the site extracts from the stored text', async () => {
  const site = await emptySite();
  const odd = { ...textAbout('fire', 50), theme: 'World', title: '*Sudan’s* F-16s', body: '## Head\n\n東京の天気 and **bold** text\n\n- one\n- two', topics: ['Coast'], publishedAt: new Date(now - hour).toISOString() };
  const headlines = ['fire', 'vote', 'storm'].map((word, n) => ({ title: `Only a headline about ${word}`, theme: 'World', publishedAt: new Date(now - n * hour).toISOString() }));
  await importLines(site, [...lines().slice(0, 16), ...headlines, odd]);
  const { reader } = site.context.db;
  const rows = await reader.selectFrom('signature').select(['article_id', 'terms', 'sketch']).execute();
  const texts = await loadArticleTexts(reader, rows.map((row) => row.article_id));
  expect(rows).toHaveLength(20);
  for (const row of rows) {
    const text = texts.get(row.article_id);
    const extracted = text && extractText(text);
    expect(Buffer.from(row.sketch)).toEqual(Buffer.from(extracted?.sketch ?? 'none'));
    const found = new Set(decodeTerms(extracted?.terms ?? new Uint8Array()));
    expect(Array.from(decodeTerms(row.terms)).filter((entry) => !found.has(entry)), text?.title).toEqual([]);
  }
});

/** As if the process had been killed before it began to match. */
async function forgetMatches({ context }: TestSite): Promise<void> {
  const { writer, reader } = context.db;
  await writer.deleteFrom('signature').execute();
  await writer.deleteFrom('term_count').execute();
  await writer.updateTable('signature_state').set({ articles: 0 }).execute();
  await writer.updateTable('storyline_article').set({ storyline_id: null, superseded_at: null }).execute();
  const rows = await reader.selectFrom('article').select(['id as article_id', 'public_at']).execute();
  await writer.insertInto('unmatched').values(rows.map(({ article_id, public_at }) => ({ article_id, public_at: public_at ?? 0, due_at: now + hour, is_counted: 0 }))).execute();
}

test('an interrupted import is matched when it continues', async () => {
  const site = await emptySite();
  await importLines(site, lines().slice(0, 20));
  await forgetMatches(site);
  await importLines(site, lines());
  expect((await groupsOf(site)).map((titles) => titles.length)).toEqual([10, 10, 10, 10]);
  expect(await stored(site, 'select article_id from unmatched')).toEqual([]);
});

test('if so much changes during an import that its signatures are lost from memory, its articles are matched all the same', async () => {
  const site = await emptySite();
  await importLines(site, lines());
  const expected = await relatedSlugs(site);
  await forgetMatches(site);
  const { db, matcher } = site.context;
  let changes: Promise<unknown> | undefined;
  const changeMuch = async () => inTransaction(db, async (transaction) => recordChange(transaction, Array.from({ length: 3000 }, (_, n) => `article:${n + 1000}`), now));
  // All articles have their storylines, and none has its related articles.
  await matcher.matchImported(new ExtractedTexts(), (share) => {
    if (share >= 2 / 3) changes ??= changeMuch();
  });
  await changes;
  expect((await groupsOf(site)).map((titles) => titles.length)).toEqual([10, 10, 10, 10]);
  expect(await relatedSlugs(site)).toEqual(expected);
  expect(await stored(site, 'select article_id from unmatched')).toEqual([]);
  expect(await stored(site, 'select articles from signature_state')).toEqual([{ articles: 40 }]);
});
