import { readRowId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import { wasEverPublished } from '../../storage/articles/publication-times.ts';
import type { NamedKind } from '../../storage/database/schema.ts';
import { findEditedName, type EditedName } from '../../storage/named/edited-names.ts';
import { findEditedTheme } from '../../storage/themes/edited-themes.ts';
import { admin, authorPath, themePath, topicPath } from '../../urls.ts';
import type { EditorRequest } from '../action.ts';
import type { SiteSection } from '../sections.ts';

/** What differs between the pages about themes, those about topics and those about authors. */
interface NamePages {
  section: SiteSection;
  list: string;
  page(id: number | string): string;
  of(id: number | string, resource: string): string;
  publicPath(slug: string): string;
  texts: Record<'one' | 'all' | 'search' | 'empty' | 'merge' | 'mergeHint' | 'missing', MessageKey>;
}

export const namePages: Record<NamedKind, NamePages> = {
  theme: {
    section: 'themes',
    list: admin.themes,
    page: admin.theme,
    of: admin.ofTheme,
    publicPath: themePath,
    texts: { one: 'newsroomThemes.theme', all: 'newsroom.themes', search: 'newsroomThemes.search', empty: 'newsroomThemes.empty', merge: 'newsroomThemes.merge', mergeHint: 'newsroomThemes.mergeHint', missing: 'errors.noTheme' },
  },
  topic: {
    section: 'topics',
    list: admin.topics,
    page: admin.topic,
    of: admin.ofTopic,
    publicPath: topicPath,
    texts: { one: 'newsroomTopics.topic', all: 'newsroom.topics', search: 'newsroomTopics.search', empty: 'newsroomTopics.empty', merge: 'newsroomTopics.merge', mergeHint: 'newsroomTopics.mergeHint', missing: 'errors.noTopic' },
  },
  author: {
    section: 'authors',
    list: admin.authors,
    page: admin.author,
    of: admin.ofAuthor,
    publicPath: authorPath,
    texts: { one: 'newsroomAuthors.author', all: 'newsroom.authors', search: 'newsroomAuthors.search', empty: 'newsroomAuthors.empty', merge: 'newsroomAuthors.merge', mergeHint: 'newsroomAuthors.mergeHint', missing: 'errors.noAuthor' },
  },
};

/** Loads the topic or author whose id is in the path. @throws RequestError (404) if it doesn't exist */
export async function requireName(context: Context, request: EditorRequest, kind: NamedKind): Promise<EditedName> {
  const name = await findName(context, request, kind, request.params[kind]);
  if (!name) throw new RequestError(404, namePages[kind].texts.missing);
  return name;
}

/** Finds a theme, a topic or an author by an id from a path or a form. */
export async function findName({ db }: Context, { now }: EditorRequest, kind: NamedKind, typed: string | undefined): Promise<EditedName | undefined> {
  const id = readRowId(typed);
  return kind === 'theme' ? findEditedTheme(db.reader, id, now) : findEditedName(db.reader, kind, id);
}

/** The address of the page that readers see; undefined while a name occurs only in drafts, because it is secret then. */
export async function findPublicPath({ db }: Context, { now }: EditorRequest, kind: NamedKind, { id, slug }: EditedName): Promise<string | undefined> {
  return (await wasEverPublished(db, kind, id, now)) ? namePages[kind].publicPath(slug) : undefined;
}
