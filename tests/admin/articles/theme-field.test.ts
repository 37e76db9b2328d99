import { expect, test } from 'vitest';
import { makeEditor, signIn } from '../../support/admin.ts';
import { change, open, readForm, send, write } from '../../support/article-form.ts';
import { element, elements, text, within } from '../../support/html.ts';
import { addArticle, emptySite, type TestSite } from '../../support/test-site.ts';

async function newsroom() {
  const site = await emptySite();
  return { site, editor: await signIn(site, (await makeEditor(site, { role: 'editor' })).email) };
}

const options = (html: string) => within(element(html, 'select', { name: 'theme' }), 'option').map(text);
const themes = async (site: TestSite) => site.context.db.reader.selectFrom('theme').select('name').orderBy('id').execute();

test('the form offers all themes, first those of the navigation in its order, then the others by name, hidden ones too', async () => {
  const { site, editor } = await newsroom();
  for (const theme of ['World', 'Culture', 'Zoo', 'Business']) await addArticle(site, { theme });
  const { writer } = site.context.db;
  await writer.updateTable('theme').set({ position: 0 }).where('name', '=', 'Culture').execute();
  await writer.updateTable('theme').set({ is_hidden: 1 }).where('name', 'in', ['Zoo', 'Business']).execute();
  expect(options((await editor.get('/admin/articles/new')).text)).toEqual(['No theme yet', 'Culture', 'World', 'Business', 'Zoo']);
});

test('a new theme is typed below the select and takes precedence over it, and is one with an existing theme of the same name', async () => {
  const { site, editor } = await newsroom();
  await addArticle(site, { theme: 'World' });
  await addArticle(site, { theme: 'Health & Care' });
  const id = await write(editor, 'draft', { theme: 'World' });
  await send(editor, id, 'autosave', { ...(await open(editor, id)), newTheme: 'Coast' });
  const { text: html } = await editor.get(`/admin/articles/${id}?revision=2`);
  expect(options(html)).toEqual(['No theme yet', 'Coast (new)', 'World', 'Health & Care']);
  expect([readForm(html)['theme'], element(html, 'input', { name: 'newTheme' }).attribs['value']]).toEqual(['Coast', '']);
  expect((await send(editor, id, 'publication', { ...readForm(html), newTheme: 'health  & care' })).status).toBe(303);
  expect(await themes(site)).toEqual([{ name: 'World' }, { name: 'Health & Care' }]);
  expect(elements((await editor.get(`/admin/articles/${id}`)).text, 'option', { selected: '' }).map(text)).toEqual(['Health & Care']);
});

test('a draft keeps a theme as it was typed, and shows the theme that it means', async () => {
  const { site, editor } = await newsroom();
  await addArticle(site, { theme: 'World' });
  const id = await write(editor, 'draft', { theme: 'WORLD' });
  const { text: html } = await editor.get(`/admin/articles/${id}`);
  expect(options(html)).toEqual(['No theme yet', 'World']);
  expect(readForm(html)['theme']).toBe('WORLD');
});

test('a new theme that is refused comes back in its field', async () => {
  const { site, editor } = await newsroom();
  await addArticle(site, { theme: 'World' });
  const id = await write(editor, 'draft');
  const answer = await send(editor, id, 'draft', { ...(await open(editor, id)), newTheme: 'x'.repeat(101) });
  expect(answer.status).toBe(422);
  expect(element(answer.text, 'input', { name: 'newTheme' }).attribs).toMatchObject({ 'value': 'x'.repeat(101), 'aria-invalid': 'true' });
  expect(elements(answer.text, 'option', { selected: '' }).map(text)).toEqual(['No theme yet']);
});

test('from 200 themes on, the form has a text field with suggestions', async () => {
  const { site, editor } = await newsroom();
  const row = (n: number) => ({ id: n, slug: `theme-${n}`, name: `Theme ${n}`, name_key: `theme${n}`, feed_id: `urn:${n}` });
  await site.context.db.writer.insertInto('theme').values(Array.from({ length: 199 }, (_, n) => row(n + 1))).execute();
  expect(options((await editor.get('/admin/articles/new')).text)).toHaveLength(200);
  await site.context.db.writer.insertInto('theme').values(row(200)).execute();
  const id = await write(editor, 'draft', { theme: 'Theme 7' });
  const { text: html } = await editor.get(`/admin/articles/${id}`);
  expect(elements(html, 'select', { name: 'theme' })).toEqual([]);
  expect(element(html, 'input', { name: 'theme' }).attribs).toMatchObject({ value: 'Theme 7', list: 'theme_names' });
  expect((await change(editor, id, 'publication', { theme: 'theme 8' })).status).toBe(303);
  expect(await themes(site)).toHaveLength(200);
});
