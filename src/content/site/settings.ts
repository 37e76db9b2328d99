import { z } from 'zod';
import { isZone } from '../dates/dates.ts';
import { cleanLine } from '../text/text.ts';
import { canonicalLanguage } from './language.ts';

const line = (length: number) => z.string('expected text').transform(cleanLine).pipe(z.string().max(length, `expected at most ${length} characters`));
const webAddress = z.url({ normalize: true, protocol: /^https?$/, error: 'expected an address that begins with http:// or https://' });

/** Every setting of the site that its editors may change, with its first value and its check. */
export const settingSchemas = {
  /** The newspaper's name, as in the masthead. */
  name: line(80).pipe(z.string().min(1, 'expected a name')).default('Broadsheet'),
  tagline: line(120).default(''),
  /** One sentence on the site, for search engines and feeds. */
  description: line(300).default(''),
  /** The language of the site's own words and of its dates, as a BCP 47 tag. */
  language: z.string().transform(canonicalLanguage).pipe(z.string({ error: 'expected a language tag such as en-GB' })).default('en-GB'),
  /** The zone in which dates are shown and times without an offset are read. */
  zone: z.string().refine(isZone, 'expected a time zone such as Europe/Bucharest').default('UTC'),
  /** The copyright line, as it stands at the foot of each page. */
  copyright: line(200).default(''),
  /** The site's accounts elsewhere, under "Follow us". */
  followUs: z.array(z.strictObject({ name: line(60).pipe(z.string().min(1, 'expected a name')), url: webAddress }, 'expected an object with only “name” and “url”'), 'expected a list of objects with “name” and “url”').max(20, 'expected at most 20 accounts').default([]),
  /** Curly quotes and dashes in bodies for straight ones. */
  smartTypography: z.boolean('expected true or false').default(false),
};

const schema = z.strictObject(settingSchemas);

export type Settings = z.output<typeof schema>;
export type SettingName = keyof Settings;

export const settingNames: readonly SettingName[] = schema.keyof().options;

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settingSchemas, name);
}

/** The settings from what is stored of them; what is not stored has its first value. */
export function readSettings(stored: unknown): Settings {
  return schema.parse(stored);
}

/**
 * Checks a new value.
 *
 * @returns the value as it is stored, or what is wrong with it
 */
export function parseSetting(name: SettingName, value: unknown): { value: unknown } | { problem: string } {
  const result = settingSchemas[name].safeParse(value);
  return result.success ? { value: result.data } : { problem: result.error.issues.map(({ path, message }) => [...path, message].join(': ')).join('; ') };
}
