import { expect, test } from 'vitest';
import { readArticleForm, type ArticleForm } from '../../../src/content/articles/article-form.ts';
import { mergeForms, resolveMerge, type FormMerge, type MergeChunk } from '../../../src/content/articles/merge.ts';

function form(fields: Partial<ArticleForm>): ArticleForm {
  return { ...readArticleForm({}), ...fields };
}

function mergeBodies(base: string, mine: string, theirs: string): FormMerge {
  return mergeForms(form({ body: base }), form({ body: mine }), form({ body: theirs }));
}

function chunksOf({ form, conflicts }: FormMerge): MergeChunk[] {
  return conflicts[0]?.chunks ?? [{ kind: 'joined', text: form.body }];
}

function resolveAll(merge: FormMerge, choice: string): string {
  return resolveMerge(merge, Object.fromEntries(chunksOf(merge).map((_, index) => [`body-${index}`, choice]))).body;
}

test('each field comes from the side that changed it', () => {
  const base = form({ title: 'A title', summary: 'In short.', theme: 'World', slug: 'a-title' });
  const mine = { ...base, title: 'A better title', slug: 'better' };
  const theirs = { ...base, summary: 'In shorter.', theme: 'Politics' };
  expect(mergeForms(base, mine, theirs)).toEqual({
    form: { ...mine, summary: 'In shorter.', theme: 'Politics' },
    conflicts: [],
    taken: ['summary', 'theme'],
  });
});

test('an identical change on both sides is merged once and does not count as taken over', () => {
  const base = form({ title: 'A', body: 'one two three', topics: 'Rivers', publishedAt: '2025-03-23T17:55' });
  const both = form({ title: 'B', body: 'one 2 three', topics: 'Seas', publishedAt: '2025-03-24T08:00' });
  expect(mergeForms(base, both, both)).toEqual({ form: both, conflicts: [], taken: [] });
});

test('a lead picture and its texts come from the side that changed them', () => {
  const base = form({ picture: '7', pictureAlt: 'A harbour', pictureCaption: 'The harbour.' });
  const theirs = { ...base, picture: '9', pictureAlt: 'A bridge', pictureCaption: '' };
  expect(mergeForms(base, { ...base, title: 'Mine' }, theirs)).toEqual({ form: { ...theirs, title: 'Mine' }, conflicts: [], taken: ['picture', 'pictureAlt', 'pictureCaption'] });
  expect(mergeForms(base, { ...base, pictureAlt: 'The harbour at dusk' }, { ...base, pictureCaption: 'At dusk.' })).toEqual({ form: { ...base, pictureAlt: 'The harbour at dusk', pictureCaption: 'At dusk.' }, conflicts: [], taken: ['pictureCaption'] });
});

test('a description of a lead picture that the other side has replaced is a conflict, and never describes the other picture', () => {
  const base = form({ picture: '7', pictureAlt: '', pictureCaption: 'The harbour.' });
  const merge = mergeForms(base, { ...base, pictureAlt: 'A harbour' }, { ...base, picture: '9', pictureCaption: '' });
  expect(merge.conflicts).toEqual([
    { field: 'picture', chunks: [{ kind: 'conflict', base: '7', mine: '7', theirs: '9' }] },
    { field: 'pictureAlt', chunks: [{ kind: 'conflict', base: '', mine: 'A harbour', theirs: '' }] },
    { field: 'pictureCaption', chunks: [{ kind: 'conflict', base: 'The harbour.', mine: 'The harbour.', theirs: '' }] },
  ]);
  expect(resolveMerge(merge, { 'picture-0': 'theirs', 'pictureAlt-0': 'theirs', 'pictureCaption-0': 'theirs' })).toEqual({ ...base, picture: '9', pictureCaption: '' });
});

