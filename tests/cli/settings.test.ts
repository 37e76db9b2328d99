import { expect, test } from 'vitest';
import { changeSetting } from '../../src/cli/settings.ts';
import { saveStaticPageText } from '../../src/cli/static-page-text.ts';
import { en } from '../../src/messages/en.ts';
import { Languages } from '../../src/messages/languages.ts';
import { storePicture } from '../support/pictures.ts';
import { prepare, rows, run, runInOwnProcess, file } from '../support/program.ts';
import { addArticle, emptySite, serveEmptySite, stored, temporaryFolder } from '../support/test-site.ts';

const done = { code: 0, stdout: '', stderr: '' };

test('settings without arguments lists all settings with their values, and the static pages', async () => {
  const folder = await temporaryFolder();
  await prepare(folder, ['settings', 'set', 'page:about', '---\ntitle: About us\n---\nWe are.\n']);
  expect((await run(folder, ['settings'])).stdout.split('\n').map((line) => line.trimEnd())).toEqual([
    'name                 Broadsheet',
    'tagline',
    'description',
    'language             en-GB',
    'zone                 UTC',
    'copyright',
    'followUs             []',
    'sharePicture',
    'smartTypography      false',
    'publicHistory        true',
    'secondFactorRequired false',
    'page:about  About us',
    '',
  ]);
});

test('each setting can be set, is normalised, and can be read again', async () => {
  const folder = await temporaryFolder();
  const values: [name: string, value: string, stored: string][] = [
    ['name', '  The  Example ', 'The Example'],
    ['tagline', '--- news ---', '--- news ---'],
    ['description', 'What it is', 'What it is'],
    ['language', 'RO', 'ro'],
    ['zone', 'Europe/Bucharest', 'Europe/Bucharest'],
    ['copyright', '© 2025 Example', '© 2025 Example'],
    ['followUs', '[{"name": "Mastodon", "url": "https://social.example/@us"}]', '[{"name":"Mastodon","url":"https://social.example/@us"}]'],
    ['sharePicture', '', ''],
    ['smartTypography', 'true', 'true'],
    ['publicHistory', 'false', 'false'],
    ['secondFactorRequired', 'true', 'true'],
  ];
  for (const [name, value] of values) expect(await run(folder, ['settings', 'set', name, value])).toEqual(done);
  expect((await run(folder, ['settings'])).stdout).toBe(values.map(([name, , stored]) => `${name.padEnd(20)} ${stored}\n`).join(''));
  expect(await run(folder, ['settings', 'get', 'name'])).toEqual({ code: 0, stdout: 'The Example\n', stderr: '' });
  expect((await run(folder, ['settings', 'get', 'followUs'])).stdout).toBe('[{"name":"Mastodon","url":"https://social.example/@us"}]\n');
});

test('the value “-” is read from standard input', async () => {
  const folder = await temporaryFolder();
  expect(await runInOwnProcess(folder, ['settings', 'set', 'zone', '-'], { input: 'Europe/Bucharest\n' })).toEqual(done);
  expect((await run(folder, ['settings', 'get', 'zone'])).stdout).toBe('Europe/Bucharest\n');
});

test('an invalid value fails with a one-line message that names the setting, and changes nothing', async () => {
  const folder = await temporaryFolder();
  const cases: [name: string, value: string, problem: string | RegExp][] = [
    ['name', '', /^name: .+\n$/],
    ['name', 'x'.repeat(81), /^name: .+\n$/],
    ['language', 'english, mostly', 'language: “english, mostly” is not a language tag. Use a tag such as en-GB.\n'],
    ['zone', 'Mars/Base', 'zone: “Mars/Base” is not a time zone. Use a name such as Europe/Bucharest.\n'],
    ['followUs', 'Mastodon', 'followUs: expected JSON, such as [{"name": "Mastodon", "url": "https://social.example/@us"}].\n'],
    ['followUs', '[{"name": "Mastodon", "url": "javascript:alert(1)"}]', 'followUs: entry 1: url: This is not a web address. Use one such as https://example.org.\n'],
    ['sharePicture', 'sunset', 'sharePicture: Enter the number of a picture in the library.\n'],
    ['sharePicture', '7', 'sharePicture: There is no picture 7 in the library. Choose another one.\n'],
    ['smartTypography', 'yes', 'smartTypography: expected JSON, such as true.\n'],
  ];
  const ends = await Promise.all(cases.map(([name, value]) => run(folder, ['settings', 'set', name, value])));
  expect(ends).toEqual(cases.map(([, , problem]) => ({ code: 1, stdout: '', stderr: typeof problem === 'string' ? problem : expect.stringMatching(problem) })));
  expect(rows(folder, 'select name from setting')).toEqual([]);
});

test('an unknown setting fails with a one-line message that lists the settings', async () => {
  const folder = await temporaryFolder();
  const line = (name: string) => `“${name}” is not a setting. The settings are name, tagline, description, language, zone, copyright, followUs, sharePicture, smartTypography, publicHistory, secondFactorRequired, and page:PATH for static pages.\n`;
  const ends = await Promise.all([['get', 'toString'], ['get', 'colour'], ['set', 'colour', 'red']].map((args) => run(folder, ['settings', ...args])));
  expect(ends).toEqual(['toString', 'colour', 'colour'].map((name) => ({ code: 1, stdout: '', stderr: line(name) })));
});

test('invalid arguments of settings print the usage', async () => {
  const folder = await temporaryFolder();
  const ends = await Promise.all([['get'], ['set', 'name'], ['set', 'name', 'Two', 'words'], ['--all']].map((args) => run(folder, ['settings', ...args])));
  expect(ends).toEqual(Array.from({ length: 4 }, () => ({ code: 1, stdout: '', stderr: 'Usage: npx broadsheet settings [get NAME | set NAME VALUE]\n' })));
});

