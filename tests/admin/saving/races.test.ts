import request from 'supertest';
import { expect, test } from 'vitest';
import { makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { open, send, write } from '../../support/article-form.ts';
import { shortOrLong } from '../../support/long.ts';
import { emptySite, type TestSite } from '../../support/test-site.ts';

async function newsroom(count: number): Promise<{ site: TestSite; editors: Browser[] }> {
  const site = await emptySite();
  const editors: Browser[] = [];
  for (let n = 0; n < count; n += 1) editors.push(await signIn(site, (await makeEditor(site, { role: 'editor' })).email));
  return { site, editors };
}

/** Reproducible random numbers below 1 (a linear congruential generator). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Inconsistencies between articles, their revisions, their names, their pages and the search index. */
async function contradictions({ app, context: { db } }: TestSite): Promise<string[]> {
  const found: string[] = [];
  const entries = await db.search.listNewest(db.reader, { terms: [[['lighthouse']]], themeIds: undefined, from: undefined, until: Date.parse('2150-01-01') }, undefined, 1000);
  const searched = new Set(entries.map(({ id }) => id));
  for (const article of await db.reader.selectFrom('article').selectAll().execute()) {
    const revisions = new Map((await db.reader.selectFrom('revision').select(['id', 'form']).where('article_id', '=', article.id).execute()).map(({ id, form }) => [id, JSON.parse(form) as Record<string, string>]));
    const isPublished = article.published_at !== null;
    if (article.public_at !== (article.withdrawn_at === null ? article.published_at : null)) found.push(`${article.id} is public at ${article.public_at}`);
    if (article.head_revision_id !== null && !revisions.has(article.head_revision_id)) found.push(`${article.id} has no head`);
    const shown = revisions.get((isPublished ? article.public_revision_id : article.head_revision_id) ?? 0);
    if (shown && (shown['body'] !== article.body || shown['title'] !== article.title)) found.push(`${article.id} is “${article.body}” and not “${shown['body']}”`);
    if (isPublished !== (article.public_revision_id !== null)) found.push(`${article.id} is published without a revision, or the other way round`);
    const names = await db.reader.selectFrom('article_author').select('public_at').where('article_id', '=', article.id).execute();
    if (names.some(({ public_at: publicAt }) => publicAt !== article.public_at)) found.push(`${article.id} is shown with its authors at another time`);
    if (searched.has(article.id) !== (article.public_at !== null)) found.push(`${article.id} is ${searched.has(article.id) ? '' : 'not '}found`);
    if (article.slug === null) continue;
    const page = await request(app).get(`/articles/${article.slug}`);
    const expected = article.withdrawn_at !== null ? 410 : isPublished ? 200 : 404;
    if (page.status !== expected) found.push(`${article.id} answers ${page.status}, not ${expected}`);
    if (page.status === 200 && !page.text.includes(article.body)) found.push(`the page of ${article.id} has another text`);
  }
  return found;
}

test.each(shortOrLong([1], [1, 2, 3]))('simultaneous actions of three editors lose no text and leave the data consistent (seed %i)', async (seed) => {
  const { site, editors } = await newsroom(3);
  const random = numbers(seed);
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error('There is nothing to pick from');
    return item;
  };
  const ids = [await write(pick(editors), 'draft', { title: 'Lighthouse one' }), await write(pick(editors), 'publication', { title: 'Lighthouse two' })];
  const forms = await Promise.all(editors.flatMap((editor) => ids.map(async (id) => ({ editor, id, form: await open(editor, id) }))));
  const sent: string[] = [];
  let count = 0;
  for (let round = 0; round < 25; round += 1) {
    const answers = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const at = pick(forms);
        const action = pick(['draft', 'publication', 'autosave', 'submission', 'withdrawal', 'reinstatement', 'recall', 'restoration', 'previews'] as const);
        if (action === 'withdrawal' || action === 'reinstatement' || action === 'recall') return at.editor.post(`/admin/articles/${at.id}/${action}`, { reason: 'Wrong.' });
        if (action === 'restoration') return at.editor.post(`/admin/articles/${at.id}/${action}`, { revision: String(1 + Math.floor(random() * 20)) });
        count += 1;
        const body = `Text ${count} of many`;
        const answer = await send(at.editor, at.id, action, { ...at.form, body });
        sent.push(body);
        if (answer.status === 303 && random() < 0.7) at.form = { ...at.form, ...(await open(at.editor, at.id)) };
        return answer;
      }),
    );
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  }
  const saved = new Set((await site.context.db.reader.selectFrom('revision').select('form').execute()).map(({ form }) => (JSON.parse(form) as { body: string }).body));
  expect(sent.filter((body) => !saved.has(body))).toEqual([]);
  expect(await contradictions(site)).toEqual([]);
});

test('if two editors publish different changes at the same time, the second gets a conflict', async () => {
  const { site, editors } = await newsroom(2);
  const [ada, ben] = editors as [Browser, Browser];
  const id = await write(ada, 'draft', { title: 'Lighthouse' });
  const [one, other] = [await open(ada, id), await open(ben, id)];
  const answers = await Promise.all([send(ada, id, 'publication', { ...one, body: 'Of Ada' }), send(ben, id, 'publication', { ...other, body: 'Of Ben' })]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409]);
  expect(await contradictions(site)).toEqual([]);
});

test('twenty articles with one title, published at the same time, get different addresses', async () => {
  const { site, editors } = await newsroom(2);
  await Promise.all(Array.from({ length: 20 }, async (_, n) => write(editors[n % 2] as Browser, 'publication', { title: 'Lighthouse' })));
  const slugs = (await site.context.db.reader.selectFrom('article').select('slug').execute()).map(({ slug }) => slug);
  expect(new Set(slugs).size).toBe(20);
  expect(await contradictions(site)).toEqual([]);
});

test('a text sent while its draft is being deleted is saved, in that draft or in a new one', async () => {
  const { editors } = await newsroom(2);
  const [ada, ben] = editors as [Browser, Browser];
  for (let round = 0; round < 10; round += 1) {
    const id = await write(ada, 'draft');
    const form = await open(ada, id);
    const answers = await Promise.all([send(ada, id, 'draft', { ...form, body: `Precious ${round}` }), ben.post(`/admin/articles/${id}/deletion`), send(ada, id, 'autosave', { ...form, body: `Precious ${round}` })]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    const last = await send(ada, id, 'autosave', { ...form, body: `Precious ${round}` });
    const savedId = (last.headers['location'] ?? '').replace(/^.*\//, '');
    expect((await open(ada, savedId))['body']).toBe(`Precious ${round}`);
  }
});
