import { readFileSync } from 'node:fs';
import path from 'node:path';
import ejs, { type Options, type TemplateFunction } from 'ejs';

/** Every view by its file, compiled when it is first printed. */
const templates = new Map<string, TemplateFunction>();
/** What was printed once of objects that never change, by view. */
const printed = new WeakMap<object, Map<string, string>>();

/**
 * Express's view engine: prints an EJS view from one prepared object, `page`.
 *
 * Views have `t(key, values)` and `tHtml(key, values)`, which print the messages of `page.messages` as text and as HTML,
 * `include(name, more)`, and `once(about, name, more)` for what many pages show alike: it is printed the
 * first time, and then stays as it is for as long as the object that it is about. It must print nothing else. Names
 * are relative to the view that includes, without `.ejs`.
 */
export function viewEngine(file: string, page: object, done: (error: unknown, text?: string) => void): void {
  try {
    done(null, print(file, { ...page, print, once }));
  } catch (error) {
    done(error);
  }
}

function print(file: string, page: object): string {
  const template = templates.get(file) ?? compile(file);
  templates.set(file, template);
  return template(page);
}

function once(about: object, name: string, print: () => string): string {
  const known = printed.get(about) ?? new Map<string, string>();
  printed.set(about, known);
  const text = known.get(name) ?? print();
  known.set(name, text);
  return text;
}

// EJS does not take its options from Express. Without `with` (strict), a view's one object is `page`. It is made by
// us, so that EJS need not copy it to keep its prototype away; EJS's types do not know that option yet.
const options: Options & { unsafePrototypeLocals: boolean } = { strict: true, localsName: 'page', rmWhitespace: true, unsafePrototypeLocals: true };

function compile(file: string): TemplateFunction {
  return ejs.compile(ourInclude(path.dirname(file)) + readFileSync(file, 'utf8'), { ...options, filename: file, async: false, client: false });
}

/** EJS's own include looks at the disk each time and copies its options too, which is a third of what a page costs. */
function ourInclude(folder: string): string {
  const file = `${JSON.stringify(`${folder}/`)} + name + '.ejs'`;
  return `<% include = (name, more) => page.print(${file}, more ? { ...page, ...more } : page); const once = (about, name, more) => page.once(about, name, () => include(name, more)); const { text: t, html: tHtml } = page.messages; _%>`;
}
