import { isAllowed } from '../../content/accounts/permissions.ts';
import { isPublic } from '../../content/articles/publication.ts';
import type { Context } from '../../context.ts';
import { listPicturePlaces, type PicturePlace } from '../../storage/pictures/picture-places.ts';
import { admin, articlePath, staticPagePath } from '../../urls.ts';
import type { PictureRequest } from '../action.ts';
import { describeState } from '../articles/article-state.ts';
import { shownTitle } from '../articles/shown-title.ts';

export interface ShownPlace {
  name: string;
  href: string | undefined;
  state: string | undefined;
}

/** Where a picture is used. Contributors don't learn the titles of their colleagues' unpublished articles. */
export async function listPlaces({ db }: Context, request: PictureRequest): Promise<ShownPlace[]> {
  return (await listPicturePlaces(db.reader, request.picture.id)).map((place) => showPlace(place, request));
}

const maxNames = 3;

/** A list of places for use in a sentence. Names the first ones only. */
export function nameList(places: PicturePlace[], request: PictureRequest): string {
  const { text, language } = request.messages;
  const names = places.slice(0, maxNames).map((place) => {
    const { name, href } = showPlace(place, request);
    return typeof place === 'object' && 'article' in place && href !== undefined ? text('pictures.articleTitled', { title: name }) : name;
  });
  return new Intl.ListFormat(language).format(places.length > maxNames ? [...names, text('pictures.otherPlaces')] : names);
}

function showPlace(place: PicturePlace, request: PictureRequest): ShownPlace {
  const { editor, messages, now } = request;
  if (place === 'settings') return { name: messages.text('pictures.inSettings'), href: undefined, state: undefined };
  if ('page' in place) return { name: messages.text('pictures.onPage', { title: place.page.title }), href: staticPagePath(place.page.path), state: undefined };
  if ('theme' in place) return { name: messages.text('pictures.ofTheme', { name: place.theme.name }), href: isAllowed(editor, 'publish') ? admin.theme(place.theme.id) : undefined, state: undefined };
  if ('author' in place) return { name: messages.text('pictures.ofAuthor', { name: place.author.name }), href: isAllowed(editor, 'publish') ? admin.author(place.author.id) : undefined, state: undefined };
  const { article, owner } = place;
  const isShown = isPublic(article, now) && article.slug !== null;
  const canWrite = isAllowed(editor, 'write', article);
  if (!canWrite && !isShown) return { name: owner === null ? messages.text('pictures.hiddenArticle') : messages.text('pictures.hiddenArticleOf', { name: owner }), href: undefined, state: undefined };
  return { name: shownTitle(article.title, messages), href: canWrite ? admin.article(article.id) : articlePath(article.slug ?? ''), state: describeState(article, request, 'short').words };
}
