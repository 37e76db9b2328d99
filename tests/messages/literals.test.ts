import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Parser } from 'htmlparser2';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

async function read(folder: string, extension: string): Promise<[file: string, text: string][]> {
  const names = (await readdir(path.join(root, folder), { recursive: true })).filter((name) => name.endsWith(extension));
  return Promise.all(names.map(async (name) => [path.join(folder, name), await readFile(path.join(root, folder, name), 'utf8')] as [string, string]));
}

/** Names that are the same in every language. */
const names = new Set(['Broadsheet', 'UTF-8']);
const hasLetter = /\p{L}/u;
const spokenAttributes = ['title', 'aria-label', 'aria-description', 'placeholder', 'alt', 'label'];

/** Texts in a view's HTML, outside EJS tags. */
function textsInHtml(view: string): string[] {
  const found: string[] = [];
  const parser = new Parser({
    onopentag(_name, attributes) {
      for (const attribute of spokenAttributes) found.push(attributes[attribute] ?? '');
    },
    ontext: (text) => found.push(text),
  });
  parser.end(view.replace(/<%[\s\S]*?%>/g, '').replace(/<\?xml[^>]*>/, ''));
  return found.map((text) => text.trim()).filter((text) => hasLetter.test(text) && !names.has(text) && !text.startsWith('Ctrl+'));
}

/** String literals that look like a text: several words, or a capitalised word. */
function textsInCode(code: string): string[] {
  const withoutComments = code.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|<%#[\s\S]*?%>/gm, '');
  const literals = [...withoutComments.matchAll(/'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g)].map(([, quoted, template]) => quoted ?? (template ?? '').replace(/\$\{[^}]*\}/g, ''));
  return literals.filter((text) => /^\p{Lu}\p{Ll}|\p{L}{2,},? \p{L}{2,}/u.test(text));
}

test('views contain no interface texts, only message keys', async () => {
  const texts = (await read('views', '.ejs')).flatMap(([file, view]) => {
    const code = [...view.matchAll(/<%[-_=]?([\s\S]*?)[-_]?%>/g)].map(([, inside = '']) => inside).join('\n');
    return [...textsInHtml(view), ...textsInCode(code)].map((text) => `${file}: ${text}`);
  });
  expect(texts).toEqual([]);
});

/** Selectors, keys and names in scripts, which people never see. */
const technical = /^(?:Accept|Arrow(?:Down|Left|Right|Up)|Backspace|Delete|Enter|Escape|Files|Shift (?:Digit\d|Period)|broadsheet (?:text|place|page|window|distraction-free))$|[#[\]>]|^[a-z\d]+(?:, [a-z\d]+)+$/;

test('scripts contain no interface texts, only message keys', async () => {
  const texts = (await read('public/js', '.js')).flatMap(([file, script]) => textsInCode(script).filter((text) => !technical.test(text.trim())).map((text) => `${file}: ${text}`));
  expect(texts).toEqual([]);
});
