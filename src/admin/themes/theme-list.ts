import { articleLimits } from '../../content/articles/article.ts';
import { readRowId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import { listNavigationThemes, listThemesByName, type ListedTheme } from '../../storage/themes/edited-themes.ts';
import { navigationLength } from '../../storage/themes/navigation.ts';
import { chosenOrder } from '../../storage/themes/place-theme.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { readNameQuery } from '../named/name-query.ts';
import { noticeOf } from '../notice.ts';
import { themeNotices } from './theme-notices.ts';

const pageLength = 50;

/** The themes in the order of the navigation, then all others by name; or those that a search finds. */
export async function themeList(context: Context, request: EditorRequest): Promise<ActionResult> {
  return showThemes(context, request);
}

interface Refusal {
  status: 409 | 422;
  field: 'new_theme' | 'navigation';
  problem: Message;
  /** The name that was typed for a new theme. */
  name?: string;
}

export async function showThemes({ db }: Context, request: EditorRequest, refusal?: Refusal): Promise<ActionResult> {
  const { messages, query, now } = request;
  const { q } = readNameQuery(query['q']);
  const after = readRowId(query['after']) || undefined;
  const navigation = await listNavigationThemes(db.reader, now);
  const { themes, next } = await listThemesByName(db, now, { q, except: q === '' ? navigation.map(({ id }) => id) : [], after, limit: pageLength });
  const isStart = q === '' && after === undefined;
  const shown = showNavigation(navigation, request);
  const states = new Map(shown.map(({ id, state }) => [id, state]));
  return {
    status: refusal?.status ?? 200,
    view: 'themes/list',
    data: {
      title: messages.text('newsroom.themes'),
      section: 'themes',
      notice: noticeOf(request, themeNotices),
      problems: refusal ? [{ field: refusal.field, message: messages.of(refusal.problem) }] : [],
      name: refusal?.name ?? '',
      limit: articleLimits.name,
      q,
      order: chosenOrder(navigation),
      navigationLength,
      navigation: isStart ? shown : [],
      themes: themes.map((theme) => ({ ...showTheme(theme, request), state: states.get(theme.id) ?? stateOf(theme, request) })),
      start: isStart ? undefined : withQuery(admin.themes, { q }),
      next: next && withQuery(admin.themes, { q, after: String(next) }),
      isEmpty: isStart && navigation.length + themes.length === 0,
    },
  };
}

function showNavigation(navigation: ListedTheme[], request: EditorRequest) {
  const { text } = request.messages;
  // Themes without published articles get their places once they have some.
  const shown = new Set(navigation.filter(({ isPublic }) => isPublic).slice(0, navigationLength));
  return navigation.map((theme, index) => ({
    ...showTheme(theme, request),
    state: shown.has(theme) ? text(theme.isPlaced ? 'newsroomThemes.chosen' : 'newsroomThemes.automatic') : stateOf(theme, request),
    placeAt: admin.ofTheme(theme.id, 'place'),
    up: index > 0 ? index : undefined,
    down: index < navigation.length - 1 ? index + 2 : undefined,
  }));
}

function showTheme({ id, name, articles }: ListedTheme, { messages }: EditorRequest) {
  return { id, name, href: admin.theme(id), articles: articles.toLocaleString(messages.language) };
}

function stateOf({ isPublic, isHidden }: ListedTheme, { messages: { text } }: EditorRequest): string {
  if (!isPublic) return text('newsroomThemes.notPublic');
  return text(isHidden ? 'newsroomThemes.hidden' : 'newsroomThemes.underMore');
}
