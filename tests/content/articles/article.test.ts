import { expect, test } from 'vitest';
import { articleLimits, nameKey, parseArticle, type ArticleInput } from '../../../src/content/articles/article.ts';
import { Languages } from '../../../src/messages/languages.ts';

const english = new Languages().for('en');
const published = { title: 'A title', theme: 'World', publishedAt: '2025-03-23T17:55:14+02:00' };

function article(raw: object): ArticleInput {
  const result = parseArticle({ ...published, ...raw }, 'Europe/Bucharest');
  if ('errors' in result) throw new Error(JSON.stringify(result.errors));
  return result.article;
}

function errors(raw: object): string[] {
  const result = parseArticle({ ...published, ...raw }, 'Europe/Bucharest');
  return 'errors' in result ? result.errors.map(({ field, problem }) => `${field}: ${english.of(problem)}`) : [];
}

test('a complete article is parsed', () => {
  const raw = {
    title: 'A *title*', standfirst: 'So it stands.', summary: 'In short.', picture: '7', pictureAlt: 'A ship', pictureCaption: 'The *Ada*', body: '# One\n\nTwo', theme: 'World', topics: ['Rivers', 'Syria'], authors: ['Ada Example'],
    publishedAt: '2025-03-23T17:55:14', updatedAt: '2025-03-23T18:00Z', slug: 'a-title', language: 'EN-gb',
  };
  expect(parseArticle(raw, 'Europe/Bucharest')).toEqual({
    article: { ...raw, picture: 7, publishedAt: Date.parse('2025-03-23T15:55:14Z'), updatedAt: Date.parse('2025-03-23T18:00:00Z'), language: 'en-GB' },
  });
});

test('an article with only a title is a draft', () => {
  expect(parseArticle({ title: 'A title' }, 'UTC')).toEqual({
    article: { title: 'A title', standfirst: '', summary: '', picture: null, pictureAlt: '', pictureCaption: '', body: '', theme: null, topics: [], authors: [], publishedAt: null, updatedAt: null, slug: null, language: null },
  });
});

test.each([null, '', ' \n'])('theme, times, slug and language become null for %j', (none) => {
  expect(parseArticle({ title: 'A title', theme: none, publishedAt: none, updatedAt: none, slug: none, language: none }, 'UTC')).toMatchObject({
    article: { theme: null, publishedAt: null, updatedAt: null, slug: null, language: null },
  });
});

test.each([null, undefined, 1, true, 'text', [], [published]])('%j is not an article', (raw) => {
  expect(parseArticle(raw, 'UTC')).toEqual({ errors: [{ field: '', problem: { key: 'problems.notArticle' } }] });
});

test('errors name each field of the wrong type', () => {
  expect(errors({ title: 1, standfirst: true, summary: {}, body: [], theme: 2, topics: 'Rivers', authors: [3], publishedAt: 1742745314, updatedAt: new Date(0), slug: 4, language: 5 })).toEqual([
    'title: Expected text in quotes.',
    'standfirst: Expected text in quotes.',
    'summary: Expected text in quotes.',
    'body: Expected text in quotes.',
    'theme: Expected text in quotes.',
    'topics: Expected a list of names.',
    'authors: Expected text in quotes.',
    'publishedAt: Expected a time in quotes, such as "2025-03-23T17:55:14+02:00".',
    'updatedAt: Expected a time in quotes, such as "2025-03-23T17:55:14+02:00".',
    'slug: Expected text in quotes.',
    'language: Expected a language tag in quotes, such as "en-GB".',
  ]);
});

test('errors name unknown keys and list the known ones', () => {
  expect(errors({ headline: 'x', tags: [] })).toEqual(['headline', 'tags'].map((key) => `${key}: Unknown key. The known keys are title, standfirst, summary, picture, pictureAlt, pictureCaption, body, theme, topics, authors, publishedAt, updatedAt, slug, language.`));
  expect(parseArticle(JSON.parse('{"title":"x","__proto__":{"theme":"y"}}'), 'UTC')).toHaveProperty('errors');
});

test.each(['', ' ', '\u0000', '\u200b', '\u00ad\u2060', '\u3164'])('an invisible title is missing: %j', (title) => {
  expect(errors({ title })).toEqual(['title: A title is required.']);
  expect(parseArticle({ title }, 'UTC')).toEqual({ errors: [{ field: 'title', problem: { key: 'problems.titleRequired' } }] });
});

test.each([undefined, null, '', ' ', '\u0000', '\u200b'])('a published article needs a theme: %j', (theme) => {
  expect(errors({ theme })).toEqual(['theme: A published article needs a theme.']);
});

test('an article can’t be updated before it is published', () => {
  expect(errors({ updatedAt: '2025-03-23T17:55:13+02:00' })).toEqual(['updatedAt: This time is earlier than publishedAt.']);
  expect(errors({ updatedAt: '2025-03-23T17:55:14+02:00' })).toEqual([]);
});

