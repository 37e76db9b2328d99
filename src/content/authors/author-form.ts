import { articleLimits } from '../articles/article.ts';
import { maxSlugLength, slugPattern } from '../articles/slug.ts';
import { readName } from '../named/name.ts';
import { readPictureId } from '../pictures/picture.ts';
import type { Problem } from '../problem.ts';
import { cleanLine, cleanText, isBlank } from '../text/text.ts';
import { linkKinds, parseLink, type AuthorLinks, type LinkKind } from './author-links.ts';

/** What readers learn about an author. */
export interface AuthorProfile extends AuthorLinks {
  /** The id of a picture. */
  portraitId: number | null;
  /** Plain text in one paragraph. */
  biography: string;
}

export interface AuthorDetails extends AuthorProfile {
  name: string;
  /** Empty: to be made from the name. */
  slug: string;
}

export const authorFields = ['name', 'slug', 'portraitId', 'biography', 'web', 'mastodon', 'bluesky', 'email'] as const satisfies (keyof AuthorDetails)[];

/** As typed. */
export type AuthorForm = Record<'name' | 'slug' | 'portrait' | 'biography' | LinkKind, string>;
export type AuthorField = keyof AuthorForm;

export interface AuthorProblem {
  field: AuthorField;
  problem: Problem;
}

export const authorLimits = { name: articleLimits.name, slug: maxSlugLength, biography: 1000 };

export function readAuthorForm(posted: Record<string, string | undefined>): AuthorForm {
  const field = (name: AuthorField) => cleanText(posted[name] ?? '');
  return { name: field('name'), slug: field('slug'), portrait: field('portrait'), biography: field('biography'), web: field('web'), mastodon: field('mastodon'), bluesky: field('bluesky'), email: field('email') };
}

export function formOfAuthor({ portraitId, ...texts }: AuthorDetails): AuthorForm {
  return { ...texts, portrait: portraitId === null ? '' : String(portraitId) };
}

export function parseAuthorForm(form: AuthorForm): { details: AuthorDetails } | { errors: AuthorProblem[] } {
  const errors: AuthorProblem[] = [];
  const fail = (field: AuthorField, problem: Problem) => errors.push({ field, problem });
  const { name, problem } = readName(form.name);
  if (problem) fail('name', problem);
  const [slug, biography] = [cleanLine(form.slug), cleanLine(form.biography)];
  if (slug !== '' && (!slugPattern.test(slug) || slug.length > authorLimits.slug)) fail('slug', { key: 'problems.notSlug', values: { limit: authorLimits.slug } });
  const portraitId = isBlank(form.portrait) ? null : readPictureId(form.portrait);
  if (portraitId === undefined) fail('portrait', { key: 'problems.notPicture' });
  if (biography.length > authorLimits.biography) fail('biography', { key: 'problems.tooLong', values: { limit: authorLimits.biography } });
  const links = { web: '', mastodon: '', bluesky: '', email: '' };
  for (const kind of linkKinds) {
    const parsed = parseLink(kind, form[kind]);
    if ('problem' in parsed) fail(kind, parsed.problem);
    else links[kind] = parsed.link;
  }
  return errors.length > 0 || portraitId === undefined ? { errors } : { details: { name, slug, portraitId, biography: isBlank(biography) ? '' : biography, ...links } };
}