test('a static page is set from standard input, read back unchanged, shown at its path, and removed by an empty value', async () => {
  const { folder, url } = await serveEmptySite();
  const text = '---\ntitle: "Corrections: how"\n---\n\nWe *correct*.\n';
  expect(await run(folder, ['settings', 'set', 'page:policies/corrections', '-'], { input: text })).toEqual(done);
  expect((await run(folder, ['settings', 'get', 'page:policies/corrections'])).stdout).toBe(text);
  expect(await (await fetch(`${url}/policies/corrections`)).text()).toContain('<p>We <em>correct</em>.</p>');

  expect(await run(folder, ['settings', 'set', 'page:policies/corrections', ''])).toEqual(done);
  expect((await fetch(`${url}/policies/corrections`)).status).toBe(404);
  const notFound = { code: 1, stdout: '', stderr: 'There is no static page page:policies/corrections. Run “npx broadsheet settings” for a list.\n' };
  expect(await run(folder, ['settings', 'get', 'page:policies/corrections'])).toEqual(notFound);
  expect(await run(folder, ['settings', 'set', 'page:policies/corrections', ''])).toEqual(notFound);
});

test('a static page with an invalid path, or without a title, fails with a one-line message', async () => {
  const folder = await temporaryFolder();
  const page = '---\ntitle: About\n---\nText\n';
  const badPath = (path: string) => `“${path}” can't be the path of a static page. Expected lower-case words such as about or policies/corrections, and none of the site's own paths.\n`;
  const cases: [name: string, value: string, problem: string][] = [
    ['page:articles/one', page, badPath('articles/one')],
    ['page:../about', page, badPath('../about')],
    ['page:', page, badPath('')],
    ['page:about', 'Text', 'page:about, line 1: There is no front matter. Begin with a line “---”, then keys with values, then another line “---”.\n'],
    ['page:about', '---\nname: About\n---\n', 'page:about: title: A title is required.\n'],
  ];
  const ends = await Promise.all(cases.map(([name, value]) => run(folder, ['settings', 'set', name, value])));
  expect(ends).toEqual(cases.map(([, , problem]) => ({ code: 1, stdout: '', stderr: problem })));
  expect(rows(folder, 'select path from static_page')).toEqual([]);
});

test('turning smartTypography on renders the stored bodies again, and turning it off restores them', async () => {
  const folder = await temporaryFolder();
  await prepare(folder, ['import', await file(folder, 'a.md', '---\ntitle: Quotes\n---\n"So"\n')]);
  await prepare(folder, ['settings', 'set', 'page:about', '---\ntitle: About\n---\n"We"\n']);
  const bodies = () => rows(folder, 'select body_html from article union all select body_html from static_page').map((row) => Object.values(row ?? {})[0]);
  const straight = bodies();
  await prepare(folder, ['settings', 'set', 'smartTypography', 'true']);
  expect(bodies()).toEqual(['<p>“So”</p>', '<p>“We”</p>']);
  await prepare(folder, ['settings', 'set', 'smartTypography', 'false']);
  expect(bodies()).toEqual(straight);
});

test('changing the site’s language renders the stored bodies again with its texts, if there is a translation', async () => {
  const german = { ...en, body: { ...en.body, notes: 'Anmerkungen', backToReference: 'Zurück zu Verweis {number}', table: 'Tabelle' } };
  const site = await emptySite({}, { languages: new Languages({ de: german }) });
  await addArticle(site, { body: 'Fact[^1].\n\n[^1]: Source.' });
  await saveStaticPageText(site.context, 'about', '---\ntitle: About\n---\n|We|\n|-|\n');
  const bodies = async () => (await stored(site, 'select body_html from article union all select body_html from static_page')).map(({ body_html: html }) => html);
  const english = await bodies();
  expect(english).toEqual([expect.stringContaining('aria-label="Back to reference 1"'), expect.stringContaining('aria-label="Table"')]);

  await changeSetting(site.context, 'language', 'de-AT');
  expect(await bodies()).toEqual([expect.stringMatching(/>Anmerkungen<.*aria-label="Zurück zu Verweis 1"/s), expect.stringContaining('aria-label="Tabelle"')]);
  expect(await stored(site, 'select body_text from article')).toEqual([{ body_text: 'Fact.\nAnmerkungen\nSource.' }]);
  await changeSetting(site.context, 'language', 'fr');
  expect(await bodies()).toEqual(english);
});

test('a changed setting shows at the next request to the running site', async () => {
  const { folder, url } = await serveEmptySite();
  await prepare(folder, ['settings', 'set', 'name', 'The Next Request']);
  expect(await (await fetch(url)).text()).toContain('The Next Request');
});

test('a share picture must be large enough for link previews', async () => {
  const site = await emptySite();
  const [thin, flat, least] = [await storePicture(site, { width: 2, height: 2560 }), await storePicture(site, { width: 300, height: 156 }), await storePicture(site, { width: 300, height: 157 })];
  await expect(changeSetting(site.context, 'sharePicture', String(thin))).rejects.toThrow(`sharePicture: Picture ${thin} has 2 × 2560 pixels. Link previews need at least 300 × 157, and look best from 1200 × 630. Choose a larger picture.`);
  await expect(changeSetting(site.context, 'sharePicture', String(flat))).rejects.toThrow('300 × 156');
  await changeSetting(site.context, 'sharePicture', String(least));
  expect(await stored(site, "select value from setting where name = 'sharePicture'")).toEqual([{ value: `"${least}"` }]);
});
