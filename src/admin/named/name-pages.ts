import { readRowId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import { wasEverPublished } from '../../storage/articles/publication-times.ts';
import { findEditedName, type EditedName } from '../../storage/named/edited-names.ts';
import type { WordKind } from '../../storage/named/name-words.ts';
import { admin, authorPath, topicPath } from '../../urls.ts';
import type { EditorRequest } from '../action.ts';
import type { Part } from '../parts.ts';

/** In what the pages about authors and those about topics differ. */
interface NamePages {
  part: Part;
  list: string;
  page(id: number | string): string;
  of(id: number | string, resource: string): string;
  publicPath(slug: string): string;
  texts: Record<'one' | 'all' | 'search' | 'empty' | 'merge' | 'mergeHint' | 'chooseOther' | 'missing', MessageKey>;
}

export const namePages: Record<WordKind, NamePages> = {
  topic: {
    part: 'topics',
    list: admin.topics,
    page: admin.topic,
    of: admin.ofTopic,
    publicPath: topicPath,
    texts: { one: 'newsroomTopics.topic', all: 'newsroom.topics', search: 'newsroomTopics.search', empty: 'newsroomTopics.empty', merge: 'newsroomTopics.merge', mergeHint: 'newsroomTopics.mergeHint', chooseOther: 'newsroomTopics.chooseOther', missing: 'errors.noTopic' },
  },
  author: {
    part: 'authors',
    list: admin.authors,
    page: admin.author,
    of: admin.ofAuthor,
    publicPath: authorPath,
    texts: { one: 'newsroomAuthors.author', all: 'newsroom.authors', search: 'newsroomAuthors.search', empty: 'newsroomAuthors.empty', merge: 'newsroomAuthors.merge', mergeHint: 'newsroomAuthors.mergeHint', chooseOther: 'newsroomAuthors.chooseOther', missing: 'errors.noAuthor' },
  },
};

/** Reads the path's parameter with the name of the kind. @throws RequestError (404) if there is no such author or topic */
export async function requireName(context: Context, { params }: EditorRequest, kind: WordKind): Promise<EditedName> {
  const name = await findName(context, kind, params[kind]);
  if (!name) throw new RequestError(404, namePages[kind].texts.missing);
  return name;
}

/** Finds an author or a topic by an id from a path or a form. */
export async function findName({ db }: Context, kind: WordKind, typed: string | undefined): Promise<EditedName | undefined> {
  return findEditedName(db.reader, kind, readRowId(typed));
}

/** The address of the page that readers see; undefined while a name occurs only in drafts, because it is secret then. */
export async function findPublicPath({ db }: Context, { now }: EditorRequest, kind: WordKind, { id, slug }: EditedName): Promise<string | undefined> {
  return (await wasEverPublished(db, kind, id, now)) ? namePages[kind].publicPath(slug) : undefined;
}
