// The order matters: most browsers also claim to be those listed after them.
const browsers: [name: string, sign: RegExp][] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:(?:Headless)?Chrome|CriOS|Chromium)\//],
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
  /** `Firefox`, or the first word of another program's `User-Agent`, such as `curl`. Undefined if the browser is not recognised. */
  browser: string | undefined;
  /** `Linux`. Undefined if the system is not recognised. */
  system: string | undefined;
}

export function browserName(userAgent: string): BrowserName {
  return { browser: findName(browsers, userAgent) ?? programName(userAgent), system: findName(systems, userAgent) };
}

/** The first word of a `User-Agent`, unless it is `Mozilla`, with which every browser begins. */
function programName(userAgent: string): string | undefined {
  const [name] = /^[\w.-]{1,30}(?=\/|$)/.exec(userAgent) ?? [];
  return name === 'Mozilla' ? undefined : name;
}

function findName(names: [name: string, sign: RegExp][], userAgent: string): string | undefined {
  return names.find(([, sign]) => sign.test(userAgent))?.[0];
}
