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

/** Signs in with the given headers, which tell the server where the form came from. */
async function statusOf({ app }: TestSite, headers: Record<string, string>): Promise<number> {
  return (await request(app).post('/admin/sign-in').set(headers).type('form').send({ email, password })).status;
}

test('a form from the site’s own pages is accepted', async () => {
  const site = await siteWithAna();
  expect(await statusOf(site, { 'Sec-Fetch-Site': 'same-origin' })).toBe(303);
  expect(await statusOf(site, { 'Sec-Fetch-Site': 'same-origin', Origin: 'null' })).toBe(303);
});

test.each(['cross-site', 'same-site', 'none', ''])('a form with Sec-Fetch-Site “%s” is refused, even with the site’s own Origin', async (site) => {
  expect(await statusOf(await siteWithAna(), { 'Sec-Fetch-Site': site, Origin: 'https://news.example' })).toBe(403);
});

test('without Sec-Fetch-Site, the Origin must be the site’s own or match the Host', async () => {
  const site = await siteWithAna();
  expect(await statusOf(site, { Origin: 'https://news.example' })).toBe(303);
  expect(await statusOf(site, { Origin: 'http://192.168.1.10:3000', Host: '192.168.1.10:3000' })).toBe(303);
  expect(await statusOf(site, { Origin: 'https://192.168.1.10:3000', Host: '192.168.1.10:3000' })).toBe(403);
  for (const origin of ['https://evil.example', 'https://news.example.evil.example', 'http://news.example', 'https://news.example:8443', 'null', 'nonsense', '']) expect(await statusOf(site, { Origin: origin }), origin).toBe(403);
});

test('a form without Sec-Fetch-Site and Origin is refused', async () => {
  expect(await statusOf(await siteWithAna(), {})).toBe(403);
});

test('a refused form changes nothing, even with a session', async () => {
  const site = await siteWithAna();
  const ana = await signIn(site, email);
  for (const path of ['/admin/sign-out', '/admin/account/sessions']) {
    const { status, text: html } = await ana.post(path).set('Sec-Fetch-Site', 'cross-site');
    expect(status).toBe(403);
    expect(html).toContain('This request did not come from a page of this site.');
  }
  expect((await ana.get('/admin/account')).status).toBe(200);
});

test('a link on another site opens a page', async () => {
  const ana = await signIn(await siteWithAna(), email);
  expect((await ana.get('/admin/account').set('Sec-Fetch-Site', 'cross-site')).status).toBe(200);
});
