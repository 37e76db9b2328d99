import request from 'supertest';
import { expect, test } from 'vitest';
import { makeEditor, password, signIn } from '../support/admin.ts';
import { emptySite, type TestSite } from '../support/test-site.ts';

const email = 'ana@news.example';

async function siteWithAna(environment: Record<string, string> = {}): Promise<TestSite> {
  const site = await emptySite(environment);
  await makeEditor(site, { role: 'administrator', email });
  return site;
}

/** Posts the right e-mail and password with the headers that tell where the form is from. */
async function statusOf({ app }: TestSite, headers: Record<string, string>): Promise<number> {
  return (await request(app).post('/admin/sign-in').set(headers).type('form').send({ email, password })).status;
}

test('a form of the site’s own pages is taken', async () => {
  const site = await siteWithAna();
  expect(await statusOf(site, { 'Sec-Fetch-Site': 'same-origin' })).toBe(303);
  expect(await statusOf(site, { 'Sec-Fetch-Site': 'same-origin', Origin: 'null' })).toBe(303);
});

test.each(['cross-site', 'same-site', 'none', ''])('a form that the browser calls “%s” is refused, whatever its Origin', async (site) => {
  expect(await statusOf(await siteWithAna(), { 'Sec-Fetch-Site': site, Origin: 'https://news.example' })).toBe(403);
});

test('from a browser that does not say, the Origin counts: this site’s, or the host that was asked', async () => {
  const site = await siteWithAna();
  expect(await statusOf(site, { Origin: 'https://news.example' })).toBe(303);
  expect(await statusOf(site, { Origin: 'http://192.168.1.10:3000', Host: '192.168.1.10:3000' })).toBe(303);
  expect(await statusOf(site, { Origin: 'https://192.168.1.10:3000', Host: '192.168.1.10:3000' })).toBe(403);
  for (const origin of ['https://evil.example', 'https://news.example.evil.example', 'http://news.example', 'https://news.example:8443', 'null', 'nonsense', '']) expect(await statusOf(site, { Origin: origin }), origin).toBe(403);
});

test('a form that says neither is refused', async () => {
  expect(await statusOf(await siteWithAna(), {})).toBe(403);
});

test('a refused form does nothing, also with a session', async () => {
  const site = await siteWithAna();
  const ana = await signIn(site, email);
  for (const path of ['/admin/sign-out', '/admin/account/sessions']) {
    const { status, text: html } = await ana.post(path).set('Sec-Fetch-Site', 'cross-site');
    expect(status).toBe(403);
    expect(html).toContain('This request did not come from a page of this site.');
  }
  expect((await ana.get('/admin/account')).status).toBe(200);
});

test('a link from elsewhere opens a page', async () => {
  const ana = await signIn(await siteWithAna(), email);
  expect((await ana.get('/admin/account').set('Sec-Fetch-Site', 'cross-site')).status).toBe(200);
});
