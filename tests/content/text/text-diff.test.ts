import { expect, test } from 'vitest';
import { diffWords, shortenDiff, type DiffPart } from '../../../src/content/text/text-diff.ts';

/** Formats a diff like `git diff --word-diff`, with `⏎` for line breaks. */
function wordDiff(from: string, to: string): string {
  const signs = { same: ['', ''], removed: ['[-', '-]'], added: ['{+', '+}'] };
  return diffWords(from, to).map(({ kind, text }) => signs[kind].join(text)).join('').replaceAll('\n', '⏎');
}

function sideOf(parts: DiffPart[], without: DiffPart['kind']): string {
  return parts.filter(({ kind }) => kind !== without).map(({ text }) => text).join('');
}

function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

test.each([
  ['', '', ''],
  ['same', 'same', 'same'],
  ['', 'new', '{+new+}'],
  ['old', '', '[-old-]'],
  ['The quick brown fox jumps.', 'The fast red fox jumps high.', 'The [-quick brown-]{+fast red+} fox jumps{+ high+}.'],
  ['one three', 'one two three', 'one {+two +}three'],
  ['on and on and off and on', 'and on and on and on', '[-on -]and on and [-off-]{+on+} and on'],
  ['Don’t panic', 'Do panic', '[-Don’t-]{+Do+} panic'],
  ['Ёлка стоит в лесу', 'Ёлка растёт в лесу', 'Ёлка [-стоит-]{+растёт+} в лесу'],
  ['我在北京大学', '我在南京大学', '我在[-北-]{+南+}京大学'],
  ['ผมรักเมืองไทย', 'ผมรักเมืองไทยน้ำ', 'ผมรักเมืองไทย{+น้ำ+}'],
  ['up 3.5% to 1,000', 'up 3.7% to 1,000', 'up [-3.5-]{+3.7+}% to 1,000'],
])('from %j to %j the diff is %j', (from, to, shown) => {
  expect(wordDiff(from, to)).toBe(shown);
});

test.each([
  ['e\u0301t', 'et', '[-e\u0301t-]{+et+}'],
  ['👩‍👩‍👧 x', '👩‍👩‍👦 x', '[-👩‍👩‍👧-]{+👩‍👩‍👦+} x'],
  ['👍🏽 x', '👍🏿 x', '[-👍🏽-]{+👍🏿+} x'],
  ['🇩🇪🇫🇷 x', '🇩🇪🇫🇮 x', '🇩🇪[-🇫🇷-]{+🇫🇮+} x'],
  ['1️⃣ x', '1 x', '[-1️⃣-]{+1+} x'],
])('grapheme clusters are not split: from %s to %s', (from, to, shown) => {
  expect(wordDiff(from, to)).toBe(shown);
});

test('Markdown’s delimiters are separate from the words next to them', () => {
  expect(wordDiff('A **bold** word', 'A *bold* word')).toBe('A *[-*-]bold[-*-]* word');
  expect(wordDiff('See [here](https://example.org/a).', 'See [there](https://example.org/b).')).toBe('See [[-here-]{+there+}](https://example.org/[-a-]{+b+}).');
});

test('changed white space and line breaks are shown, unchanged ones are kept', () => {
  expect(wordDiff('a  b\n\tc', 'a b\n\tc')).toBe('a[-  -]{+ +}b⏎\tc');
  expect(wordDiff('a b', 'a\n\nb')).toBe('a[- -]{+⏎⏎+}b');
  expect(wordDiff('a', 'a\n')).toBe('a{+⏎+}');
});

test('an added or removed paragraph is one part, and the others are compared word by word', () => {
  expect(wordDiff('A one.\n\nB two.\n\nC three.', 'A one.\n\nX new.\n\nB 2.\n\nC three.')).toBe('A one.⏎⏎{+X new.⏎⏎+}B [-two-]{+2+}.⏎⏎C three.');
  expect(wordDiff('A one.\n\nB two.\n\nC three.', 'A one.\n\nC three.')).toBe('A one.⏎⏎[-B two.⏎⏎-]C three.');
});

test('a rare word in both texts matches, even if more common words could match instead', () => {
  expect(wordDiff('a rare the the the', 'the the the rare b')).toBe('[-a-]{+the the the+} rare [-the the the-]{+b+}');
});

