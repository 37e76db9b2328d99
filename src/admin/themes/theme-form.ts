import { articleLimits } from '../../content/articles/article.ts';
import { readPictureId } from '../../content/pictures/picture.ts';
import { cleanLine, isBlank } from '../../content/text/text.ts';
import type { Message } from '../../messages/catalogue.ts';
import type { ThemeDetails } from '../../storage/named/edit-themes.ts';

export const themeLimits = { name: articleLimits.name, description: 500 };

/** The details of a theme as typed. */
export type ThemeForm = Record<'name' | 'description' | 'picture', string>;

export interface ThemeProblem {
  field: keyof ThemeForm;
  problem: Message;
}

export function formOfTheme({ name, description, pictureId }: ThemeDetails): ThemeForm {
  return { name, description, picture: pictureId === null ? '' : String(pictureId) };
}

export function readThemeForm(posted: Record<string, string>): ThemeForm {
  return { name: cleanLine(posted['name'] ?? ''), description: cleanLine(posted['description'] ?? ''), picture: cleanLine(posted['picture'] ?? '') };
}

export function parseThemeForm(form: ThemeForm): { details: ThemeDetails } | { problems: ThemeProblem[] } {
  const problems: ThemeProblem[] = [];
  const { name, problem } = readThemeName(form.name);
  if (problem) problems.push({ field: 'name', problem });
  if (form.description.length > themeLimits.description) problems.push({ field: 'description', problem: { key: 'problems.tooLong', values: { limit: themeLimits.description } } });
  const pictureId = isBlank(form.picture) ? null : readPictureId(form.picture);
  if (pictureId === undefined) problems.push({ field: 'picture', problem: { key: 'problems.notPicture' } });
  return problems.length > 0 || pictureId === undefined ? { problems } : { details: { name, description: isBlank(form.description) ? '' : form.description, pictureId } };
}

export function readThemeName(typed: string | undefined): { name: string; problem?: Message } {
  const name = cleanLine(typed ?? '');
  if (isBlank(name)) return { name, problem: { key: 'problems.nameRequired' } };
  return name.length > themeLimits.name ? { name, problem: { key: 'problems.nameTooLong', values: { limit: themeLimits.name } } } : { name };
}
