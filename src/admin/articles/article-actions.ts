import { isDeletable, wasPublished } from '../../content/articles/publication.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import type { EditedArticle } from '../../storage/articles/edited-article.ts';
import { admin } from '../../urls.ts';
import type { AdminRequest } from '../action.ts';

export interface Button {
  path: string;
  label: string;
  isPrimary?: boolean;
  /** Scripts find the button by its name. */
  name: string;
}

interface ActionParts {
  /** The article's id, or the uid of one that is not stored yet. */
  id: number | string;
  canPublish: boolean;
  /** The editor created the article. */
  isOwn: boolean;
  /** The publication time in the form. */
  publishAt: number | undefined;
}

/** The Enter key presses the first button, so the first button must not change what readers see. */
export function makeActions(article: EditedArticle | undefined, { messages: { text }, times, now }: Pick<AdminRequest, 'messages' | 'times' | 'now'>, { id, canPublish, isOwn, publishAt }: ActionParts) {
  const path = (resource: string) => admin.ofArticle(id, resource);
  const state = stateOf(article, now);
  const isSubmitted = article !== undefined && article.submittedAt !== null;
  const isFuture = publishAt !== undefined && publishAt > now;
  const save: Button = { name: 'draft', path: path('draft'), label: text(saveLabels[state]) };
  const schedule: Button = { name: 'schedule', path: path('schedule'), label: isFuture ? text('articleForm.scheduleFor', { date: times.date(publishAt).full }) : text('articleForm.schedule'), isPrimary: isFuture };
  const publish: Button = { name: 'publication', path: path('publication'), label: text(state === 'published' ? 'articleForm.update' : 'articleForm.publish'), isPrimary: !isFuture || state === 'published' };
  const submit: Button = { name: 'submission', path: path('submission'), label: text('articleForm.submit'), isPrimary: !canPublish };
  const sendBack: Button = { name: 'return', path: path('return'), label: text('articleForm.sendBack') };
  const isForReview = isSubmitted && canPublish && !isOwn;
  const canOnlySave = state === 'withdrawn' || (!canPublish && isSubmitted);
  const buttons: Record<State, Button[]> = {
    draft: [save, ...(isSubmitted ? [] : [submit]), ...(isForReview ? [sendBack] : []), ...(canPublish ? [schedule, publish] : [])],
    scheduled: [save, publish, schedule],
    published: [save, publish],
    withdrawn: [save],
  };
  return {
    isPublished: state === 'published',
    buttons: buttons[state].map((button) => ({ ...button, isPrimary: canOnlySave || button.isPrimary })),
    preview: path('previews'),
    autosave: path('autosave'),
    presence: path('presence'),
    recall: article && (state === 'scheduled' ? canPublish : state === 'draft' && isSubmitted && !isForReview) ? path('recall') : undefined,
    corrections: article && state === 'published' && canPublish ? path('corrections') : undefined,
    withdrawal: article && state === 'published' && canPublish ? path('withdrawal') : undefined,
    reinstatement: article && state === 'withdrawn' && canPublish ? path('reinstatement') : undefined,
    reason: article?.withdrawnReason ? text('articleForm.withdrawalReason', { reason: article.withdrawnReason }) : undefined,
    deletion: article && isDeletable(article) ? path('deletion') : undefined,
  };
}

type State = 'draft' | 'scheduled' | 'published' | 'withdrawn';

const saveLabels = {
  draft: 'articleForm.saveDraft',
  scheduled: 'articleForm.saveScheduled',
  published: 'articleForm.savePublished',
  withdrawn: 'articleForm.saveDraft',
} as const satisfies Record<State, MessageKey>;

function stateOf(article: EditedArticle | undefined, now: number): State {
  if (article === undefined || article.publishedAt === null) return 'draft';
  if (article.withdrawnAt !== null) return 'withdrawn';
  return wasPublished(article, now) ? 'published' : 'scheduled';
}
