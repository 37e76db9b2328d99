import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** A style sheet or a script, joined from its parts and named after its content. */
export interface Asset {
  /** `reader-0123456789ab.css` */
  name: string;
  type: string;
  body: Buffer;
}

export interface Assets {
  style: Asset;
  script: Asset;
}

/** What the others build on, and what overrides them. */
const first = ['tokens.css', 'base.css'];
const last = ['print.css'];

/**
 * Joins the reader's style sheets into one and the scripts into one: by name between what comes first and last.
 *
 * @param folder the project's `public` folder
 */
export async function loadAssets(folder: string): Promise<Assets> {
  const [styles, scripts] = await Promise.all([readParts(path.join(folder, 'css')), readParts(path.join(folder, 'js'))]);
  return {
    style: asset('css', 'text/css; charset=utf-8', styles.join('\n')),
    // Each script is a module without imports; in a block of its own its names stay its own.
    script: asset('js', 'text/javascript; charset=utf-8', scripts.map((script) => `{\n${script}}\n`).join('')),
  };
}

async function readParts(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  const others = names.filter((name) => !first.includes(name) && !last.includes(name)).toSorted();
  const ordered = [...first, ...others, ...last].filter((name) => names.includes(name));
  return Promise.all(ordered.map((name) => readFile(path.join(folder, name), 'utf8')));
}

function asset(extension: string, type: string, text: string): Asset {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return { name: `reader-${hash}.${extension}`, type, body: Buffer.from(text) };
}