test.each(['title', 'theme', 'language', 'slug'] as const)('a %s that both changed is a conflict as a whole', (field) => {
  const merge = mergeForms(form({ [field]: 'one' }), form({ [field]: 'one two' }), form({ [field]: 'zero one' }));
  expect(merge).toEqual({ form: form({ [field]: 'one two' }), conflicts: [{ field, chunks: [{ kind: 'conflict', base: 'one', mine: 'one two', theirs: 'zero one' }] }], taken: [] });
  expect(resolveMerge(merge, { [`${field}-0`]: 'theirs' })).toEqual(form({ [field]: 'zero one' }));
  expect(resolveMerge(merge, { [`${field}-0`]: 'both' })).toEqual(form({ [field]: 'one two' }));
});

test('a time and its offset are resolved together', () => {
  const base = form({ publishedAt: '2025-10-26T02:00' });
  const mine = form({ publishedAt: '2025-10-26T05:00' });
  const theirs = form({ publishedAt: '2025-10-26T03:30', offset: '+02:00' });
  expect(mergeForms(base, base, theirs)).toEqual({ form: theirs, conflicts: [], taken: ['publishedAt'] });
  const merge = mergeForms(base, mine, theirs);
  expect(merge.conflicts).toEqual([{ field: 'publishedAt', chunks: [{ kind: 'conflict', base: '2025-10-26T02:00', mine: '2025-10-26T05:00', theirs: '2025-10-26T03:30 +02:00' }] }]);
  expect(resolveMerge(merge, {})).toEqual(mine);
  expect(resolveMerge(merge, { 'publishedAt-0': 'theirs' })).toEqual(theirs);
});

test('a new time and a new offset of the old time conflict', () => {
  const base = form({ publishedAt: '2025-10-26T03:30', offset: '+02:00' });
  const mine = form({ publishedAt: '2025-10-26T03:30', offset: '+03:00' });
  const theirs = form({ publishedAt: '2025-10-27T03:30' });
  const merge = mergeForms(base, mine, theirs);
  expect(merge.form).toEqual(mine);
  expect(resolveMerge(merge, { 'publishedAt-0': 'theirs' })).toEqual(theirs);
});

test.each([
  ['Ada\nBen', 'Ada\nBen\nMine', 'Ada\nBen\nTheirs', 'Ada\nBen\nMine\nTheirs'],
  ['Ada\nBen', 'Ben', 'Ada\nBen\nTheirs', 'Ben\nTheirs'],
  ['Ada\nBen', 'Ada', 'Ben', ''],
  ['Ada\nBen', 'Ada\nBen\nCleo', 'Adah\nBen', 'Adah\nBen\nCleo'],
  ['Ada\nBen', 'Ben\nAda', 'Ada\nCleo\nBen', 'Ben\nAda\nCleo'],
  ['Ada', 'Ada\nBoth\nMine', 'Ada\nTheirs\nBoth', 'Ada\nTheirs\nBoth\nMine'],
  ['', 'Mine', 'Theirs', 'Mine\nTheirs'],
  ['Ada', '\n Ada \n\nMine', 'Ada\nTheirs\n', 'Ada\nMine\nTheirs'],
])('authors %j, mine %j, theirs %j: merged to %j', (base, mine, theirs, merged) => {
  const merge = mergeForms(form({ authors: base }), form({ authors: mine }), form({ authors: theirs }));
  expect(merge.conflicts).toEqual([]);
  expect(merge.form.authors).toBe(merged);
});

test.each([
  ['one two three four', 'ONE two three four', 'one two three FOUR', 'ONE two three FOUR'],
  ['one two three', 'one three', 'one two 3', undefined],
  ['one two three four', 'one three four', 'one two three 4', 'one three 4'],
  ['one two three', 'one, two three', 'one two three!', 'one, two three!'],
  ['one two', 'one new two', 'one two', 'one new two'],
  ['one two three four five', 'ONE two three four FIVE', 'one two 3 four five', 'ONE two 3 four FIVE'],
  ['on and on and off and on', 'on and up and on and off and on', 'on and on and off', 'on and up and on and off'],
  ['我在北京大学', '我在南京大学', '我在北京大楼', '我在南京大楼'],
])('standfirst %j, mine %j, theirs %j: merged to %j', (base, mine, theirs, merged) => {
  const merge = mergeForms(form({ standfirst: base }), form({ standfirst: mine }), form({ standfirst: theirs }));
  expect(merge.conflicts.length === 0 ? merge.form.standfirst : undefined).toBe(merged);
});

