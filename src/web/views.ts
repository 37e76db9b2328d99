import { readFileSync } from 'node:fs';
import path from 'node:path';
import ejs, { type Options, type TemplateFunction } from 'ejs';

// EJS's own include looks at the disk each time and copies its options too, which is a third of what a page costs.
const ourInclude = '<% include = (name, more) => page.include(name, more ? { ...page, ...more } : page); const once = (about, name, more) => page.once(about, name, () => include(name, more)); _%>';

/** The views of each folder by their names, compiled when they are first printed. */
const folders = new Map<string, Map<string, TemplateFunction>>();
/** What was printed once of objects that never change, by view. */
const printed = new WeakMap<object, Map<string, string>>();

/**
 * Express's view engine: prints an EJS view from one prepared object, `page`.
 *
 * Views have `include(name, more)`, and `once(about, name, more)` for what many pages show alike: it is printed the
 * first time, and then stays as it is for as long as the object that it is about. It must print nothing else.
 */
export function viewEngine(file: string, page: object, done: (error: unknown, text?: string) => void): void {
  const { dir, name } = path.parse(file);
  try {
    done(null, print(dir, name, page));
  } catch (error) {
    done(error);
  }
}

/** @param folder where the view is, and what it includes */
function print(folder: string, name: string, page: object): string {
  const views = folders.get(folder) ?? new Map<string, TemplateFunction>();
  folders.set(folder, views);
  const view = (wanted: string) => {
    const template = views.get(wanted) ?? compile(path.join(folder, `${wanted}.ejs`));
    views.set(wanted, template);
    return template;
  };
  return view(name)({ ...page, include: (included: string, data: object) => view(included)(data), once });
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
  return ejs.compile(ourInclude + readFileSync(file, 'utf8'), { ...options, filename: file, async: false, client: false });
}
