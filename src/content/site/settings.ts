import { z } from 'zod';
import { isZone } from '../dates/dates.ts';
import { cleanLine } from '../text/text.ts';
import { canonicalLanguage } from './language.ts';

const line = (length: number) => z.string('expected text').transform(cleanLine).pipe(z.string().max(length, `expected at most ${length} characters`));
const webAddress = z.url({ normalize: true, protocol: /^https?$/, error: 'expected an address that begins with http:// or https://' });

export const settingSchemas = {
  name: line(80).pipe(z.string().min(1, 'expected a name')).default('Broadsheet'),
  tagline: line(120).default(''),
  description: line(300).default(''),
  language: z.string().transform(canonicalLanguage).pipe(z.string({ error: 'expected a language tag such as en-GB' })).default('en-GB'),
  /** For showing dates, and for parsing times without an offset. */
  zone: z.string().refine(isZone, 'expected a time zone such as Europe/Bucharest').default('UTC'),
  copyright: line(200).default(''),
  followUs: z.array(z.strictObject({ name: line(60).pipe(z.string().min(1, 'expected a name')), url: webAddress }, 'expected an object with only “name” and “url”'), 'expected a list of objects with “name” and “url”').max(20, 'expected at most 20 accounts').default([]),
  /** The id of a picture in the library, for link previews of pages without a picture of their own; empty: the site's icon. */
  sharePicture: z.string('expected the number of a picture').trim().regex(/^(?:[1-9]\d{0,8})?$/, 'expected the number of a picture, such as 7').default(''),
  smartTypography: z.boolean('expected true or false').default(false),
  /** Whether readers can see how published articles have changed. */
  publicHistory: z.boolean('expected true or false').default(true),
  /** For administrators. */
  secondFactorRequired: z.boolean('expected true or false').default(false),
};

const schema = z.strictObject(settingSchemas);

export type Settings = z.output<typeof schema>;
export type SettingName = keyof Settings;

export const settingNames: readonly SettingName[] = schema.keyof().options;

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settingSchemas, name);
}

/** Throws if a stored value is invalid. */
export function readSettings(stored: unknown): Settings {
  return schema.parse(stored);
}

export function parseSetting(name: SettingName, value: unknown): { value: unknown } | { problem: string } {
  const result = settingSchemas[name].safeParse(value);
  return result.success ? { value: result.data } : { problem: result.error.issues.map(({ path, message }) => [...path.map((part) => (typeof part === 'number' ? `entry ${part + 1}` : part)), message].join(': ')).join('; ') };
}
