import { expect, test } from 'vitest';
import { linkName, parseLink, type LinkKind } from '../../../src/content/authors/author-links.ts';

test.each([
  ['web', ' ada.example/books ', 'https://ada.example/books'],
  ['web', 'http://www.ada.example', 'http://www.ada.example/'],
  ['web', 'https://bücher.example/ä?b=c', 'https://xn--bcher-kva.example/%C3%A4?b=c'],
  ['mastodon', '@ada@social.example', 'https://social.example/@ada'],
  ['mastodon', 'ada_l@social.example', 'https://social.example/@ada_l'],
  ['mastodon', 'https://social.example/users/ada', 'https://social.example/users/ada'],
  ['bluesky', '@Ada.bsky.social', 'https://bsky.app/profile/ada.bsky.social'],
  ['bluesky', 'https://bsky.app/profile/did:plc:abc', 'https://bsky.app/profile/did:plc:abc'],
  ['email', 'mailto:ada@news.example', 'ada@news.example'],
  ['web', ' ​ ', ''],
] as const)('as a link of the kind %s, %j is %j', (kind, typed, link) => {
  expect(parseLink(kind, typed)).toEqual({ link });
});

test.each([
  ['web', 'javascript:alert(1)'],
  ['web', 'ada'],
  ['web', 'https://user:password@ada.example'],
  ['web', 'mailto:ada@news.example'],
  ['mastodon', '@ada'],
  ['mastodon', '@ada@server'],
  ['bluesky', 'ada'],
  ['bluesky', 'https://social.example/@ada'],
  ['bluesky', 'https://bsky.app/profile/'],
  ['email', 'ada'],
] as [LinkKind, string][])('%s: %s is refused', (kind, typed) => {
  expect(parseLink(kind, typed)).toHaveProperty('problem');
});

test('readers see handles, and addresses without what every address has', () => {
  expect(linkName('mastodon', 'https://social.example/@ada')).toBe('@ada@social.example');
  expect(linkName('mastodon', 'https://social.example/users/ada')).toBe('social.example/users/ada');
  expect(linkName('bluesky', 'https://bsky.app/profile/ada.bsky.social')).toBe('@ada.bsky.social');
  expect(linkName('web', 'https://www.ada.example/')).toBe('ada.example');
  expect(linkName('email', 'ada@news.example')).toBe('ada@news.example');
});
