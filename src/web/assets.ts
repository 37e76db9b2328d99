import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Asset {
  name: string;
  type: string;
  body: Buffer;
}

export interface Assets {
  style: Asset;
  script: Asset;
  adminStyle: Asset;
  adminScript: Asset;
}

const first = ['tokens.css', 'base.css'];
const last = ['print.css'];

/** Come first and outside of a block, so that the admin's other scripts can use their names. */
const sharedScripts = new Set(['describe-picture.js', 'dropped-files.js', 'edit-text.js', 'form-fields.js', 'form-problems.js', 'messages.js', 'pasted-links.js', 'text-blocks.js', 'uploads.js']);

const components = { MarkdownToolbar: '@github/markdown-toolbar-element', TurndownService: 'turndown/lib/turndown.browser.es.js' };

/** Concatenates the style sheets and scripts in the `public` folder into one bundle each for readers and for the admin. */
export async function loadAssets(folder: string): Promise<Assets> {
  const css = path.join(folder, 'css');
  const js = path.join(folder, 'js');
  const styles = await readParts(css);
  const shared = await readParts(css, (name) => first.includes(name));
  const scripts = await readParts(js);
  const [adminStyles, adminShared, adminScripts, componentScripts] = await Promise.all([
    readParts(path.join(css, 'admin')),
    readParts(path.join(js, 'admin'), (name) => sharedScripts.has(name)),
    readParts(path.join(js, 'admin'), (name) => !sharedScripts.has(name)),
    readComponents(),
  ]);
  return {
    style: asset('reader', 'css', styles.join('\n')),
    script: asset('reader', 'js', wrapInBlocks(scripts)),
    adminStyle: asset('admin', 'css', [...shared, ...adminStyles].join('\n')),
    adminScript: asset('admin', 'js', [...componentScripts, ...adminShared, wrapInBlocks(adminScripts)].join('\n')),
  };
}

async function readParts(folder: string, isWanted = (_name: string) => true): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => path.extname(name) !== '' && isWanted(name));
  const others = names.filter((name) => !first.includes(name) && !last.includes(name)).toSorted();
  const ordered = [...first, ...others, ...last].filter((name) => names.includes(name));
  return Promise.all(ordered.map((name) => readFile(path.join(folder, name), 'utf8')));
}

/** Wraps each component, a module with one default export and no imports, in a function that returns the export. */
async function readComponents(): Promise<string[]> {
  return Promise.all(
    Object.entries(components).map(async ([name, specifier]) => {
      const text = await readFile(fileURLToPath(import.meta.resolve(specifier)), 'utf8');
      return `const ${name} = (() => {\n${text.replace(/^export (?:default (\w+)|\{ (\w+) as default \});$/m, 'return $1$2;')}\n})();`;
    }),
  );
}

/** A block around each script keeps its top-level names private. */
function wrapInBlocks(scripts: string[]): string {
  return scripts.map((script) => `{\n${script}}\n`).join('');
}

const types = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8' };

function asset(name: string, extension: keyof typeof types, text: string): Asset {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return { name: `${name}-${hash}.${extension}`, type: types[extension], body: Buffer.from(text) };
}