test('a sentence with touching changes is a conflict as a whole, and “both” keeps the two versions in turn', () => {
  const merge = mergeForms(form({ summary: 'It was one two.' }), form({ summary: 'It was 1 two.' }), form({ summary: 'It was one 2.' }));
  expect(merge.conflicts).toEqual([{ field: 'summary', chunks: [{ kind: 'conflict', base: 'It was one two.\n', mine: 'It was 1 two.\n', theirs: 'It was one 2.\n' }] }]);
  expect(resolveMerge(merge, { 'summary-0': 'both' }).summary).toBe('It was 1 two. It was one 2.');
  expect(resolveMerge(merge, { 'summary-0': 'theirs' }).summary).toBe('It was one 2.');
});

test.each([
  ['different paragraphs', 'A a.\n\nB b.\n\nC c.', 'A 1.\n\nB b.\n\nC c.', 'A a.\n\nB b.\n\nC 2.', 'A 1.\n\nB b.\n\nC 2.'],
  ['neighbouring paragraphs', 'A a.\n\nB b.', 'A 1.\n\nB b.', 'A a.\n\nB 2.', 'A 1.\n\nB 2.'],
  ['one paragraph', 'A b c d e.', 'A 1 c d e.', 'A b c d 2.', 'A 1 c d 2.'],
  ['neighbouring items of a list', '- a\n- b\n- c', '- a\n- 1\n- c', '- 2\n- b\n- c', '- 2\n- 1\n- c'],
  ['a paragraph, and a new one elsewhere', 'A a.\n\nB b.', 'A 1.\n\nB b.', 'A a.\n\nB b.\n\nC c.', 'A 1.\n\nB b.\n\nC c.'],
  ['a paragraph, while another went', 'A a.\n\nB b.\n\nC c d.', 'A a.\n\nC c d.', 'A a.\n\nB b.\n\nC c 2.', 'A a.\n\nC c 2.'],
  ['the same place, one more than the other', 'A a.\n\nB b.', 'A a.\n\nX x.\n\nB b.', 'A a.\n\nX x.\n\nY y.\n\nB b.', 'A a.\n\nX x.\n\nY y.\n\nB b.'],
])('changes to %s are merged', (_, base, mine, theirs, merged) => {
  expect(mergeBodies(base, mine, theirs)).toMatchObject({ form: { body: merged }, conflicts: [] });
});

test('a paragraph with touching changes is a conflict as a whole, between merged text', () => {
  const base = 'A a.\n\nB one two three, b.\n\nC c.';
  const merge = mergeBodies(base, 'A a.\n\nB ONE two three, b!\n\nC c.', 'A 1.\n\nB one 2 three, b.\n\nC 3.');
  expect(chunksOf(merge)).toEqual([
    { kind: 'joined', text: 'A 1.\n\n' },
    { kind: 'conflict', base: 'B one two three, b.\n', mine: 'B ONE two three, b!\n', theirs: 'B one 2 three, b.\n' },
    { kind: 'joined', text: '\nC 3.\n' },
  ]);
  expect(merge.form.body).toBe('A 1.\n\nB ONE two three, b!\n\nC 3.');
  expect(merge.taken).toEqual(['body']);
  expect(resolveMerge(merge, { 'body-1': 'theirs' }).body).toBe('A 1.\n\nB one 2 three, b.\n\nC 3.');
  expect(resolveMerge(merge, { 'body-1': 'both' }).body).toBe('A 1.\n\nB ONE two three, b!\n\nB one 2 three, b.\n\nC 3.');
});

test('a paragraph that one side deleted and the other changed is a conflict', () => {
  const merge = mergeBodies('A a.\n\nB b c d.', 'A a.', 'A a.\n\nB b c D.');
  expect(chunksOf(merge)).toEqual([
    { kind: 'joined', text: 'A a.\n' },
    { kind: 'conflict', base: '\nB b c d.\n', mine: '', theirs: '\nB b c D.\n' },
  ]);
  expect(resolveAll(merge, 'mine')).toBe('A a.');
  expect(resolveAll(merge, 'theirs')).toBe('A a.\n\nB b c D.');
  expect(resolveAll(merge, 'both')).toBe('A a.\n\nB b c D.');
});

