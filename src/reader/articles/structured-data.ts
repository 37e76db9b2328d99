import { describeArticle } from '../../content/articles/opening.ts';
import type { Title } from '../../content/articles/title.ts';
import type { AuthorLinks } from '../../content/authors/author-links.ts';
import { showDate } from '../../content/dates/dates.ts';
import type { CropName } from '../../content/pictures/renditions.ts';
import type { PublishedArticle } from '../../storage/articles/articles.ts';
import type { Correction } from '../../storage/articles/corrections.ts';
import type { Named } from '../../storage/named/named.ts';
import type { LeadPicture } from '../../storage/pictures/pictures.ts';
import * as urls from '../../urls.ts';
import { croppedImage, imageTexts, representativePicture } from '../pictures/image.ts';
import type { Link, Site } from '../site.ts';

/** JSON for a `<script>` element: without `<`, which could end the element or begin a comment. */
export function forScript(data: object): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

export function articleData(site: Site, article: PublishedArticle, title: Title, authors: Named[], topics: Named[], corrections: Correction[], picture: LeadPicture | undefined): object {
  const url = urls.absolute(site.url, urls.articlePath(article.slug));
  const theme = { href: urls.themePath(article.theme.slug), name: article.theme.name };
  return graph([
    {
      '@type': 'NewsArticle',
      'headline': title.text,
      'description': describeArticle(article) || undefined,
      'image': articleImages(site, picture),
      'datePublished': showDate(article.publishedAt, site.dates).iso,
      'dateModified': showDate(article.updatedAt ?? article.publishedAt, site.dates).iso,
      'correction': corrections.length > 0 ? corrections.map(({ text, at }) => ({ '@type': 'CorrectionComment', text, 'datePublished': showDate(at, site.dates).iso })) : undefined,
      'author': authors.length > 0 ? authors.map(({ slug, name }) => ({ '@type': 'Person', name, 'url': urls.absolute(site.url, urls.authorPath(slug)) })) : publisher(site),
      'publisher': publisher(site),
      'articleSection': article.theme.name,
      'keywords': topics.length > 0 ? topics.map(({ name }) => name) : undefined,
      'inLanguage': article.language,
      'isAccessibleForFree': true,
      'mainEntityOfPage': { '@type': 'WebPage', '@id': url },
      'url': url,
      'wordCount': article.wordCount,
    },
    breadcrumbs(site, [theme, { href: urls.articlePath(article.slug), name: title.text }]),
  ]);
}

/** Google's rules for articles: the same picture in the ratios 1:1, 4:3 and 16:9. */
const crops = ['square', 'standard', 'wide'] as const;

function articleImages(site: Site, own: LeadPicture | undefined): string | object[] {
  const shown = representativePicture(site, own);
  if (!shown) return iconUrl(site);
  return crops.map((crop) => imageObject(site, shown, crop));
}

function imageObject(site: Site, shown: LeadPicture, crop: CropName): object {
  const { alt, caption, credit } = imageTexts(site, shown);
  const { url, type, width, height } = croppedImage(site, shown.picture, crop);
  return { '@type': 'ImageObject', url, 'contentUrl': url, 'encodingFormat': type, width, height, 'caption': caption.text || alt || undefined, 'creditText': credit || undefined };
}

export function siteData(site: Site): object {
  const target = { '@type': 'EntryPoint', 'urlTemplate': `${urls.absolute(site.url, urls.searchPath)}?q={search_term_string}` };
  return graph([
    {
      '@type': 'WebSite',
      'name': site.settings.name,
      'description': site.settings.description || undefined,
      'url': urls.absolute(site.url, urls.frontPath),
      'inLanguage': site.settings.language,
      'publisher': publisher(site),
      'potentialAction': { '@type': 'SearchAction', target, 'query-input': 'required name=search_term_string' },
    },
  ]);
}

interface AuthorParts {
  name: string;
  path: string;
  biography: string;
  links: AuthorLinks;
  portrait: LeadPicture | undefined;
}

export function authorData(site: Site, { name, path, biography, links: { email, ...links }, portrait }: AuthorParts): object {
  const url = urls.absolute(site.url, path);
  const sameAs = Object.values(links).filter((link) => link !== '');
  const person = {
    '@type': 'Person',
    name,
    url,
    'description': biography || undefined,
    'image': portrait && imageObject(site, portrait, 'square'),
    'email': email || undefined,
    'sameAs': sameAs.length > 0 ? sameAs : undefined,
    'worksFor': publisher(site),
  };
  return graph([{ '@type': 'ProfilePage', name, url, 'inLanguage': site.settings.language, 'publisher': publisher(site), 'mainEntity': person }, breadcrumbs(site, [{ href: path, name }])]);
}

export function listData(site: Site, name: string, path: string, { description, picture }: { description?: string; picture?: LeadPicture | undefined } = {}): object {
  const url = urls.absolute(site.url, path);
  return graph([{ '@type': 'CollectionPage', name, 'description': description || undefined, 'image': picture && imageObject(site, picture, 'wide'), url, 'inLanguage': site.settings.language, 'publisher': publisher(site) }, breadcrumbs(site, [{ href: path, name }])]);
}

function graph(items: object[]): object {
  return { '@context': 'https://schema.org', '@graph': items };
}

function publisher(site: Site): object {
  const sameAs = site.settings.followUs.map(({ url }) => url);
  return {
    '@type': 'NewsMediaOrganization',
    'name': site.settings.name,
    'url': urls.absolute(site.url, urls.frontPath),
    'logo': { '@type': 'ImageObject', 'url': iconUrl(site), 'width': 512, 'height': 512 },
    'sameAs': sameAs.length > 0 ? sameAs : undefined,
  };
}

function breadcrumbs(site: Site, links: Link[]): object {
  const trail = [{ href: urls.frontPath, name: site.settings.name }, ...links];
  return {
    '@type': 'BreadcrumbList',
    'itemListElement': trail.map(({ href, name }, index) => ({ '@type': 'ListItem', 'position': index + 1, name, 'item': urls.absolute(site.url, href) })),
  };
}

function iconUrl(site: Site): string {
  return urls.absolute(site.url, urls.iconPath('icon-512.png'));
}