test.each([
  ['title', articleLimits.title, 'title: Use at most 300 characters.'],
  ['standfirst', articleLimits.standfirst, 'standfirst: Use at most 1,000 characters.'],
  ['summary', articleLimits.summary, 'summary: Use at most 2,000 characters.'],
  ['theme', articleLimits.name, 'theme: A name can have at most 100 characters.'],
  ['body', articleLimits.body, 'body: The text is larger than 2 MB. Shorten it.'],
])('the %s is at most %i long', (field, limit, message) => {
  expect(errors({ [field]: 'x'.repeat(limit) })).toEqual([]);
  expect(errors({ [field]: 'x'.repeat(limit + 1) })).toEqual([message]);
  expect(errors({ [field]: `${'x'.repeat(limit)}\u0000` })).toEqual([]);
});

test('the body’s limit is in bytes', () => {
  expect(errors({ body: 'é'.repeat(articleLimits.body / 2) })).toEqual([]);
  expect(errors({ body: `é${'é'.repeat(articleLimits.body / 2)}` })).toEqual(['body: The text is larger than 2 MB. Shorten it.']);
});

test('an article has at most 50 topics and 50 authors, each of at most 100 characters', () => {
  const names = Array.from({ length: 51 }, (_, n) => `Name ${n}`);
  expect(errors({ topics: names.slice(1), authors: names.slice(1) })).toEqual([]);
  expect(errors({ topics: names, authors: names })).toEqual(['topics: Use at most 50 names.', 'authors: Use at most 50 names.']);
  expect(errors({ topics: ['x'.repeat(101)] })).toEqual(['topics: A name can have at most 100 characters.']);
});

test('names that differ only by case or composition are merged into the first; empty names are dropped', () => {
  expect(article({ topics: ['World', 'é', 'WORLD', ' world ', 'e\u0301', ' ', '', '\u200b', 'Rivers'] }).topics).toEqual(['World', 'é', 'Rivers']);
  expect(nameKey('E\u0301COLE')).toBe(nameKey('école'));
  expect(nameKey('resume')).not.toBe(nameKey('résumé'));
  expect(nameKey('ΟΔΟΣ Α')).toBe(nameKey('ΟΔΟΣΑ'));
});

test.each(['Upper', 'two words', 'a--b', '-a', 'a-', 'a_b', 'a/b', 'é', '..', 'x'.repeat(101)])('%j is not a slug', (slug) => {
  expect(errors({ slug })).toEqual(['slug: Use only lower-case letters a–z, digits, and single hyphens between words, at most 100 characters.']);
});

test('errors quote invalid times and languages', () => {
  expect(errors({ publishedAt: 'yesterday', updatedAt: '2025-02-30', language: 'english' })).toEqual([
    'publishedAt: “yesterday” is not a valid time. Use the format 2025-03-23T17:55:14+02:00.',
    'updatedAt: “2025-02-30” is not a valid time. Use the format 2025-03-23T17:55:14+02:00.',
    'language: “english” is not a language tag. Use a tag such as en-GB.',
  ]);
});

test('a time without an offset is in the site’s zone and must exist there exactly once', () => {
  expect(article({ publishedAt: '2025-07-01T12:00' }).publishedAt).toBe(Date.parse('2025-07-01T09:00:00Z'));
  expect(errors({ publishedAt: '2025-10-26T03:30' })).toEqual(['publishedAt: 2025-10-26T03:30 occurs twice in Europe/Bucharest, because the clocks go back then. Add the offset: 2025-10-26T03:30:00+03:00 or 2025-10-26T03:30:00+02:00.']);
  expect(errors({ publishedAt: '2025-03-30T03:30' })).toEqual(['publishedAt: 2025-03-30T03:30 does not exist in Europe/Bucharest, because the clocks go forward then. Choose an earlier or a later time.']);
  expect(parseArticle({ ...published, publishedAt: '2025-03-30T03:30' }, 'UTC')).toHaveProperty('article');
});

test('text is cleaned: fields become one line, the body keeps its lines, with LF endings', () => {
  const { title, standfirst, summary, theme, authors, body } = article({
    title: ' A\r\n title\u0000 ', standfirst: 'a\tb\u0085', summary: '\ud800x', theme: ' World\n', authors: ['Ada\u00a0 Example'], body: 'a\r\nb\rc\u0000\u0007\ufffe\tx \udc00',
  });
  expect({ title, standfirst, summary, theme, authors, body }).toEqual({ title: 'A title', standfirst: 'a b', summary: '\ufffdx', theme: 'World', authors: ['Ada Example'], body: 'a\nb\nc\tx \ufffd' });
});

test('a parsed article is always well-formed and printable', () => {
  for (let code = 0; code < 0x10000; code += 1) {
    if (code > 0x100 && code % 251 !== 0 && (code < 0xd7f0 || code > 0xe010) && code < 0xfdc0) continue;
    const body = article({ body: `a${String.fromCharCode(code)}b` }).body;
    expect(body.isWellFormed(), code.toString(16)).toBe(true);
    expect(body, code.toString(16)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]/);
  }
});