test('different paragraphs inserted in one place conflict, and both can be kept', () => {
  const merge = mergeBodies('A a.\n\nB b.', 'A a.\n\nX x.\n\nB b.', 'A a.\n\nY y.\n\nB b.');
  expect(chunksOf(merge)).toEqual([
    { kind: 'joined', text: 'A a.\n\n' },
    { kind: 'conflict', base: '', mine: 'X x.\n', theirs: 'Y y.\n' },
    { kind: 'joined', text: '\nB b.\n' },
  ]);
  expect(resolveAll(merge, 'both')).toBe('A a.\n\nX x.\n\nY y.\n\nB b.');
});

test('two bodies for an empty one conflict', () => {
  const merge = mergeBodies('', 'Mine.', 'Theirs.');
  expect(resolveAll(merge, 'mine')).toBe('Mine.');
  expect(resolveAll(merge, 'theirs')).toBe('Theirs.');
  expect(resolveAll(merge, 'both')).toBe('Mine.\n\nTheirs.');
});

test('each conflict is resolved separately and defaults to mine', () => {
  const merge = mergeBodies('a\n\nsame\n\nb\n\nsame too\n\nc', 'a1\n\nsame\n\nb1\n\nsame too\n\nc1', 'a2\n\nsame\n\nb2\n\nsame too\n\nc2');
  expect(merge.form.body).toBe('a1\n\nsame\n\nb1\n\nsame too\n\nc1');
  expect(resolveMerge(merge, { 'body-2': 'theirs', 'body-4': 'neither' }).body).toBe('a1\n\nsame\n\nb2\n\nsame too\n\nc1');
});

test('a long body whose changes exceed the word budget is merged by lines', () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => `Line ${index} has some words, and so have all the others beside it.`);
  const every = (nth: number, change: string) => lines.map((line, index) => (index % 10 === nth ? line.replace('some', change) : line)).join('\n\n');
  const merge = mergeBodies(lines.join('\n\n'), every(3, 'many'), every(7, 'few'));
  expect(merge.conflicts).toEqual([]);
  expect(merge.form.body === lines.map((line, index) => line.replace('some', ({ 3: 'many', 7: 'few' })[index % 10] ?? 'some')).join('\n\n')).toBe(true);
});

test('bodies too long and too different to merge conflict as a whole', () => {
  const [base, mine, theirs] = ['one two ', 'three four ', 'five six '].map((words) => words.repeat(100_000));
  const merge = mergeBodies(base ?? '', mine ?? '', theirs ?? '');
  expect(chunksOf(merge).map(({ kind }) => kind)).toEqual(['conflict']);
  expect(resolveAll(merge, 'mine') === mine).toBe(true);
  expect(resolveAll(merge, 'theirs') === theirs).toBe(true);
});

const rounds = 1500;

test('if only one side changed, or both did alike, the result is that side', () => {
  for (const { base, mine } of randomEdits(3, rounds)) {
    expect(mergeBodies(base, mine, base).form.body).toBe(mine);
    expect(mergeBodies(base, base, mine).form.body).toBe(mine);
    expect(mergeBodies(base, mine, mine).form.body).toBe(mine);
  }
});

test('swapping the sides merges the same text', () => {
  for (const { base, mine, theirs } of randomEdits(5, rounds)) {
    const swapped = chunksOf(mergeBodies(base, theirs, mine)).map((chunk) => (chunk.kind === 'joined' ? chunk : { ...chunk, mine: chunk.theirs, theirs: chunk.mine }));
    expect(chunksOf(mergeBodies(base, mine, theirs))).toEqual(swapped);
  }
});

