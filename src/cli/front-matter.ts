import { LineCounter, parseDocument, type Document } from 'yaml';

export interface FrontMatter {
  values: Record<string, unknown>;
  /** The text behind the front matter. */
  body: string;
  /** The line, from 1, on which a key stands. */
  lineOf(key: string): number;
}

/** Reads Markdown that begins with YAML between two lines of `---`. */
export function readFrontMatter(text: string): FrontMatter | { line: number; problem: string } {
  const match = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m.exec(text);
  if (!match || match.index !== 0) return { line: 1, problem: 'no front matter: expected a first line “---”, keys and values, and another “---”' };
  const [whole, yaml = ''] = match;
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines });
  const lineAt = (offset: number) => lines.linePos(offset).line + 1;
  const [error] = document.errors;
  if (error) return { line: lineAt(error.pos[0]), problem: error.message.split('\n')[0] ?? error.message };
  const values: unknown = document.toJS();
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return { line: 2, problem: 'the front matter holds no keys and values' };
  return { values: { ...values }, body: text.slice(whole.length), lineOf: (key) => lineAt(offsetOf(document, key)) };
}

function offsetOf(document: Document, key: string): number {
  const node = document.get(key, true);
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? Number(node.range[0]) : 0;
}
