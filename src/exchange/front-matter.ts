import { isMap, isScalar, LineCounter, parseDocument, visit, type Document, type ErrorCode, type YAMLParseError, type YAMLWarning } from 'yaml';

export interface FrontMatter {
  values: Record<string, unknown>;
  body: string;
  /** The number of the line on which the body begins. */
  bodyLine: number;
  lineOf(key: string): number;
}

/** Parses Markdown that begins with YAML between two lines of `---`. */
export function readFrontMatter(text: string): FrontMatter | { line: number; problem: string } {
  const match = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m.exec(text);
  if (!match || match.index !== 0) return { line: 1, problem: 'There is no front matter. Begin with a line “---”, then keys with values, then another line “---”.' };
  const [whole, yaml = ''] = match;
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => lines.linePos(offset).line + 1;
  const [error] = [...document.errors, ...document.warnings];
  if (error) return { line: lineAt(error.pos[0]), problem: explain(error, lineOfText(yaml, error.pos[0])) };
  const unquoted = findUnquoted(document);
  if (unquoted) return { line: lineAt(unquoted.offset), problem: unquoted.problem };
  const values: unknown = document.toJS();
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return { line: 2, problem: 'The front matter has no keys with values.' };
  return { values: { ...values }, body: text.slice(whole.length), bodyLine: whole.split('\n').length, lineOf: (key) => lineAt(offsetOf(document, key)) };
}

function explain({ code, message }: YAMLParseError | YAMLWarning, line: string): string {
  const [, key] = /^\s*(?:- )?([\w-]+)[ \t]*:/.exec(line) ?? [];
  const value = key ? `the value of “${key}”` : 'the value';
  const quote = `Put ${value} in quotes`;
  const help: Partial<Record<ErrorCode, string>> = {
    BLOCK_AS_IMPLICIT_KEY: `A value that contains a colon and a space needs quotes. ${quote}.`,
    BAD_SCALAR_START: `A value can't begin with this character. ${quote}.`,
    TAG_RESOLVE_FAILED: `A value that begins with “!” needs quotes. ${quote}.`,
    UNEXPECTED_TOKEN: `YAML can't read this. ${quote}, and write “\\"” for a quotation mark in it.`,
    MISSING_CHAR: 'A quotation mark, a bracket or a colon is missing. Write each line as “key: value”, and close all quotes.',
    MULTILINE_IMPLICIT_KEY: `This line has no colon. Write each line as “key: value”. ${quote} if it has several lines.`,
    BAD_DQ_ESCAPE: 'A backslash in double quotes begins an escape sequence. Write two backslashes, or use single quotes.',
    DUPLICATE_KEY: key ? `“${key}” appears twice. Remove one.` : 'A key appears twice. Remove one.',
    TAB_AS_INDENT: 'This line begins with a tab. Use spaces.',
    BAD_INDENT: 'This line begins with too few or too many spaces, or a bracket before it is not closed.',
    MULTIPLE_DOCS: 'A line of three hyphens ends the front matter. Remove the extra one.',
  };
  return help[code] ?? `This is not valid YAML: ${message}`;
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
    Alias: (_key, alias) => stop(alias, 'A value that begins with “*” needs quotes.'),
    Node(_key, node) {
      if ('anchor' in node && node.anchor !== undefined) return stop(node, 'A value that begins with “&” needs quotes.');
      if (isScalar(node) && node.type === 'PLAIN' && node.comment) return stop(node, 'YAML reads text after “ #” as a comment. Put the value in quotes.');
      return undefined;
    },
  });
  return found;
}

function offsetOf({ contents }: Document, key: string): number {
  const pair = isMap(contents) ? contents.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
  return isScalar(pair?.key) ? (pair.key.range?.[0] ?? 0) : 0;
}
