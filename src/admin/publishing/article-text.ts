import { parseTitle } from '../../content/articles/title.ts';
import { articlePictureIds, splitAtPictures } from '../../content/pictures/body-pictures.ts';
import { parseCaption } from '../../content/pictures/caption.ts';
import { altOf, type Picture, type TextOverrides } from '../../content/pictures/picture.ts';
import { direction } from '../../content/site/language.ts';
import type { Context } from '../../context.ts';
import { findPublishedArticle } from '../../storage/articles/articles.ts';
import { findPictures } from '../../storage/pictures/pictures.ts';
import { articlePath } from '../../urls.ts';
import { columnWidth, imageOf } from '../pictures/shown-picture.ts';

/** The text of a published article as readers see it, with its pictures. Undefined if the article is not published. */
export async function findArticleText({ db, config }: Context, slug: string, now: number) {
  const article = await findPublishedArticle(db, slug, now);
  if (!article) return undefined;
  const { picture: lead, bodyHtml } = article;
  const pictures = await findPictures(db.reader, articlePictureIds(lead?.id, bodyHtml));
  const show = ({ id, ...texts }: { id: number } & TextOverrides) => showPicture(pictures.get(id), texts, config.siteUrl);
  return {
    href: articlePath(slug),
    titleHtml: parseTitle(article.title).html,
    standfirst: article.standfirst,
    summary: article.summary,
    lang: article.language,
    dir: direction(article.language),
    lead: lead && show(lead),
    body: splitAtPictures(bodyHtml).map((part) => (typeof part === 'string' ? { html: part } : { isFigure: part.isFigure, ...show(part) })),
  };
}

/** A picture that does not exist any more leaves its alternative text. */
function showPicture(picture: Picture | undefined, { alt, caption }: TextOverrides, siteUrl: string) {
  if (!picture) return { image: undefined, alt, caption: '' };
  return { image: imageOf(picture, columnWidth), alt: altOf(picture, alt) ?? '', caption: parseCaption(caption || picture.caption, siteUrl).text };
}
