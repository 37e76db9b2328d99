import { articleLimits } from '../articles/article.ts';
import { readPictureId } from '../pictures/picture.ts';
import type { Problem } from '../problem.ts';
import { cleanLine, isBlank } from '../text/text.ts';
import { readName } from './name.ts';

export const themeLimits = { name: articleLimits.name, description: 500 };

export interface ThemeDetails {
  name: string;
  /** Plain text. */
  description: string;
  pictureId: number | null;
}

export const themeFields = ['name', 'description', 'pictureId'] as const satisfies (keyof ThemeDetails)[];

/** The details of a theme as typed. */
export type ThemeForm = Record<'name' | 'description' | 'picture', string>;

export interface ThemeProblem {
  field: keyof ThemeForm;
  problem: Problem;
}

export function formOfTheme({ name, description, pictureId }: ThemeDetails): ThemeForm {
  return { name, description, picture: pictureId === null ? '' : String(pictureId) };
}

export function readThemeForm(posted: Record<string, string>): ThemeForm {
  return { name: cleanLine(posted['name'] ?? ''), description: cleanLine(posted['description'] ?? ''), picture: cleanLine(posted['picture'] ?? '') };
}

export function parseThemeForm(form: ThemeForm): { details: ThemeDetails } | { problems: ThemeProblem[] } {
  const problems: ThemeProblem[] = [];
  const { name, problem } = readName(form.name);
  if (problem) problems.push({ field: 'name', problem });
  if (form.description.length > themeLimits.description) problems.push({ field: 'description', problem: { key: 'problems.tooLong', values: { limit: themeLimits.description } } });
  const pictureId = isBlank(form.picture) ? null : readPictureId(form.picture);
  if (pictureId === undefined) problems.push({ field: 'picture', problem: { key: 'problems.notPicture' } });
  return problems.length > 0 || pictureId === undefined ? { problems } : { details: { name, description: isBlank(form.description) ? '' : form.description, pictureId } };
}
