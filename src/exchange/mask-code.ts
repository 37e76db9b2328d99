/** Replaces code and comments in a Markdown text with spaces, so that everything else keeps its position. */
export function maskCode(markdown: string): string {
  return maskSpans(maskBetween(maskBetween(maskBlocks(markdown), /<!--/g, /-->/g), /<pre[\s>]/gi, /<\/pre>/gi));
}

/** Fenced code blocks, and indented ones that are not part of a list. */
function maskBlocks(markdown: string): string {
  let fence: Fence | undefined;
  let isInList = false;
  let isAfterBlank = true;
  return markdown
    .split('\n')
    .map((line) => {
      if (fence) {
        const isOutside = fence.isQuoted && !/^[ \t]*>/.test(line);
        const isEnd = isOutside || fence.end.test(line);
        if (isEnd) fence = undefined;
        if (!isOutside) return blank(line);
      }
      fence = openFence(line);
      if (fence) return blank(line);
      const isIndented = /^(?: {4}| {0,3}\t)/.test(line);
      if (isListItem(line)) isInList = true;
      else if (isAfterBlank && /^\S/.test(line)) isInList = false;
      const isCode = isIndented && isAfterBlank && !isInList && line.trim() !== '';
      isAfterBlank = isCode || line.trim() === '';
      return isCode ? blank(line) : line;
    })
    .join('\n');
}

interface Fence {
  isQuoted: boolean;
  end: RegExp;
}

function openFence(line: string): Fence | undefined {
  const [, quote = '', run] = /^([ \t>]*)(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}(?=[^`]*$)|~{3,})/.exec(line) ?? [];
  if (run === undefined) return undefined;
  return { isQuoted: quote.includes('>'), end: new RegExp(`^[ \\t>]*${run[0]}{${run.length},}[ \\t]*$`) };
}

function isListItem(line: string): boolean {
  return /^ {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]/.test(line);
}

/** @param start global, like `end` */
function maskBetween(text: string, start: RegExp, end: RegExp): string {
  let result = '';
  let done = 0;
  start.lastIndex = 0;
  for (let opening = start.exec(text); opening; opening = start.exec(text)) {
    end.lastIndex = start.lastIndex;
    if (!end.test(text)) break;
    result += text.slice(done, opening.index) + blank(text.slice(opening.index, end.lastIndex));
    done = end.lastIndex;
    start.lastIndex = done;
  }
  return result + text.slice(done);
}

/** The parts between blank lines. */
function* blocksOf(text: string): Generator<{ start: number; end: number }> {
  let start = 0;
  for (let at = 0; at <= text.length; ) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    if (text.slice(at, end).trim() === '') {
      if (start < at) yield { start, end: at };
      start = end + 1;
    }
    at = end + 1;
  }
  if (start < text.length) yield { start, end: text.length };
}

/** Code spans: a run of backticks, up to the next run of the same length in the same block. */
function maskSpans(text: string): string {
  if (!text.includes('`')) return text;
  let result = '';
  let done = 0;
  for (const { start, end } of blocksOf(text)) {
    result += text.slice(done, start) + maskSpansInBlock(text.slice(start, end));
    done = end;
  }
  return result + text.slice(done);
}

function maskSpansInBlock(block: string): string {
  const runs = [...block.matchAll(/(?<!\\)`+/g)].map(({ index, 0: run }) => ({ index, length: run.length }));
  const byLength = Map.groupBy(runs.toReversed(), ({ length }) => length);
  let result = '';
  let done = 0;
  for (const { index, length } of runs) {
    if (index < done) continue;
    const later = byLength.get(length) ?? [];
    while ((later.at(-1)?.index ?? Infinity) <= index) later.pop();
    const close = later.at(-1)?.index;
    if (close === undefined) continue;
    result += block.slice(done, index) + blank(block.slice(index, close + length));
    done = close + length;
  }
  return result + block.slice(done);
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
