import { parseDocument, DomUtils } from 'htmlparser2';
import request from 'supertest';
import { expect, test } from 'vitest';
import { browser, makeEditor, password, signIn } from '../../support/admin.ts';
import { problemsOf, readForm, send, write } from '../../support/article-form.ts';
import { shortOrLong } from '../../support/long.ts';
import { emptySite } from '../../support/test-site.ts';

const vectors = [
  '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<svg onload=alert(1)>', '<svg><script>alert(1)</script></svg>', '<math><mtext><style><img src onerror=alert(1)>', '<iframe src=javascript:alert(1)>',
  '<a href="javascript:alert(1)">x</a>', '[x](javascript:alert(1))', '[x](<javascript:alert(1)>)', '[x](data:text/html,<script>alert(1)</script>)', '![x](javascript:alert(1))', '![x" onerror="alert(1)](x)', '[x]: javascript:alert(1)\n[x]',
  '<javascript:alert(1)>', '<details open ontoggle=alert(1)>', '<body onload=alert(1)>', '<input autofocus onfocus=alert(1)>', '<form action=javascript:alert(1)><button>', '<object data=javascript:alert(1)>', '<embed src=javascript:alert(1)>',
  '<base href=//evil.example/>', '<meta http-equiv=refresh content="0;url=javascript:alert(1)">', '<link rel=stylesheet href=//evil.example/>', '<style>*{background:url(//evil.example)}</style>', '<p style="background:url(//evil.example)">', '<x contenteditable onblur=alert(1)>',
  '"><script>alert(1)</script>', "' onmouseover='alert(1)", '" autofocus onfocus="alert(1)', '</textarea><script>alert(1)</script>', '</title><script>alert(1)</script>', '</script><script>alert(1)</script>', '--><script>alert(1)</script>', ']]><script>alert(1)</script>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">', '<template><script>alert(1)</script></template>', '<%= alert(1) %>', '<%- process.exit() %>', '${alert(1)}', '{{constructor.constructor("alert(1)")()}}', '<a href="jav&#x09;ascript:alert(1)">x</a>', '<a href="&#106;avascript:alert(1)">x</a>',
  '<a href=" \u0001javascript:alert(1)">x</a>', '<select><style></select><img src=x onerror=alert(1)></style>', '<video><source onerror=alert(1)>', '<marquee onstart=alert(1)>', '<xmp><img src=x onerror=alert(1)></xmp>', '<p id=__proto__ name=constructor>', '[^1]\n\n[^1]: <img src=x onerror=alert(1)>', '| <script>alert(1)</script> |\n| - |',
];
const disguises = [
  (text: string) => text,
  (text: string) => text.toUpperCase(),
  (text: string) => text.replace(/[a-z]/g, (letter, at: number) => (at % 2 ? letter.toUpperCase() : letter)),
  (text: string) => text.replaceAll('<', '<\u0000'),
  (text: string) => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  (text: string) => text.replaceAll('<', '&#60;'),
  (text: string) => text.replaceAll(' ', '/'),
  (text: string) => text.replaceAll(' ', '\u000c'),
  (text: string) => text.replaceAll('script', 'scr\u0000ipt'),
  (text: string) => text.replaceAll('alert(1)', 'alert`1`'),
  (text: string) => text.replaceAll('(1)', '&lpar;1&rpar;'),
  (text: string) => text.replaceAll('"', '`'),
  (text: string) => text.replaceAll('<', '＜'),
  (text: string) => encodeURIComponent(text),
  (text: string) => text.replace('<', '<<'),
  (text: string) => text.replace('>', '\n>'),
  (text: string) => text.replaceAll('javascript:', 'java\tscript:'),
  (text: string) => text.replaceAll('javascript:', 'java\nscript:'),
  (text: string) => text.replaceAll('javascript:', 'vbscript:'),
  (text: string) => text.replaceAll('on', '\u200bon'),
];
const surroundings = [
  (text: string) => text,
  (text: string) => `**${text}**`,
  (text: string) => `> ${text}`,
  (text: string) => `- ${text}`,
  (text: string) => `\`${text}\``,
  (text: string) => `[${text}](/x)`,
  (text: string) => `[x](/x "${text}")`,
  (text: string) => `# ${text}`,
  (text: string) => `<p title="${text}">x</p>`,
  (text: string) => `<!-- ${text} -->`,
];

const allPayloads = vectors.flatMap((vector) => disguises.flatMap((disguise) => surroundings.map((surround) => surround(disguise(vector)))));
// 7 is coprime to the numbers of disguises and surroundings, so the short form still covers every combination of the two.
const payloads = allPayloads.filter((_payload, index) => index % shortOrLong(7, 1) === 0);

