import { expect, test } from 'vitest';
import { mergePages } from '../../../src/content/pages/merge-pages.ts';

const base = { path: 'about', title: 'About', body: 'One.\n\nTwo.\n\nThree.' };

test('changes to different fields and paragraphs are merged', () => {
  const merge = mergePages(base, { ...base, title: 'About us', body: 'One!\n\nTwo.\n\nThree.' }, { ...base, path: 'us', body: 'One.\n\nTwo.\n\nThree, and four.' });
  expect(merge).toEqual({ page: { path: 'us', title: 'About us', body: 'One!\n\nTwo.\n\nThree, and four.' }, hasConflict: false });
});

test('where both sides changed the same passage, the merged page has mine', () => {
  expect(mergePages(base, { ...base, title: 'Mine' }, { ...base, title: 'Theirs' })).toEqual({ page: { ...base, title: 'Mine' }, hasConflict: true });
  expect(mergePages(base, { ...base, body: 'One.\n\nMine.\n\nThree.' }, { ...base, body: 'One.\n\nTheirs.\n\nThree!' })).toEqual({ page: { ...base, body: 'One.\n\nMine.\n\nThree!' }, hasConflict: true });
});
