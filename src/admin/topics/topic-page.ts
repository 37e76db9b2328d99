import { articleLimits } from '../../content/articles/article.ts';
import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import type { EditedName } from '../../storage/named/edited-names.ts';
import { admin } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { mergingPart } from '../named/merging.ts';
import { nameNotices } from '../named/name-notices.ts';
import { findPublicPath, requireName } from '../named/name-pages.ts';
import { noticeOf } from '../notice.ts';

/** A topic's name, and what can be done with the topic. */
export async function topicPage(context: Context, request: EditorRequest): Promise<ActionResult> {
  return showTopic(context, request, await requireName(context, request, 'topic'));
}

interface Refused {
  status: 409 | 422;
  problem: Message;
  /** As typed. */
  name: string;
  /** The name on which the form is based. */
  before: string;
}

export async function showTopic(context: Context, request: EditorRequest, topic: EditedName, refused?: Refused): Promise<ActionResult> {
  const { messages } = request;
  const { id, name, articles } = topic;
  return {
    status: refused?.status ?? 200,
    view: 'topics/topic',
    data: {
      title: name,
      section: 'topics',
      notice: noticeOf(request, nameNotices),
      problems: refused ? [{ field: 'name', message: messages.of(refused.problem) }] : [],
      count: messages.text('newsroomNames.count', { count: articles }),
      publicPath: await findPublicPath(context, request, 'topic', topic),
      saveTo: admin.ofTopic(id, 'name'),
      name: refused?.name ?? name,
      before: refused?.before ?? name,
      nameLimit: articleLimits.name,
      merging: await mergingPart(context, request, 'topic', topic),
      deletion: articles === 0 ? admin.ofTopic(id, 'deletion') : undefined,
    },
  };
}
