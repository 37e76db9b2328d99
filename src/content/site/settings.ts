import { z } from 'zod';
import { isZone } from '../dates/offsets.ts';
import type { Problem } from '../problem.ts';
import { cleanLine } from '../text/text.ts';
import { canonicalLanguage } from './language.ts';

// The schemas name their problems by the keys of messages, which the command line prints in English.
type SettingProblem = Extract<Problem['key'], 'problems.nameRequired' | 'problems.notAccounts' | 'problems.notBoolean' | 'problems.notLanguage' | 'problems.notPicture' | 'problems.notText' | 'problems.notWebAddress' | 'problems.notZone' | 'problems.tooLong' | 'problems.tooManyAccounts'>;

const key = (name: SettingProblem): SettingProblem => name;

export const settingLimits = { name: 80, tagline: 120, description: 300, copyright: 200, accounts: 20, accountName: 60 };

const line = (length: number) => z.string(key('problems.notText')).transform(cleanLine).pipe(z.string().max(length, key('problems.tooLong')));
const name = (length: number) => line(length).pipe(z.string().min(1, key('problems.nameRequired')));
const webAddress = z.url({ normalize: true, protocol: /^https?$/, error: key('problems.notWebAddress') });
const account = z.strictObject({ name: name(settingLimits.accountName), url: webAddress }, key('problems.notAccounts'));

export const settingSchemas = {
  name: name(settingLimits.name).default('Broadsheet'),
  tagline: line(settingLimits.tagline).default(''),
  description: line(settingLimits.description).default(''),
  language: z.string().transform(canonicalLanguage).pipe(z.string(key('problems.notLanguage'))).default('en-GB'),
  /** For showing dates, and for parsing times without an offset. */
  zone: z.string().refine(isZone, key('problems.notZone')).default('UTC'),
  copyright: line(settingLimits.copyright).default(''),
  followUs: z.array(account, key('problems.notAccounts')).max(settingLimits.accounts, key('problems.tooManyAccounts')).default([]),
  /** The id of a picture in the library, for link previews of pages without a picture of their own; empty: the site's icon. */
  sharePicture: z.string(key('problems.notPicture')).trim().regex(/^(?:[1-9]\d{0,8})?$/, key('problems.notPicture')).default(''),
  smartTypography: z.boolean(key('problems.notBoolean')).default(false),
  /** Whether readers can see how published articles have changed. */
  publicHistory: z.boolean(key('problems.notBoolean')).default(true),
  /** For administrators. */
  secondFactorRequired: z.boolean(key('problems.notBoolean')).default(false),
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

export interface SettingError {
  /** Inside the setting, such as the second account's address: `[1, 'url']`. */
  path: PropertyKey[];
  problem: Problem;
}

export function parseSetting(name: SettingName, value: unknown): { value: unknown } | { errors: SettingError[] } {
  const result = settingSchemas[name].safeParse(value);
  return result.success ? { value: result.data } : { errors: result.error.issues.map((issue) => ({ path: issue.path, problem: problemOf(issue, String(value)) })) };
}

function problemOf(issue: z.core.$ZodIssue, text: string): Problem {
  const limit = issue.code === 'too_big' ? Number(issue.maximum) : 0;
  switch (issue.message) {
    case 'problems.tooLong':
    case 'problems.tooManyAccounts':
      return { key: issue.message, values: { limit } };
    case 'problems.notLanguage':
    case 'problems.notZone':
      return { key: issue.message, values: { text } };
    case 'problems.nameRequired':
    case 'problems.notAccounts':
    case 'problems.notBoolean':
    case 'problems.notPicture':
    case 'problems.notWebAddress':
      return { key: issue.message };
    default:
      return { key: 'problems.notText' };
  }
}
