import { expect, test } from 'vitest';
import { isSettingName, parseSetting, readSettings, settingNames } from '../../../src/content/site/settings.ts';

test('a new site has the default settings', () => {
  expect(readSettings({})).toEqual({ name: 'Broadsheet', tagline: '', description: '', language: 'en-GB', zone: 'UTC', copyright: '', followUs: [], sharePicture: '', smartTypography: false, publicHistory: true, secondFactorRequired: false });
});

test('stored settings apply, the rest have their defaults', () => {
  expect(readSettings({ name: 'The Daily', zone: 'Europe/Bucharest' })).toMatchObject({ name: 'The Daily', zone: 'Europe/Bucharest', language: 'en-GB' });
});

test('only setting names are setting names, not inherited properties', () => {
  expect(settingNames).toEqual(['name', 'tagline', 'description', 'language', 'zone', 'copyright', 'followUs', 'sharePicture', 'smartTypography', 'publicHistory', 'secondFactorRequired']);
  expect(settingNames.every(isSettingName)).toBe(true);
  for (const name of ['', 'Name', 'toString', 'constructor', '__proto__', 'hasOwnProperty']) expect(isSettingName(name), name).toBe(false);
});

test.each([
  ['name', ' The\n Daily\u0000 ', 'The Daily'],
  ['tagline', '', ''],
  ['language', 'EN-gb', 'en-GB'],
  ['zone', 'Asia/Kathmandu', 'Asia/Kathmandu'],
  ['copyright', '© 2024 <X> & Y', '© 2024 <X> & Y'],
  ['followUs', [], []],
  ['followUs', [{ name: ' X ', url: 'https://social.example/@x' }], [{ name: 'X', url: 'https://social.example/@x' }]],
  ['followUs', [{ name: 'X', url: ' HTTPS://Social.example/a b"<\u0000/ ' }], [{ name: 'X', url: 'https://social.example/a%20b%22%3C%00/' }]],
  ['sharePicture', ' 7 ', '7'],
  ['sharePicture', '', ''],
  ['smartTypography', true, true],
  ['secondFactorRequired', true, true],
] as const)('%s accepts %j', (name, value, stored) => {
  expect(parseSetting(name, value)).toEqual({ value: stored });
});

test.each([
  ['name', ''],
  ['name', ' \n'],
  ['name', 'x'.repeat(81)],
  ['name', 1],
  ['tagline', 'x'.repeat(121)],
  ['description', 'x'.repeat(301)],
  ['copyright', 'x'.repeat(201)],
  ['smartTypography', 'true'],
  ['sharePicture', '0'],
  ['sharePicture', '07'],
  ['sharePicture', '-7'],
  ['sharePicture', '1e3'],
  ['sharePicture', 'sunset.jpg'],
  ['sharePicture', '1234567890'],
  ['sharePicture', 7],
  ['followUs', 'https://social.example'],
  ['followUs', [{ name: '', url: 'https://social.example' }]],
  ['followUs', [{ name: 'X' }]],
  ['followUs', [{ name: 'X', url: 'https://social.example', icon: 'x' }]],
  ['followUs', Array.from({ length: 21 }, () => ({ name: 'X', url: 'https://social.example' }))],
] as const)('%s refuses %j', (name, value) => {
  expect(parseSetting(name, value)).toHaveProperty('errors');
});

test.each(['english', 'en_GB', '', ' ', 'x'])('the language %j is refused', (language) => {
  expect(parseSetting('language', language)).toEqual({ errors: [{ path: [], problem: { key: 'problems.notLanguage', values: { text: language } } }] });
});

test.each(['', 'Mars/Olympus', 'Bucharest'])('the zone %j is refused', (zone) => {
  expect(parseSetting('zone', zone)).toEqual({ errors: [{ path: [], problem: { key: 'problems.notZone', values: { text: zone } } }] });
});

test.each(['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'java\nscript:alert(1)', 'data:text/html,x', '//social.example', '/about', 'social.example', 'ftp://social.example', 'mailto:a@b.example', 'https://', ''])('the account address %j is refused, with the place of its entry', (url) => {
  expect(parseSetting('followUs', [{ name: 'A', url: 'https://a.example' }, { name: 'X', url }])).toEqual({ errors: [{ path: [1, 'url'], problem: { key: 'problems.notWebAddress' } }] });
});

test('each problem names its limit', () => {
  expect(parseSetting('name', 'x'.repeat(81))).toEqual({ errors: [{ path: [], problem: { key: 'problems.tooLong', values: { limit: 80 } } }] });
  expect(parseSetting('followUs', Array.from({ length: 21 }, () => ({ name: 'X', url: 'https://social.example' })))).toEqual({ errors: [{ path: [], problem: { key: 'problems.tooManyAccounts', values: { limit: 20 } } }] });
  expect(parseSetting('followUs', [{ name: ' ', url: 'https://social.example' }])).toEqual({ errors: [{ path: [0, 'name'], problem: { key: 'problems.nameRequired' } }] });
  expect(parseSetting('tagline', 7)).toEqual({ errors: [{ path: [], problem: { key: 'problems.notText' } }] });
});
