import { isMap, isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml';

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
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => lines.linePos(offset).line + 1;
  const [error] = document.errors;
  if (error) return { line: lineAt(error.pos[0]), problem: `not YAML: ${error.message}` };
  const alias = aliasIn(document);
  if (alias !== undefined) return { line: lineAt(alias), problem: 'a value that begins with “*” stands in quotes' };
  const values: unknown = document.toJS();
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return { line: 2, problem: 'the front matter holds no keys and values' };
  return { values: { ...values }, body: text.slice(whole.length), lineOf: (key) => lineAt(offsetOf(document, key)) };
}

// YAML's references: `title: **Bold**` is one by mistake, and those of a hostile file would multiply without end.
function aliasIn(document: Document): number | undefined {
  let offset: number | undefined;
  visit(document, {
    Alias(_key, alias) {
      offset = alias.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}

function offsetOf({ contents }: Document, key: string): number {
  const pair = isMap(contents) ? contents.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
  return isScalar(pair?.key) ? (pair.key.range?.[0] ?? 0) : 0;
}
