import { articleFields, type ArticleForm } from '../../src/content/articles/article-form.ts';
import type { Browser } from './admin.ts';
import { elements, text, within } from './html.ts';

/** The fields that a browser would send from the article form on a page. `theme` has the name of a new theme too. */
export function readForm(html: string): Record<string, string> {
  const inputs = elements(html, 'input').filter(({ attribs }) => attribs['type'] !== 'radio' && attribs['type'] !== 'checkbox');
  const values = inputs.map(({ attribs }) => [attribs['name'], attribs['value'] ?? ''] as const);
  const known = new Set<string>([...articleFields, 'uid', 'article', 'base']);
  const newTheme = values.find(([name, value]) => name === 'newTheme' && value !== '')?.[1];
  const themes = elements(html, 'select', { name: 'theme' }).map((select) => ['theme', newTheme ?? within(select, 'option').find(({ attribs }) => 'selected' in attribs)?.attribs['value'] ?? ''] as const);
  return Object.fromEntries([...values, ...readTextAreas(html), ...themes].flatMap(([name, value]) => (name !== undefined && known.has(name) ? [[name, value]] : [])));
}

/** The names and values of the text areas on a page. A line break right after the <textarea> tag is not part of the value (HTML, 13.1.2.5). */
export function readTextAreas(html: string): [name: string, value: string][] {
  return [...html.matchAll(/<textarea[^>]* name="([^"]+)"[^>]*>\n?([^<]*)<\/textarea>/g)].map(([, name = '', escaped = '']) => [name, unescape(escaped)]);
}

function unescape(html: string): string {
  return html.replace(/&#34;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}

/** Fills in the form for a new article and sends it to a resource such as `draft`. Returns the article's id. */
export async function write(editor: Browser, resource: string, fields: Partial<ArticleForm> = {}): Promise<number> {
  const form: Record<string, string> = { ...readForm((await editor.get('/admin/articles/new')).text), title: 'A Title', body: 'The text.', theme: 'World', ...fields };
  const answer = await send(editor, form['uid'] ?? '', resource, form);
  const [, id] = /^\/admin\/articles\/(\d+)/.exec(answer.headers['location'] ?? '') ?? [];
  if (answer.status !== 303 || id === undefined) throw new Error(`${resource} answered ${answer.status}: ${problemsOf(answer.text).join('; ')}`);
  return Number(id);
}

/** Opens an article's form, changes some fields, and sends it to a resource such as `publication`. */
export async function change(editor: Browser, id: number, resource: string, fields: Partial<ArticleForm> & { minor?: string; note?: string } = {}) {
  return send(editor, id, resource, { ...(await open(editor, id)), ...fields });
}

/** Opens an article's form. Returns its fields. */
export async function open(editor: Browser, id: number | string): Promise<Record<string, string>> {
  return readForm((await editor.get(`/admin/articles/${id}`)).text);
}

/** Sends a form without the last check before publishing, as “Publish anyway” does. */
export function send(editor: Browser, id: number | string, resource: string, form: Record<string, string>) {
  return editor.post(`/admin/articles/${id}/${resource}`, { checked: '1', ...form });
}

/** The list of problems at the top of a page. */
export function problemsOf(html: string): string[] {
  return elements(html, 'div', { class: 'problems' }).flatMap((list) => text(list));
}
