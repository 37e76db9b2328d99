import { isMap, isScalar, LineCounter, parseDocument, visit, type Document, type ErrorCode, type YAMLParseError, type YAMLWarning } from 'yaml';

export interface FrontMatter {
  values: Record<string, unknown>;
  body: string;
  lineOf(key: string): number;
}

/** Parses Markdown that begins with YAML between two lines of `---`. */
export function readFrontMatter(text: string): FrontMatter | { line: number; problem: string } {
  const match = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m.exec(text);
  if (!match || match.index !== 0) return { line: 1, problem: 'no front matter: expected a first line “---”, keys and values, and another “---”' };
  const [whole, yaml = ''] = match;
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => lines.linePos(offset).line + 1;
  const [error] = [...document.errors, ...document.warnings];
  if (error) return { line: lineAt(error.pos[0]), problem: explain(error, lineOfText(yaml, error.pos[0])) };
  const unquoted = findUnquoted(document);
  if (unquoted) return { line: lineAt(unquoted.offset), problem: unquoted.problem };
  const values: unknown = document.toJS();
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return { line: 2, problem: 'the front matter contains no keys and values' };
  return { values: { ...values }, body: text.slice(whole.length), lineOf: (key) => lineAt(offsetOf(document, key)) };
}

function explain({ code, message }: YAMLParseError | YAMLWarning, line: string): string {
  const [, key] = /^\s*(?:- )?([\w-]+)[ \t]*:/.exec(line) ?? [];
  const value = key ? `the value of “${key}”` : 'the value';
  const quoted = `put ${value} in quotes`;
  const help: Partial<Record<ErrorCode, string>> = {
    BLOCK_AS_IMPLICIT_KEY: `a value that contains a colon and a space needs quotes: ${quoted}`,
    BAD_SCALAR_START: `a value that begins with this character needs quotes: ${quoted}`,
    TAG_RESOLVE_FAILED: `a value that begins with “!” needs quotes: ${quoted}`,
    UNEXPECTED_TOKEN: `there is something that YAML can't read here: ${quoted}, and write “\\"” for a quotation mark in it`,
    MISSING_CHAR: `a quotation mark, a bracket or a colon is missing: write “key: value”, and close all quotes and brackets`,
    MULTILINE_IMPLICIT_KEY: `this line has no colon: write “key: value”, or ${quoted} if the value has several lines`,
    BAD_DQ_ESCAPE: 'a backslash in double quotes starts an escape sequence: write two backslashes, or use single quotes',
    DUPLICATE_KEY: `“${key ?? 'a key'}” appears twice; remove one`,
    TAB_AS_INDENT: 'a line begins with a tab: use spaces',
    BAD_INDENT: 'this line begins with too few or too many spaces, or an earlier bracket is not closed',
    MULTIPLE_DOCS: 'a line of three hyphens ends the front matter',
  };
  return help[code] ?? `not YAML: ${message}`;
}

function lineOfText(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1).split('\n', 1).join('');
}

/** Finds aliases, anchors and comments. In front matter these are unquoted text, and nested aliases can expand exponentially. */
function findUnquoted(document: Document): { offset: number; problem: string } | undefined {
  let found: { offset: number; problem: string } | undefined;
  const stop = (node: { range?: [number, number, number] | null | undefined }, problem: string) => {
    found = { offset: node.range?.[0] ?? 0, problem };
    return visit.BREAK;
  };
  visit(document, {
    Alias: (_key, alias) => stop(alias, 'a value that begins with “*” needs quotes'),
    Node(_key, node) {
      if ('anchor' in node && node.anchor !== undefined) return stop(node, 'a value that begins with “&” needs quotes');
      if (isScalar(node) && node.type === 'PLAIN' && node.comment) return stop(node, 'YAML reads text after “ #” as a comment: put the value in quotes');
      return undefined;
    },
  });
  return found;
}

function offsetOf({ contents }: Document, key: string): number {
  const pair = isMap(contents) ? contents.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
  return isScalar(pair?.key) ? (pair.key.range?.[0] ?? 0) : 0;
}
