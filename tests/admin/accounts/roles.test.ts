import request from 'supertest';
import { beforeAll, expect, test } from 'vitest';
import type { AdminRoute } from '../../../src/admin/action.ts';
import { routes } from '../../../src/admin/routes.ts';
import { saveStaticPage } from '../../../src/storage/pages/edit-static-pages.ts';
import { makeEditor, browser, signIn, type Browser } from '../../support/admin.ts';
import { change, write } from '../../support/article-form.ts';
import { shortOrLong } from '../../support/long.ts';
import { storePicture } from '../../support/pictures.ts';
import { makeStoryline } from '../../support/storylines.ts';
import { copiesOf, dumpDatabase, type TestSite } from '../../support/test-site.ts';

// Who may use a route: nobody (not signed in), somebody whose session has expired, a contributor with a colleague's
// article and picture (other), their own published article and their own picture (out) or their own draft (own), an editor, an administrator.
const everybody = 'nobody expired other out own editor administrator';
const signedIn = 'other out own editor administrator';
const writers = 'own editor administrator';
const publishers = 'editor administrator';
const pictureEditors = 'out own editor administrator';

const expected: Record<string, string> = {
  'get /admin': everybody,
  'get /admin/sign-in': everybody,
  'post /admin/sign-in': everybody,
  'get /admin/forgotten-password': everybody,
  'post /admin/forgotten-password': everybody,
  'get /admin/set-up/:token': everybody,
  'post /admin/set-up/:token': everybody,
  'post /admin/sign-out': signedIn,
  'get /admin/account': signedIn,
  'post /admin/account/password': signedIn,
  'post /admin/account/sessions': signedIn,
  'get /admin/sign-in/second-step': everybody,
  'post /admin/sign-in/second-step': everybody,
  'post /admin/sign-in/passkey': everybody,
  'post /admin/sign-in/passkey-options': everybody,
  'get /admin/account/totp': signedIn,
  'post /admin/account/totp': signedIn,
  'get /admin/account/totp/removal': signedIn,
  'post /admin/account/totp/removal': signedIn,
  'get /admin/account/recovery-codes': signedIn,
  'post /admin/account/recovery-codes': signedIn,
  'get /admin/account/passkeys/new': signedIn,
  'post /admin/account/passkeys/options': signedIn,
  'post /admin/account/passkeys': signedIn,
  'get /admin/account/passkeys/:passkey/removal': signedIn,
  'post /admin/account/passkeys/:passkey/removal': signedIn,
  'get /admin/audit-log': 'administrator',
  'get /admin/editors': 'administrator',
  'post /admin/editors': 'administrator',
  'get /admin/editors/:editor': 'administrator',
  'post /admin/editors/:editor/details': 'administrator',
  'post /admin/editors/:editor/link': 'administrator',
  'post /admin/editors/:editor/sign-out': 'administrator',
  'post /admin/editors/:editor/second-factor-removal': 'administrator',
  'post /admin/editors/:editor/disable': 'administrator',
  'post /admin/editors/:editor/enable': 'administrator',
  'get /admin/pictures': signedIn,
  'post /admin/pictures': signedIn,
  'get /admin/pictures/:id': signedIn,
  'post /admin/pictures/:id/details': pictureEditors,
  'get /admin/pictures/:id/deletion': pictureEditors,
  'post /admin/pictures/:id/deletion': pictureEditors,
  'get /admin/pages': publishers,
  'post /admin/pages': publishers,
  'get /admin/pages/new': publishers,
  'post /admin/page-previews': publishers,
  'get /admin/pages/:page': publishers,
  'post /admin/pages/:page/text': publishers,
  'post /admin/pages/:page/order': publishers,
  'get /admin/pages/:page/revisions': publishers,
  'get /admin/pages/:page/comparison': publishers,
  'post /admin/pages/:page/restoration': publishers,
  'get /admin/pages/:page/deletion': publishers,
  'post /admin/pages/:page/deletion': publishers,
  'get /admin/settings': 'administrator',
  'post /admin/settings': 'administrator',
  'get /admin/articles': signedIn,
  'get /admin/bulk/theme': publishers,
  'post /admin/bulk/theme': publishers,
  'get /admin/bulk/withdrawal': publishers,
  'post /admin/bulk/withdrawal': publishers,
  'get /admin/articles/new': signedIn,
  'get /admin/articles/:id': writers,
  'post /admin/articles/:id/draft': writers,
  'post /admin/articles/:id/submission': writers,
  'post /admin/articles/:id/return': publishers,
  'post /admin/articles/:id/publication': publishers,
  'post /admin/articles/:id/schedule': publishers,
  'post /admin/articles/:id/autosave': writers,
  'get /admin/articles/:id/previews': writers,
  'post /admin/articles/:id/previews': writers,
  'post /admin/articles/:id/preview-end': writers,
  'post /admin/articles/:id/presence': writers,
  'post /admin/articles/:id/discard': writers,
  'post /admin/articles/:id/resolution': writers,
  'post /admin/articles/:id/restoration': writers,
  'post /admin/articles/:id/recall': writers,
  'get /admin/articles/:id/withdrawal': publishers,
  'post /admin/articles/:id/withdrawal': publishers,
  'post /admin/articles/:id/reinstatement': publishers,
  'get /admin/articles/:id/corrections': publishers,
  'post /admin/articles/:id/corrections': publishers,
  'get /admin/articles/:id/deletion': writers,
  'post /admin/articles/:id/deletion': writers,
  'get /admin/articles/:id/revisions': writers,
  'get /admin/articles/:id/comparison': writers,
  'get /admin/articles/:id/storyline': publishers,
  'post /admin/articles/:id/move': publishers,
  'post /admin/articles/:id/new-storyline': publishers,
  'get /admin/articles/:id/related': publishers,
  'post /admin/articles/:id/related': publishers,
  'get /admin/storylines/:storyline': publishers,
  'post /admin/storylines/:storyline/name': publishers,
  'post /admin/storylines/:storyline/join': publishers,
  'post /admin/storylines/:storyline/split': publishers,
  'get /admin/themes': publishers,
  'post /admin/themes': publishers,
  'get /admin/themes/:theme': publishers,
  'post /admin/themes/:theme/details': publishers,
  'post /admin/themes/:theme/place': publishers,
  'get /admin/themes/:theme/merge': publishers,
  'post /admin/themes/:theme/merge': publishers,
  'get /admin/themes/:theme/deletion': publishers,
  'post /admin/themes/:theme/deletion': publishers,
  'get /admin/topics': publishers,
  'get /admin/topics/suggestions': signedIn,
  'get /admin/topics/unused': publishers,
  'post /admin/topics/unused': publishers,
  'get /admin/topics/:topic': publishers,
  'post /admin/topics/:topic/name': publishers,
  'get /admin/topics/:topic/merge': publishers,
  'post /admin/topics/:topic/merge': publishers,
  'get /admin/topics/:topic/deletion': publishers,
  'post /admin/topics/:topic/deletion': publishers,
  'get /admin/authors': publishers,
  'get /admin/authors/suggestions': signedIn,
  'get /admin/authors/:author': publishers,
  'post /admin/authors/:author/details': publishers,
  'get /admin/authors/:author/merge': publishers,
  'post /admin/authors/:author/merge': publishers,
};

