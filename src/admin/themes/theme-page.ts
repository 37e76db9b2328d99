import { readRowId } from '../../content/articles/id.ts';
import { formOfTheme, themeLimits, type ThemeDetails, type ThemeForm } from '../../content/named/theme-form.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import type { Message, MessageKey } from '../../messages/catalogue.ts';
import { findEditedTheme, listNavigationThemes, listThemesByName, type EditedTheme, type ListedTheme } from '../../storage/themes/edited-themes.ts';
import { findMergeTarget } from '../../storage/themes/merge-themes.ts';
import { chosenOrder } from '../../storage/themes/place-theme.ts';
import { admin, themePath, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { readNameQuery } from '../named/name-query.ts';
import type { ShownValue } from '../named/shown-values.ts';
import { noticeOf } from '../notice.ts';
import { chosenImage, pictureUploads } from '../pictures/picture-field.ts';
import { themeNotices } from './theme-notices.ts';

const maxChoices = 20;

/** What readers see of a theme, its place in the navigation, and the search for another theme to merge it into. */
export async function themePage(context: Context, request: EditorRequest): Promise<ActionResult> {
  return showTheme(context, request, await requireTheme(context, request));
}

/** @throws RequestError (404) if there is no such theme */
export async function requireTheme(context: Context, request: EditorRequest): Promise<EditedTheme> {
  const theme = await findTheme(context, request);
  if (!theme) throw new RequestError(404, 'errors.noTheme');
  return theme;
}

export async function findTheme({ db }: Context, { params, now }: EditorRequest): Promise<EditedTheme | undefined> {
  return findEditedTheme(db.reader, readRowId(params['theme']), now);
}

interface Refused {
  status: 409 | 422;
  form: ThemeForm;
  /** See `readSeenDetails`. By default, the theme's details. */
  seen?: string;
  problems: { field: keyof ThemeForm; problem: Message }[];
  /** Saved values that the form would replace. */
  conflict?: ShownValue[];
}

export async function showTheme(context: Context, request: EditorRequest, theme: EditedTheme, refused?: Refused): Promise<ActionResult> {
  const { messages } = request;
  const { id, name, articles } = theme;
  const form = refused?.form ?? formOfTheme(theme);
  const problems = refused?.problems ?? [];
  const movingTo = await findMergeTarget(context.db.reader, id);
  return {
    status: refused?.status ?? 200,
    view: 'themes/theme',
    data: {
      title: name,
      section: 'themes',
      notice: noticeOf(request, themeNotices),
      problems: problems.map(({ field, problem }) => ({ field, message: messages.text('problems.ofField', { field: messages.text(fieldLabels[field]), problem: messages.of(problem) }) })),
      faults: Object.fromEntries(problems.map(({ field, problem }) => [field, messages.of(problem)])),
      conflict: refused?.conflict,
      count: messages.text('newsroomNames.count', { count: articles }),
      articlesAt: articles > 0 ? withQuery(admin.articles, { theme: theme.slug }) : undefined,
      publicPath: theme.isPublic ? themePath(theme.slug) : undefined,
      saveTo: admin.ofTheme(id, 'details'),
      seen: refused?.seen ?? seenDetails(theme),
      form,
      limits: themeLimits,
      image: await chosenImage(context, request, form.picture),
      picture: pictureUploads,
      placing: await placingPart(context, request, theme),
      movingHtml: movingTo && messages.html('newsroomThemes.isMoving', { name: movingTo.name, other: { href: admin.theme(movingTo.id) } }),
      merging: movingTo ? undefined : await mergingPart(context, request, theme),
      deletion: isDeletable(theme) ? admin.ofTheme(id, 'deletion') : undefined,
    },
  };
}

function seenDetails({ name, description, pictureId }: ThemeDetails): string {
  return JSON.stringify({ name, description, pictureId });
}

export const themeFormFields = ['name', 'description', 'picture'] as const satisfies (keyof ThemeForm)[];

export const fieldLabels = { name: 'newsroomNames.name', description: 'newsroomThemes.description', picture: 'newsroomThemes.picture' } as const satisfies Record<keyof ThemeForm, MessageKey>;

export function isDeletable({ articles, hasMerged }: EditedTheme): boolean {
  return articles === 0 && !hasMerged;
}

async function placingPart({ db }: Context, { messages: { text }, now }: EditorRequest, theme: EditedTheme) {
  const navigation = await listNavigationThemes(db.reader, now);
  const isListed = navigation.some(({ id }) => id === theme.id);
  const label = (index: number, other: ListedTheme | undefined) => (!other || other.id === theme.id ? text('newsroomThemes.placeNumber', { place: index + 1 }) : text('newsroomThemes.placeOf', { place: index + 1, name: other.name }));
  const places = Array.from({ length: navigation.length + (isListed ? 0 : 1) }, (_, index) => ({ value: String(index + 1), label: label(index, navigation[index]), isChosen: theme.isPlaced && navigation[index]?.id === theme.id }));
  return {
    path: admin.ofTheme(theme.id, 'place'),
    order: chosenOrder(navigation),
    options: [{ value: 'automatic', label: text('newsroomThemes.placeAutomatic'), isChosen: !theme.isPlaced && !theme.isHidden }, ...places, { value: 'hidden', label: text('newsroomThemes.placeHidden'), isChosen: theme.isHidden }],
  };
}

/** Without a search, offers all other themes if there are few. */
async function mergingPart({ db }: Context, { messages: { text }, query, now }: EditorRequest, { id }: EditedTheme) {
  const { q } = readNameQuery(query['q']);
  const { themes, next } = await listThemesByName(db, now, { q, except: [id], after: undefined, limit: maxChoices });
  const choices = q === '' && next !== undefined ? [] : themes.map((other) => ({ label: text('newsroomNames.mergeInto', { name: other.name }), href: withQuery(admin.ofTheme(id, 'merge'), { into: String(other.id) }) }));
  return { heading: text('newsroomThemes.merge'), hint: text('newsroomThemes.mergeHint'), path: admin.theme(id), q, areNamesakes: false, choices };
}
