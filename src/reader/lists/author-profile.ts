import { linkKinds, linkName, type AuthorLinks, type LinkKind } from '../../content/authors/author-links.ts';
import { altOf } from '../../content/pictures/picture.ts';
import type { Context } from '../../context.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import { findAuthorProfile } from '../../storage/named/authors.ts';
import type { Named } from '../../storage/named/named.ts';
import { findPicture } from '../../storage/pictures/pictures.ts';
import { authorPath } from '../../urls.ts';
import { authorData } from '../articles/structured-data.ts';
import type { PageRequest } from '../page.ts';
import { authorPortrait } from '../pictures/places.ts';
import { picturesShown, showPicture, type ShownPicture } from '../pictures/show-picture.ts';

/** The author's profile, shown on the first page of the list of their articles. */
export interface ShownProfile {
  portrait: ShownPicture | undefined;
  biography: string;
  links: { label: string; name: string; href: string; isOwn: boolean }[];
}

const labels = { web: 'lists.web', mastodon: 'lists.mastodon', bluesky: 'lists.bluesky', email: 'lists.email' } as const satisfies Record<LinkKind, MessageKey>;

/** The pages that continue the list have no profile. */
export async function authorDetails({ db }: Context, { site, query }: PageRequest, author: Named) {
  if (query['before'] !== undefined) return { parts: {}, shows: [] };
  const { portraitId, biography, ...links } = await findAuthorProfile(db.reader, author.id);
  const picture = portraitId === null ? undefined : await findPicture(db.reader, portraitId);
  const alt = picture && (altOf(picture, '') ?? site.messages.text('lists.portrait', { name: author.name }));
  const portrait = picture && { picture, alt: alt ?? '', caption: '' };
  const profile: ShownProfile = { portrait: portrait && showPicture(site, portrait.picture, authorPortrait, portrait), biography, links: showLinks(links, (kind) => site.messages.text(labels[kind])) };
  return {
    parts: {
      ...(biography ? { description: biography } : {}),
      profile: portrait || biography || profile.links.length > 0 ? profile : undefined,
      picture: portrait,
      structuredData: authorData(site, { name: author.name, path: authorPath(author.slug), biography, links, portrait }),
    },
    shows: picture ? picturesShown([picture.id]) : [],
  };
}

function showLinks(links: AuthorLinks, labelOf: (kind: LinkKind) => string): ShownProfile['links'] {
  return linkKinds.filter((kind) => links[kind] !== '').map((kind) => ({
    label: labelOf(kind),
    name: linkName(kind, links[kind]),
    href: kind === 'email' ? mailto(links.email) : links[kind],
    isOwn: kind !== 'email',
  }));
}

/** RFC 6068, 2: characters that have a meaning in the address are encoded. */
function mailto(email: string): string {
  return `mailto:${encodeURIComponent(email).replaceAll('%40', '@')}`;
}
