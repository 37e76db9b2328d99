import { authorLimits, formOfAuthor, type AuthorField, type AuthorForm } from '../../content/authors/author-form.ts';
import { linkKinds, type LinkKind } from '../../content/authors/author-links.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import type { Message, MessageKey } from '../../messages/catalogue.ts';
import { findAuthor } from '../../storage/named/authors.ts';
import { admin } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { mergingPart } from '../named/merging.ts';
import { nameNotices } from '../named/name-notices.ts';
import { findPublicPath, requireName } from '../named/name-pages.ts';
import type { ShownValue } from '../named/shown-values.ts';
import { noticeOf } from '../notice.ts';
import { chosenImage, pictureUploads } from '../pictures/picture-field.ts';

/** What readers learn about an author, as a form, and the search for another author to merge with. */
export async function authorPage(context: Context, request: EditorRequest): Promise<ActionResult> {
  return showAuthor(context, request);
}

interface Refused {
  status: 409 | 422;
  form: AuthorForm;
  /** See `readSeenDetails`. */
  seen: string;
  problems: { field: AuthorField; problem: Message }[];
  /** Saved values that the form would replace. */
  conflict?: ShownValue[];
}

export async function showAuthor(context: Context, request: EditorRequest, refused?: Refused): Promise<ActionResult> {
  const { messages } = request;
  const author = await requireName(context, request, 'author');
  const stored = await findAuthor(context.db.reader, author.id);
  if (!stored) throw new RequestError(404, 'errors.noAuthor');
  const form = refused?.form ?? formOfAuthor(stored);
  const problems = refused?.problems ?? [];
  return {
    status: refused?.status ?? 200,
    view: 'authors/author',
    data: {
      title: stored.name,
      section: 'authors',
      notice: noticeOf(request, nameNotices),
      problems: problems.map(({ field, problem }) => ({ field, message: messages.text('problems.ofField', { field: messages.text(fieldLabels[field]), problem: messages.of(problem) }) })),
      faults: Object.fromEntries(problems.map(({ field, problem }) => [field, messages.of(problem)])),
      conflict: refused?.conflict,
      count: messages.text('newsroomNames.count', { count: author.articles }),
      publicPath: await findPublicPath(context, request, 'author', author),
      saveTo: admin.ofAuthor(author.id, 'details'),
      seen: refused?.seen ?? JSON.stringify(stored),
      form,
      limits: authorLimits,
      portrait: await chosenImage(context, request, form.portrait),
      picture: pictureUploads,
      links: linkKinds.map((kind) => ({ kind, label: messages.text(fieldLabels[kind]), hint: linkHints[kind] && messages.text(linkHints[kind]) })),
      merging: await mergingPart(context, request, 'author', author),
    },
  };
}

export const fieldLabels = {
  name: 'newsroomNames.name',
  slug: 'newsroomAuthors.slug',
  portrait: 'newsroomAuthors.portrait',
  biography: 'newsroomAuthors.biography',
  web: 'newsroomAuthors.web',
  mastodon: 'newsroomAuthors.mastodon',
  bluesky: 'newsroomAuthors.bluesky',
  email: 'newsroomAuthors.email',
} as const satisfies Record<AuthorField, MessageKey>;

export const authorFormFields = ['name', 'slug', 'portrait', 'biography', ...linkKinds] as const satisfies AuthorField[];

const linkHints = { web: undefined, mastodon: 'newsroomAuthors.mastodonHint', bluesky: 'newsroomAuthors.blueskyHint', email: 'newsroomAuthors.emailHint' } as const satisfies Record<LinkKind, MessageKey | undefined>;
