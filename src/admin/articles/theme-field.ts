import { isBlank } from '../../content/text/text.ts';
import type { Context } from '../../context.ts';
import { listNameOptions } from '../../storage/articles/editorial-list.ts';
import { findByName } from '../../storage/named/named.ts';
import { listThemeChoices } from '../../storage/themes/theme-choices.ts';
import type { EditorRequest } from '../action.ts';

interface ThemeChoice {
  value: string;
  label: string;
  isChosen: boolean;
  /** The theme does not exist yet. */
  isNew: boolean;
}

/** A select of all themes, or suggestions for a text field if there are too many. */
export type ThemeField = { choices: ThemeChoice[]; newName: string } | { choices?: undefined; suggestions: string[] };

/** From this many themes on, a select would be hard to use. */
const tooManyChoices = 200;

/** The theme as an editor typed it keeps its spelling, so that opening the form changes nothing. `offersNew`: a theme that does not exist can be chosen, and saving adds it. */
export async function themeField({ db }: Context, { messages: { text }, now }: EditorRequest, typed: string, { offersNew }: { offersNew: boolean }): Promise<ThemeField> {
  const themes = await listThemeChoices(db.reader, now, tooManyChoices);
  if (!themes) return { suggestions: (await listNameOptions(db, 'theme')).map(({ name }) => name) };

  const known = isBlank(typed) ? undefined : await findByName(db.reader, 'theme', typed);
  const isNew = !isBlank(typed) && !known;
  const isOffered = isNew && offersNew;
  return {
    choices: [
      { value: '', label: text('articleForm.noTheme'), isChosen: !known && !isOffered, isNew: false },
      ...(isOffered ? [{ value: typed, label: text('articleForm.themeToCreate', { name: typed }), isChosen: true, isNew }] : []),
      ...themes.map(({ id, name }) => ({ value: id === known?.id ? typed : name, label: name, isChosen: id === known?.id, isNew: false })),
    ],
    newName: isNew && !offersNew ? typed : '',
  };
}
