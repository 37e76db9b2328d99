import { pictureIdOfPath } from '../../content/pictures/body-pictures.ts';
import { findRendition } from '../../content/pictures/renditions.ts';
import type { Context } from '../../context.ts';
import { isReachable, type LinkTarget } from '../../storage/articles/link-targets.ts';
import { findPicture } from '../../storage/pictures/pictures.ts';
import * as urls from '../../urls.ts';

/** A text with more links than these has its first ones checked. */
const maxChecked = 100;

interface Checked {
  /** The address of the text's own page, if it is known. */
  own: string | undefined;
  /** When readers will follow the links, UTC milliseconds. */
  at: number;
}

/** The links, of those to this site, that lead to no page or file. */
export async function listDeadLinks(context: Context, links: string[], { own, at }: Checked): Promise<string[]> {
  const dead: string[] = [];
  for (const link of links.slice(0, maxChecked)) {
    const path = urls.canonicalPath(link.replace(/[?#].*$/, ''));
    if (path !== own && !(await leadsSomewhere(context, path, at))) dead.push(link);
  }
  return dead;
}

async function leadsSomewhere({ db, assets }: Context, path: string, at: number): Promise<boolean> {
  if (urls.isSitePath(path)) return true;
  const pictureId = pictureIdOfPath(path);
  if (pictureId !== undefined) {
    const picture = await findPicture(db.reader, pictureId);
    const file = path.slice(path.lastIndexOf('/') + 1);
    return picture !== undefined && urls.picturePath(picture, file) === path && findRendition(picture, file) !== undefined;
  }
  if (Object.values(assets).some(({ name }) => urls.assetPath(name) === path)) return true;
  const target = targetOf(path);
  return target !== undefined && isReachable(db, target, at);
}

function targetOf(path: string): LinkTarget | undefined {
  for (const { kind, pathOf } of slugPaths) {
    const slug = slugIn(pathOf, path);
    if (slug !== undefined) return { kind, slug };
  }
  return urls.isReservedPath(path.slice(1)) ? undefined : { kind: 'page', path: path.slice(1) };
}

type SlugPath = { kind: Exclude<LinkTarget['kind'], 'page'>; pathOf: (slug: string) => string };

const feedFormats = ['rss', 'atom', 'json'] as const;

const slugPaths: SlugPath[] = [
  { kind: 'article', pathOf: urls.articlePath },
  { kind: 'article', pathOf: urls.articleHistoryPath },
  { kind: 'theme', pathOf: urls.themePath },
  { kind: 'topic', pathOf: urls.topicPath },
  { kind: 'author', pathOf: urls.authorPath },
  ...feedFormats.flatMap((format): SlugPath[] => [
    { kind: 'theme', pathOf: (slug) => urls.feedPath(format, urls.themePath(slug)) },
    { kind: 'author', pathOf: (slug) => urls.feedPath(format, urls.authorPath(slug)) },
  ]),
];

function slugIn(pathOf: SlugPath['pathOf'], path: string): string | undefined {
  const [start = '', end = ''] = pathOf('*').split('*');
  const slug = path.slice(start.length, path.length - end.length);
  return slug !== '' && !slug.includes('/') && path === pathOf(slug) ? slug : undefined;
}