/** Everything in served HTML that could be active: elements and attributes that no page of ours has, and script URLs. */
function dangers(html: string): string[] {
  const all = DomUtils.filter((node) => node.type === 'tag' || node.type === 'script' || node.type === 'style', parseDocument(html).children, true, Number.POSITIVE_INFINITY);
  return all.flatMap((node) => {
    if (!('attribs' in node)) return [];
    const found = Object.entries(node.attribs).flatMap(([name, value]) => {
      const isProgram = /^(?:href|src|action|formaction|data|xlink:href)$/.test(name) && /^(?:javascript|data|vbscript):/i.test(value.replace(/[\u0000-\u0020]/g, ''));
      return name.startsWith('on') || name === 'style' || name === 'srcdoc' || isProgram ? [`${node.name} ${name}=${value}`] : [];
    });
    const isOurs = node.name !== 'script' || /^\/assets\/(?:admin|reader)-\w+\.js$/.test(node.attribs['src'] ?? '') || (/^application\/(?:ld\+)?json$/.test(node.attribs['type'] ?? '') && isJson(DomUtils.textContent(node)));
    const isElsewhere = node.attribs['http-equiv'] !== undefined || node.attribs['href']?.startsWith('//') === true;
    const isOdd = isElsewhere || /^(?:iframe|object|embed|svg|math|style|base|video|audio|source|marquee|template|noscript|xmp|frame\w*|applet|portal|x)$/.test(node.name);
    return [...found, ...(isOurs ? [] : [`script ${JSON.stringify(node.attribs)}`]), ...(isOdd ? [node.name] : [])];
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test(`none of ${payloads.length} hostile texts is active on any page, in any field`, async () => {
  expect(vectors.filter((vector) => dangers(vector).length > 0).length).toBeGreaterThan(25);
  const site = await emptySite();
  const editor = await signIn(site, (await makeEditor(site, { role: 'administrator', name: '<b onclick=x>"Ada"' })).email);
  const perArticle = 100;
  for (let first = 0; first < payloads.length; first += perArticle) {
    const batch = payloads.slice(first, first + perArticle);
    const short = batch.filter((payload) => payload.length < 90).map((payload) => payload.replaceAll(/[\n\u000c]/g, ' '));
    const form: Record<string, string> = {
      ...readForm((await editor.get('/admin/articles/new')).text),
      title: `${batch[0]?.slice(0, 200)} title ${first}`,
      standfirst: batch.slice(1, 8).join(' ').slice(0, 1000),
      summary: batch.slice(8, 24).join(' ').slice(0, 2000),
      theme: short[0] ?? 'World',
      topics: short.slice(1, 50).join('\n'),
      authors: short.slice(50, 100).join('\n'),
      body: batch.join('\n\n'),
    };
    const uid = form['uid'] ?? '';
    const faulty = await send(editor, uid, 'publication', { ...form, slug: batch[1] ?? '', language: batch[2] ?? '', publishedAt: batch[3] ?? '', offset: batch[4] ?? '', base: batch[5] ?? '' });
    expect(faulty.status).toBe(422);
    expect(dangers(faulty.text)).toEqual([]);
    const published = await send(editor, uid, 'publication', form);
    expect(problemsOf(published.text)).toEqual([]);
    const path = published.headers['location']?.replace(/\?.*/, '') ?? '';
    const slug = (await site.context.db.reader.selectFrom('article').select('slug').where('uid', '=', uid).executeTakeFirstOrThrow()).slug ?? '';
    for (const page of [path, `/articles/${slug}`]) expect(dangers((await request(site.app).get(page).set('Cookie', editor.cookie)).text), page).toEqual([]);
    if (first % 2500 > 0) continue;

    await send(editor, uid, 'draft', { ...form, body: batch.toReversed().join('\n\n'), base: '2' });
    await editor.post(`${path}/withdrawal`, { reason: batch.join(' ').slice(0, 500) });
    const preview = (await send(editor, uid, 'previews', form)).headers['location'] ?? '';
    const query = new URLSearchParams({ q: batch[6] ?? '', done: batch[7] ?? '', status: batch[8] ?? '', theme: batch[9] ?? '' });
    for (const page of [path, preview, `/articles/${slug}`, `${path}/revisions`, `${path}/comparison?from=1&to=2`, `/admin/articles?${query}`, '/admin/articles', '/admin/audit-log', '/admin/account', '/', '/rss.xml']) {
      const { status, text: html } = await request(site.app).get(page).set('Cookie', editor.cookie);
      expect(status, page).toBeLessThan(500);
      if (!page.endsWith('.xml')) expect(dangers(html), page).toEqual([]);
    }
  }
}, 240_000);

function hostileForm(batch: string[]): Record<string, string> {
  const [one = '', other = ''] = batch;
  return { title: one, standfirst: batch.slice(0, 10).join(' '), summary: batch.slice(10, 20).join(' '), body: batch.join('\n\n'), theme: other, topics: batch.slice(20, 40).join('\n'), authors: batch.slice(40, 60).join('\n'), language: one, publishedAt: other, offset: one, slug: other };
}

test('hostile texts are inert on the pages of conflicts, of sign-in with a carried text, and of confirmations and refusals', async () => {
  const site = await emptySite();
  const ada = await signIn(site, (await makeEditor(site, { role: 'editor', name: '"><img src=x onerror=alert(1)>' })).email);
  const ben = await signIn(site, (await makeEditor(site, { role: 'editor', name: "<script>alert('Ben')</script>" })).email);
  const { email } = await makeEditor(site, { role: 'contributor' });
  const others = await write(ada, 'draft');
  for (let first = 0; first < payloads.length; first += 600) {
    const batch = payloads.slice(first, first + 60);
    const [reason = '', name = ''] = [batch.join(' ').slice(0, 501), batch.find((payload) => !payload.includes('\n')) ?? ''];
    const id = await write(ada, 'draft');
    const form = readForm((await ada.get(`/admin/articles/${id}`)).text);
    // Fields that are validated get valid values, or the form would be refused.
    const valid = { ...form, ...hostileForm(batch), title: `${batch[0]?.slice(0, 200)}`, standfirst: batch[1]?.slice(0, 900) ?? '', summary: '', theme: batch[2]?.slice(0, 90) ?? '', topics: '', authors: '', language: 'en', publishedAt: '', offset: '', slug: '' };
    expect((await send(ada, id, 'draft', valid)).status).toBe(303);
    const conflict = await send(ben, id, 'draft', { ...valid, body: batch.toReversed().join('\n\n'), title: batch[3]?.slice(0, 200) ?? '', theme: batch[4]?.slice(0, 90) ?? '' });
    expect(conflict.status).toBe(409);
    const signedOut = await send(browser(site), id, 'draft', { ...form, ...hostileForm(batch), [name]: name, uid: name });
    expect(signedOut.status).toBe(401);
    const carried = { ...hostileForm(batch), [name]: name, next: `/admin/articles/${others}/draft`, uid: name };
    const pages = [
      conflict,
      signedOut,
      await browser(site).post('/admin/sign-in', { ...carried, email: name, password: name, next: name }),
      await browser(site).post('/admin/sign-in', { ...carried, email, password }),
      await ben.get(`/admin/articles/${id}?revision=${first}&joined=1&done=${encodeURIComponent(name)}`),
      await ben.get(`/admin/articles/${id}/deletion`),
      await ben.post(`/admin/articles/${id}/withdrawal`, { reason }),
      await ben.get(`/admin/articles/${encodeURIComponent(name)}`),
      await browser(site).get(`/admin/sign-in?next=${encodeURIComponent(`/admin/articles?q=${name}`)}`),
      await browser(site).get(`/admin/set-up/${encodeURIComponent(name)}`),
      await browser(site).get(`/previews/${encodeURIComponent(name)}`),
    ];
    for (const { status, text: html } of pages) {
      expect(status).toBeLessThan(500);
      expect(dangers(html)).toEqual([]);
    }
  }
}, 120_000);

test('the title element of a page contains only text', async () => {
  const site = await emptySite();
  const editor = await signIn(site, (await makeEditor(site, { role: 'editor' })).email);
  for (const vector of vectors) {
    const title = vector.replaceAll('\n', ' ').slice(0, 200);
    const id = await write(editor, 'publication', { title: `x ${title}`, slug: `title-${vectors.indexOf(vector)}` });
    for (const page of [`/admin/articles/${id}`, `/articles/title-${vectors.indexOf(vector)}`]) {
      const { text: html } = await request(site.app).get(page).set('Cookie', editor.cookie);
      const [head = ''] = html.split('</head>');
      const heads = parseDocument(`${head}</head>`);
      expect(DomUtils.getElementsByTagName('title', heads.children, true).flatMap((element) => element.children.map(({ type }) => type)), page).toEqual(['text']);
      expect(dangers(html), page).toEqual([]);
    }
  }
});
