import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import ejs, { type Options, type TemplateFunction } from 'ejs';

/** By the folder of the including view and the name in its `include`: joining them into a path takes about 3 % of the time of a list page. */
const templates = new Map<string, Map<string, TemplateFunction>>();
/** The text of every view by its file, from `readViews`. */
const sources = new Map<string, string>();
/** By file. */
const compiled = new Map<string, TemplateFunction>();
const memoizedIncludes = new WeakMap<object, Map<string, string>>();

/**
 * What Express renders views with. Views read everything from one object, `page`, and print messages with `t(key, values)`
 * as text and with `tHtml(key, values)` as HTML. `include` and `includeOnce` take the name of a view without `.ejs`,
 * relative to the including view. Express's own `View` would look for the file on disk.
 */
export class View {
  readonly path: string;

  constructor(name: string, { root }: { root: string }) {
    this.path = path.join(root, name);
  }

  render(page: object, done: (error: unknown, text?: string) => void): void {
    const { dir, base } = path.parse(this.path);
    try {
      done(null, renderView(dir, base, { ...page, renderView, memoize }));
    } catch (error) {
      done(error);
    }
  }
}

function renderView(folder: string, name: string, page: object): string {
  const template = templates.get(folder)?.get(name) ?? load(folder, name);
  return template(page);
}

function load(folder: string, name: string): TemplateFunction {
  const file = path.join(folder, `${name}.ejs`);
  const template = compiled.get(file) ?? compile(file);
  templates.set(folder, (templates.get(folder) ?? new Map<string, TemplateFunction>()).set(name, template));
  return template;
}

/** Reads all views of a folder, so that a running process needs no file of the version that replaces it. Each is compiled when it is first used. */
export async function readViews(folder: string): Promise<void> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ejs'));
  for (const file of names.map((name) => path.join(folder, name))) sources.set(file, await readFile(file, 'utf8'));
}

/**
 * `includeOnce(subject, name, more)` renders a view once for each `subject` object, which is therefore all that the view
 * may depend on: the footer for each `Site`, a list item for each `Teaser`. The texts are freed with their subject.
 * Without this, an article page takes 3 times as long to render.
 */
function memoize(subject: object, name: string, render: () => string): string {
  const texts = memoizedIncludes.get(subject) ?? new Map<string, string>();
  memoizedIncludes.set(subject, texts);
  const known = texts.get(name);
  if (known !== undefined) return known;
  const text = flatten(render());
  texts.set(name, text);
  return text;
}

/**
 * Copies a text into one piece. V8 stores the text of a view as a tree of the pieces that were appended, and walks the
 * whole tree each time that the text is encoded as a part of a page.
 */
function flatten(text: string): string {
  return Buffer.from(text).toString();
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };

/** Like EJS's own function, but three times as fast for the many texts without special characters. */
function escapeText(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = String(value);
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => entities[character] ?? character) : text;
}

// `unsafePrototypeLocals` skips a copy per page, and is safe because `page` never comes from a request. EJS's types lack it.
const options: Options & { unsafePrototypeLocals: boolean } = { escape: escapeText, strict: true, localsName: 'page', rmWhitespace: true, unsafePrototypeLocals: true };

function compile(file: string): TemplateFunction {
  const template = ejs.compile(preamble(path.dirname(file)) + (sources.get(file) ?? readFileSync(file, 'utf8')), { ...options, filename: file, async: false, client: false });
  compiled.set(file, template);
  return template;
}

/**
 * Defines the functions of a view. Our `include` replaces EJS's own, which checks the file system and copies its options
 * at each call: with it, an article page takes 3 times as long to render.
 */
function preamble(folder: string): string {
  return `<% include = (name, more) => page.renderView(${JSON.stringify(folder)}, name, more ? { ...page, ...more } : page); const includeOnce = (subject, name, more) => page.memoize(subject, name, () => include(name, more)); const { text: t, html: tHtml } = page.messages; _%>`;
}