const day = 24 * 3_600_000;

/** A person's browser, and the article and the picture whose pages they request. */
interface Visitor {
  browser: Browser;
  article: number;
  picture: number;
}

beforeAll(() => {
  expect(new Set(Object.keys(expected))).toEqual(new Set(routes.map(({ method, path }) => `${method} ${path}`)));
});

const openCopy = copiesOf(async (site) => {
  const people = { administrator: await makeEditor(site, { role: 'administrator' }), editor: await makeEditor(site, { role: 'editor' }), contributor: await makeEditor(site, { role: 'contributor' }), colleague: await makeEditor(site, { role: 'contributor' }) };
  const as = (person: { email: string }) => signIn(site, person.email);
  const expired = await as(people.administrator);
  site.time.now += 4 * day;
  const [editor, contributor] = [await as(people.editor), await as(people.contributor)];
  const own = await write(contributor, 'draft');
  await makeStoryline(site, [own]);
  await saveStaticPage(site.context.db, { path: 'about', title: 'About', body: '1', bodyHtml: '<p>1</p>', markupVersion: 1 }, site.time.now);
  const out = await write(contributor, 'draft');
  await change(editor, out, 'publication');
  const picture = async (ownerId: number) => storePicture(site, { width: 30, height: 20, ownerId });
  const [theirs, colleagues] = [await picture(people.contributor.id), await picture(people.colleague.id)];
  return {
    nobody: { cookie: '', article: own, picture: theirs },
    expired: { cookie: expired.cookie, article: own, picture: theirs },
    other: { cookie: (await as(people.contributor)).cookie, article: await write(await as(people.colleague), 'draft'), picture: colleagues },
    out: { cookie: (await as(people.contributor)).cookie, article: out, picture: theirs },
    own: { cookie: contributor.cookie, article: own, picture: theirs },
    editor: { cookie: editor.cookie, article: own, picture: theirs },
    administrator: { cookie: (await as(people.administrator)).cookie, article: own, picture: theirs },
  };
});

