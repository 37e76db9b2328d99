import { expect, test } from 'vitest';
import { browserName } from '../../../src/content/accounts/browser.ts';

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', { browser: 'Firefox', system: 'Linux' }],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36', { browser: 'Chrome', system: 'Windows' }],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0', { browser: 'Edge', system: 'Windows' }],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15', { browser: 'Safari', system: 'macOS' }],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/138.0.7204.53 Mobile/15E148 Safari/604.1', { browser: 'Chrome', system: 'iPhone' }],
  ['Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36', { browser: 'Samsung Internet', system: 'Android' }],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/138.0.0.0 Safari/537.36', { browser: 'Chrome', system: 'Linux' }],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148', { browser: undefined, system: 'iPhone' }],
  ['Mozilla/5.0 (SMART-TV; Something New) Gecko', { browser: undefined, system: undefined }],
  ['curl/8.5.0', { browser: 'curl', system: undefined }],
  ['', { browser: undefined, system: undefined }],
])('%s', (userAgent, name) => {
  expect(browserName(userAgent)).toEqual(name);
});

test('a text that names no program is not a name', () => {
  for (const userAgent of ['x'.repeat(300), '<b>me</b>', 'a sentence']) expect(browserName(userAgent).browser).toBeUndefined();
});
