import ejs from 'ejs';

// EJS does not take its options from Express. Without `with` (strict), a view's one object is `page`.
const options = { cache: true, strict: true, localsName: 'page', rmWhitespace: true };

/** Express's view engine: prints an EJS view from one prepared object, `page`. */
export function viewEngine(file: string, page: object, done: (error: unknown, text?: string) => void): void {
  ejs.renderFile(file, page, options, done);
}
