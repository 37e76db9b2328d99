import { cleanLine, shorten } from '../text/text.ts';

// The order matters: most browsers also claim to be those listed after them.
const browsers: [name: string, sign: RegExp][] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS|Chromium)\//],
  ['Safari', /\bVersion\/\S+ .*Safari\//],
];

const systems: [name: string, sign: RegExp][] = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
];

export interface BrowserName {
  /** `Firefox`, or the start of an unrecognised `User-Agent`. Undefined if the browser sent no `User-Agent`. */
  browser: string | undefined;
  /** `Linux`. Undefined if the browser or its system is not recognised. */
  system: string | undefined;
}

export function browserName(userAgent: string): BrowserName {
  const browser = findName(browsers, userAgent);
  if (browser) return { browser, system: findName(systems, userAgent) };
  return { browser: shorten(cleanLine(userAgent), 60) || undefined, system: undefined };
}

function findName(names: [name: string, sign: RegExp][], userAgent: string): string | undefined {
  return names.find(([, sign]) => sign.test(userAgent))?.[0];
}