test('the parts concatenate to both texts, and adjacent parts differ in kind', () => {
  const random = randomNumbers(11);
  const pieces = ['the', 'fox', 'Ёлка', ' ', ' ', ' ', '\n', '\n\n', '.', '**', '北', '👩‍👩‍👧‍👦', '🇩🇪', 'e\u0301', '\u0301', '\u200d', "'", '1,5', '\t'];
  const text = () => Array.from({ length: random(60) }, () => pieces[random(pieces.length)]).join('');
  for (let round = 0; round < 1000; round += 1) {
    const [from, to] = [text(), text()];
    const parts = diffWords(from, to);
    expect(sideOf(parts, 'added')).toBe(from);
    expect(sideOf(parts, 'removed')).toBe(to);
    expect(parts.filter(({ kind, text }, index) => text === '' || kind === parts[index + 1]?.kind)).toEqual([]);
    expect(parts.every(({ text }) => text.isWellFormed())).toBe(true);
  }
});

test('every change in a long text is found', () => {
  const paragraphs = Array.from({ length: 2000 }, (_, index) => `Paragraph ${index} has a few words of its own.`);
  const edited = paragraphs.map((paragraph, index) => (index % 10 === 0 ? paragraph.replace('few', 'good many') : paragraph));
  const parts = diffWords(paragraphs.join('\n\n'), edited.join('\n\n'));
  expect(parts.filter(({ kind }) => kind === 'added')).toEqual(Array.from({ length: 200 }, () => ({ kind: 'added', text: 'good many' })));
});

test('texts too long and too different to compare are replaced as a whole', () => {
  const from = `same\n${'one two '.repeat(200_000)}`;
  const to = `same\n${'three four '.repeat(150_000)}`;
  expect(diffWords(from, to)).toEqual([
    { kind: 'same', text: 'same\n' },
    { kind: 'removed', text: from.slice(5) },
    { kind: 'added', text: to.slice(5) },
  ]);
});

test('the diff of hundreds of thousands of equal lines is complete', () => {
  const [from, to] = ['a\n'.repeat(500_000), 'a\n'.repeat(400_000)];
  const parts = diffWords(from, to);
  expect(sideOf(parts, 'added') === from).toBe(true);
  expect(sideOf(parts, 'removed') === to).toBe(true);
});

test('a shortened diff has gaps for unchanged text far from any change', () => {
  const parts = diffWords('One two three four five six seven eight nine ten.', 'One two three four 5 six seven eight nine 10.');
  expect(shortenDiff(parts, 10)).toEqual([
    { kind: 'gap', length: 13 },
    { kind: 'same', text: ' four ' },
    { kind: 'removed', text: 'five' },
    { kind: 'added', text: '5' },
    { kind: 'same', text: ' six seven' },
    { kind: 'gap', length: 6 },
    { kind: 'same', text: ' nine ' },
    { kind: 'removed', text: 'ten' },
    { kind: 'added', text: '10' },
    { kind: 'same', text: '.' },
  ]);
});

test('short unchanged text between two changes stays whole', () => {
  const parts = diffWords('a b c d e', 'A b c d E');
  expect(shortenDiff(parts, 5)).toEqual(parts);
});

test('only the text next to the first and last change stays', () => {
  expect(shortenDiff(diffWords('one two three four five', 'one two 3 four five'), 5)).toEqual([
    { kind: 'gap', length: 3 },
    { kind: 'same', text: ' two ' },
    { kind: 'removed', text: 'three' },
    { kind: 'added', text: '3' },
    { kind: 'same', text: ' four' },
    { kind: 'gap', length: 5 },
  ]);
});

test('without context all unchanged text is a gap', () => {
  expect(shortenDiff(diffWords('one two three', 'one 2 three'), 0)).toEqual([
    { kind: 'gap', length: 4 },
    { kind: 'removed', text: 'two' },
    { kind: 'added', text: '2' },
    { kind: 'gap', length: 6 },
  ]);
});

test('a shortened diff without changes is empty', () => {
  expect(shortenDiff(diffWords('one two', 'one two'), 100)).toEqual([]);
  expect(shortenDiff([], 100)).toEqual([]);
});

test('a gap never splits a grapheme cluster', () => {
  const parts: DiffPart[] = [{ kind: 'same', text: '👩‍👩‍👧‍👦'.repeat(50) }, { kind: 'added', text: 'x' }, { kind: 'same', text: '👩‍👩‍👧‍👦'.repeat(50) }];
  for (let context = 0; context < 40; context += 1) {
    for (const part of shortenDiff(parts, context)) expect('text' in part ? part.text.replaceAll('👩‍👩‍👧‍👦', '') : '', String(context)).toMatch(/^x?$/);
  }
});
