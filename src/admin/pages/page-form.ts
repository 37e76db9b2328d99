import type { PageText } from '../../content/pages/static-page.ts';
import type { Context } from '../../context.ts';
import type { EditedPage } from '../../storage/pages/page-revisions.ts';
import { admin, staticPagePath } from '../../urls.ts';
import type { EditorRequest, ViewResult } from '../action.ts';
import { showWordCount, type FormProblem } from '../articles/article-fields.ts';
import { describeNotes } from '../articles/body-notes.ts';
import { describeUnknown, listBodyPictures } from '../articles/body-pictures.ts';
import type { Difference } from '../articles/differences.ts';
import { noticeOf } from '../notice.ts';
import { pictureUploads } from '../pictures/picture-field.ts';
import { pageLabels } from './page-differences.ts';
import { makePageFields } from './page-fields.ts';
import { pageNotices } from './page-notices.ts';

export interface PageFormParts {
  form: PageText;
  /** The stored page; undefined: a new one. */
  page: EditedPage | undefined;
  /** The revision on which the text is based. */
  baseId?: number | undefined;
  problems?: FormProblem[];
  /** What somebody else has done to the page in the meantime. */
  meanwhile?: { title: string; text: string; differences: Difference[] };
}

export async function pageFormView(context: Context, request: EditorRequest, { form, page, baseId, problems = [], meanwhile }: PageFormParts): Promise<ViewResult> {
  const { messages, query, times, now } = request;
  const { text } = messages;
  const bodyPictures = await listBodyPictures(context, request, form.body);
  const isStoredText = page !== undefined && page.body === form.body;
  const bodyNotes = [...describeNotes(messages, isStoredText ? page.notes : undefined), ...describeUnknown(messages, bodyPictures)];
  return {
    view: 'pages/page-form',
    data: {
      title: page ? page.title : text('newsroomPages.newPage'),
      section: 'pages',
      notice: noticeOf(request, pageNotices),
      problems: problems.map(({ field, problem }) => ({ field: `field_${field}`, message: text('problems.ofField', { field: isField(field) ? text(pageLabels[field]) : field, problem: messages.of(problem) }) })),
      meanwhile,
      fields: makePageFields(context, request, form, { problems, bodyNotes, isNew: page === undefined }),
      bodyPictures,
      wordCount: showWordCount(messages, form.body),
      state: page ? text('newsroomPages.lastSaved', { time: times.moment(page.revision.at, now), name: page.revision.editor ?? text('newsroomPages.commandLine') }) : text('newsroomPages.notSaved'),
      base: baseId ?? page?.revision.id ?? '',
      since: (baseId === undefined ? page?.revision.at : request.form['since']) ?? '',
      saveTo: page ? admin.ofPage(page.id, 'text') : admin.pages,
      // For scripts.
      draftName: page ? String(page.id) : 'new',
      isSaved: query['done'] !== undefined,
      isReturned: problems.length > 0 || meanwhile !== undefined,
      preview: admin.pagePreviews,
      picture: pictureUploads,
      links: page && { revisions: admin.ofPage(page.id, 'revisions'), view: staticPagePath(page.path), deletion: admin.ofPage(page.id, 'deletion') },
    },
  };
}

function isField(name: string): name is keyof PageText {
  return Object.hasOwn(pageLabels, name);
}