test('no word that a side inserted or that both kept is lost', () => {
  for (const { base, mine, theirs } of randomEdits(7, rounds)) {
    const shown = uniqueWords(chunksOf(mergeBodies(base, mine, theirs)).map(allText).join('|'));
    const added = uniqueWords(mine).symmetricDifference(uniqueWords(theirs)).difference(uniqueWords(base));
    const kept = uniqueWords(mine).intersection(uniqueWords(theirs));
    expect(added.union(kept).difference(shown), JSON.stringify({ base, mine, theirs })).toEqual(new Set());
  }
});

test('no deleted word comes back, except in conflicts', () => {
  for (const { base, mine, theirs } of randomEdits(9, rounds)) {
    const chunks = chunksOf(mergeBodies(base, mine, theirs));
    const merged = uniqueWords(chunks.map((chunk) => (chunk.kind === 'joined' ? chunk.text : '')).join('|'));
    const removed = uniqueWords(base).difference(uniqueWords(mine).intersection(uniqueWords(theirs)));
    expect(merged.intersection(removed), JSON.stringify({ base, mine, theirs })).toEqual(new Set());
  }
});

test.each(['mine', 'theirs', 'both'])('resolving every conflict with %s keeps all insertions of that choice', (choice) => {
  for (const { base, mine, theirs } of randomEdits(13, rounds)) {
    const resolved = uniqueWords(resolveAll(mergeBodies(base, mine, theirs), choice));
    const added = uniqueWords(choice === 'theirs' ? theirs : mine).union(uniqueWords(choice === 'mine' ? mine : theirs)).difference(uniqueWords(base));
    expect(added.difference(resolved), JSON.stringify({ base, mine, theirs })).toEqual(new Set());
  }
});

test('a conflict has whole lines', () => {
  for (const { base, mine, theirs } of randomEdits(17, rounds)) {
    for (const chunk of mergeBodies(base, mine, theirs).conflicts.flatMap(({ chunks }) => chunks)) {
      const texts = chunk.kind === 'joined' ? [chunk.text] : [chunk.base, chunk.mine, chunk.theirs];
      expect(texts.filter((text) => text !== '' && !text.endsWith('\n'))).toEqual([]);
    }
  }
});

function allText(chunk: MergeChunk): string {
  return chunk.kind === 'joined' ? chunk.text : [chunk.base, chunk.mine, chunk.theirs].join('|');
}

/** The words that occur only once in the generated texts. */
function uniqueWords(text: string): Set<string> {
  return new Set(text.match(/rare\d+/g));
}

/** Generates a base and two independent edits of it. */
function* randomEdits(seed: number, count: number): Generator<{ base: string; mine: string; theirs: string }> {
  let state = seed;
  const random = (below: number) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
  let rare = 0;
  const word = () => ['the', 'of', 'a', 'and'][random(12)] ?? `rare${(rare += 1)}`;
  const paragraph = () => Array.from({ length: 1 + random(9) }, word).join(' ') + ['.', '', '!'][random(3)];
  const gap = () => (random(4) === 0 ? '\n' : '\n\n');
  const editWords = (text: string) => {
    const words = text.split(' ');
    words.splice(random(words.length + 1), random(3), ...Array.from({ length: random(3) }, word));
    return words.join(' ');
  };
  const edit = (text: string) => {
    // Paragraphs have even indexes, line breaks odd ones.
    const parts = text.split(/(\n+)/);
    const at = 2 * random((parts.length + 1) / 2);
    const kind = random(6);
    if (kind === 0) parts.splice(at, 0, paragraph(), gap());
    else if (kind === 1) parts.push(gap(), paragraph());
    else if (kind === 2) parts.splice(Math.max(0, at - 1), 2);
    else parts.splice(at, 1, editWords(parts[at] ?? ''));
    return parts.join('');
  };
  const edits = (text: string) => Array.from({ length: random(4) }).reduce<string>(edit, text);
  for (let round = 0; round < count; round += 1) {
    const base = Array.from({ length: random(6) }).reduce<string>((text) => text + gap() + paragraph(), paragraph());
    yield { base, mine: edits(base), theirs: edits(base) };
  }
}
