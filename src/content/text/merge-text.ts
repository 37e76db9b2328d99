import { compareSides, type Efforts, type Stretch, type TokenRules } from './three-way.ts';
import { isFilled, isWord, splitLines, splitWords } from './tokens.ts';

/** What both sides made of one field. */
export type MergedField = { text: string } | { chunks: MergeChunk[] };

/** A run of whole lines, each with its line break, also the last. Where one side took all of it out, its text is empty. */
export type MergeChunk = { kind: 'joined'; text: string } | { kind: 'conflict'; base: string; mine: string; theirs: string };

/**
 * Joins what two sides made of a text: by lines, and where both changed the same lines, by words. Changes that have an
 * unchanged word or line break between them are joined; where they touch, the lines they stand in are a conflict.
 */
export function mergeText(base: string, mine: string, theirs: string, efforts: Efforts): MergedField {
  if (mine === theirs || theirs === base) return { text: mine };
  if (mine === base) return { text: theirs };
  // With a line break also after the last line, all lines are alike, wherever in the text they come to stand.
  const chunks = withoutSeams(mergeLines(`${base}\n`, `${mine}\n`, `${theirs}\n`, efforts));
  const [only] = chunks;
  return chunks.length === 1 && only?.kind === 'joined' ? { text: only.text.slice(0, -1) } : { chunks };
}

const lineRules: TokenRules = { leads: isFilled, parts: () => true };
const wordRules: TokenRules = { leads: isWord, parts: (token) => isWord(token) || token === '\n' };

function mergeLines(base: string, mine: string, theirs: string, efforts: Efforts): MergeChunk[] {
  const stretches = compareSides(splitLines(base), splitLines(mine), splitLines(theirs), lineRules, efforts);
  return stretches.flatMap((stretch) => (isDisputed(stretch) ? mergeWords(stretch, efforts) : [joined(stretch)]));
}

function mergeWords(lines: Stretch, efforts: Efforts): MergeChunk[] {
  const { base, mine, theirs } = lines;
  if (base.length + mine.length + theirs.length > Math.min(efforts.mine.steps, efforts.theirs.steps)) return conflict([lines]);
  const stretches = compareSides(splitWords(base), splitWords(mine), splitWords(theirs), wordRules, efforts);
  return wholeLines(stretches).flatMap((line) => (line.some(isDisputed) ? conflict(line) : line.map(joined)));
}

/** The stretches parted where all three have a line break. */
function wholeLines(stretches: Stretch[]): Stretch[][] {
  let line: Stretch[] = [];
  const lines = [line];
  for (const stretch of stretches) {
    for (const part of stretch.by === 'none' ? splitLines(stretch.base).map(unchanged) : [stretch]) {
      line.push(part);
      if (part.by !== 'none' || !part.base.endsWith('\n')) continue;
      line = [];
      lines.push(line);
    }
  }
  return lines;
}

function unchanged(text: string): Stretch {
  return { by: 'none', base: text, mine: text, theirs: text };
}

function isDisputed({ by, mine, theirs }: Stretch): boolean {
  return by === 'both' && mine !== theirs;
}

function joined({ by, mine, theirs }: Stretch): MergeChunk {
  return text(by === 'theirs' ? theirs : mine);
}

/** The stretches as one conflict. Lines that both sides put at its beginning or its end are joined. */
function conflict(stretches: Stretch[]): MergeChunk[] {
  const base = stretches.map((stretch) => stretch.base).join('');
  const mine = splitLines(stretches.map((stretch) => stretch.mine).join(''));
  const theirs = splitLines(stretches.map((stretch) => stretch.theirs).join(''));
  const first = sharedLines(mine, theirs);
  const last = sharedLines(mine.slice(first).toReversed(), theirs.slice(first).toReversed());
  const [before, mineAlone, after] = parted(mine, first, last);
  const [, theirsAlone] = parted(theirs, first, last);
  if (mineAlone !== '' && theirsAlone !== '') return [text(before), { kind: 'conflict', base, mine: mineAlone, theirs: theirsAlone }, text(after)];
  // Where nothing was, one side only put more than the other; elsewhere it may have kept what the other took out.
  return base === '' ? [text(before + mineAlone + theirsAlone + after)] : [{ kind: 'conflict', base, mine: mine.join(''), theirs: theirs.join('') }];
}

function sharedLines(mine: string[], theirs: string[]): number {
  const end = mine.findIndex((line, index) => line !== theirs[index]);
  return end < 0 ? mine.length : end;
}

function parted(lines: string[], first: number, last: number): [before: string, between: string, after: string] {
  const end = lines.length - last;
  return [lines.slice(0, first).join(''), lines.slice(first, end).join(''), lines.slice(end).join('')];
}

function text(joinedText: string): MergeChunk {
  return { kind: 'joined', text: joinedText };
}

function withoutSeams(chunks: MergeChunk[]): MergeChunk[] {
  const whole: MergeChunk[] = [];
  for (const chunk of chunks) {
    const last = whole.at(-1);
    if (chunk.kind === 'joined' && last?.kind === 'joined') last.text += chunk.text;
    else if (chunk.kind === 'conflict' || chunk.text !== '') whole.push(chunk);
  }
  return whole;
}