async function openNewsroom(): Promise<{ site: TestSite; visitors: Record<keyof Awaited<ReturnType<typeof openCopy>>['made'], Visitor> }> {
  const { site, made } = await openCopy();
  const visitor = ({ cookie, article, picture }: (typeof made)['nobody']) => ({ browser: browser(site, cookie), article, picture });
  return { site, visitors: { nobody: visitor(made.nobody), expired: visitor(made.expired), other: visitor(made.other), out: visitor(made.out), own: visitor(made.own), editor: visitor(made.editor), administrator: visitor(made.administrator) } };
}

function addressFor(path: string, { article, picture }: Visitor): string {
  return path.replace(':id', String(path.startsWith('/admin/pictures') ? picture : article)).replace(/:(?:token|passkey)\b/, 'none').replace(/:(?:storyline|theme|topic|author|editor|page)\b/, '1');
}

/** Whether a response is a refusal: 401, 403 or a redirect to the sign-in form. */
function isRefused({ status, headers }: { status: number; headers: Record<string, string> }): boolean {
  return status === 401 || status === 403 || headers['location']?.startsWith('/admin/sign-in?next') === true;
}

/** The names of those whom a route lets through. */
async function allowedTo({ method, path }: AdminRoute, visitors: Record<string, Visitor>): Promise<string> {
  const allowed: string[] = [];
  for (const [name, visitor] of Object.entries(visitors)) {
    const address = addressFor(path, visitor);
    const answer = method === 'get' ? await visitor.browser.get(address) : await visitor.browser.post(address, { id: '999' });
    expect(answer.status, `${name} at ${address}`).toBeLessThan(500);
    if (!isRefused(answer)) allowed.push(name);
  }
  return allowed.join(' ');
}

test('each page of the newsroom is served to the roles in the table and refused to all others', async () => {
  const { visitors } = await openNewsroom();
  for (const route of routes.filter(({ method }) => method === 'get')) expect(await allowedTo(route, visitors), route.path).toBe(expected[`get ${route.path}`]);
});

// Each request changes something, so each route gets its own newsroom.
test.each(routes.filter(({ method }) => method !== 'get'))('$method $path is allowed for the roles in the table and refused to all others', async (route) => {
  expect(await allowedTo(route, (await openNewsroom()).visitors)).toBe(expected[`${route.method} ${route.path}`]);
});

test('each address answers 405 to methods that it does not support, and lists those it does', async () => {
  const { site, visitors: { administrator } } = await openNewsroom();
  for (const path of new Set(routes.map((route) => route.path))) {
    const address = addressFor(path, administrator);
    const known = routes.filter((route) => route.path === path).map(({ method }) => method.toUpperCase());
    for (const method of ['post', 'put', 'patch', 'delete'] as const) {
      if (known.includes(method.toUpperCase())) continue;
      const { status, headers } = await request(site.app)[method](address).set({ 'Cookie': administrator.browser.cookie, 'Sec-Fetch-Site': 'same-origin' });
      expect([status, headers['allow']], `${method} ${address}`).toEqual([405, known.join(', ')]);
    }
  }
});

test('an address that only accepts a form leads to the page of the form when a browser requests it, for example again after signing in', async () => {
  const { site, visitors: { administrator } } = await openNewsroom();
  const pages = new Set(routes.filter(({ method }) => method === 'get').map(({ path }) => path));
  const patterns = [...pages].map((path) => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`));
  for (const path of new Set(routes.map((route) => route.path)).difference(pages)) {
    const address = addressFor(path, administrator);
    for (const visitor of [administrator.browser, browser(site)]) {
      const { status, headers } = await visitor.get(address);
      expect([status, patterns.some((pattern) => pattern.test(headers['location'] ?? ''))], `${address} leads to ${headers['location']}`).toEqual([303, true]);
    }
  }
});

test('no GET or HEAD request changes the database', async () => {
  const { site, visitors } = await openNewsroom();
  const before = await dumpDatabase(site);
  const queries = ['', '?revision=1&joined=1&done=draft', '?from=1&to=1', '?reason=Wrong.&title=Other&q=x&status=draft'];
  for (const [index, { path }] of routes.filter(({ method }) => method === 'get').entries()) {
    for (const [turn, visitor] of Object.values(visitors).entries()) {
      const address = addressFor(path, visitor);
      // In the short form, each route gets each query from some of the visitors.
      const query = queries[(index + turn) % queries.length] ?? '';
      for (const sent of shortOrLong([query], queries)) await visitor.browser.get(address + sent);
      await request(site.app).head(address).set('Cookie', visitor.browser.cookie);
    }
  }
  expect(await dumpDatabase(site)).toBe(before);
});
