import { readFileSync } from 'node:fs';
import path from 'node:path';
import ejs, { type Options, type TemplateFunction } from 'ejs';

const templates = new Map<string, TemplateFunction>();
/** The output of memoized includes, by the object that they show and by view. */
const printed = new WeakMap<object, Map<string, string>>();

/**
 * Express's view engine: renders an EJS view from one prepared object, `page`. Views have `t(key, values)` and
 * `tHtml(key, values)`, which print the messages of `page.messages` as text and as HTML, `include(name, more)`, and
 * `once(about, name, more)`, an include that is memoized for the lifetime of the object `about` and must show nothing else.
 * Names are relative to the including view, without `.ejs`.
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

// `unsafePrototypeLocals` skips a copy per page, and is safe because `page` never comes from a request. EJS's types lack it.
const options: Options & { unsafePrototypeLocals: boolean } = { strict: true, localsName: 'page', rmWhitespace: true, unsafePrototypeLocals: true };

function compile(file: string): TemplateFunction {
  return ejs.compile(ourInclude(path.dirname(file)) + readFileSync(file, 'utf8'), { ...options, filename: file, async: false, client: false });
}

/** EJS's own include checks the file system and copies its options at each call, which is a third of the cost of a page. */
function ourInclude(folder: string): string {
  const file = `${JSON.stringify(`${folder}/`)} + name + '.ejs'`;
  return `<% include = (name, more) => page.print(${file}, more ? { ...page, ...more } : page); const once = (about, name, more) => page.once(about, name, () => include(name, more)); const { text: t, html: tHtml } = page.messages; _%>`;
}
