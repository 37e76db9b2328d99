import type { EditedArticle } from '../../storage/articles/edited-article.ts';
import { admin } from '../../urls.ts';
import type { ShownTimes } from '../shown-times.ts';
import { isOut } from './article-state.ts';

/** A button of the form: what it says and where it sends the form. */
export interface Button {
  path: string;
  label: string;
  isPrimary?: boolean;
  /** What a script tells it by. */
  name: string;
}

interface ActionParts {
  /** The article's id, or the uid of one that is not stored yet. */
  id: number | string;
  mayPublish: boolean;
  /** When the form says that it is to go out. */
  wanted: number | undefined;
  times: ShownTimes;
  now: number;
}

/**
 * What can be done with an article as it is, by this editor. The first button is what the Enter key does: it saves,
 * and readers see nothing of it.
 */
export function makeActions(article: EditedArticle | undefined, { id, mayPublish, wanted, times, now }: ActionParts) {
  const path = (resource: string) => admin.ofArticle(id, resource);
  const state = stateOf(article, now);
  const isHandedIn = article !== undefined && article.submittedAt !== null;
  const save: Button = { name: 'draft', path: path('draft'), label: state === 'out' ? 'Save without publishing' : state === 'scheduled' ? 'Save without changing what goes out' : 'Save draft' };
  const isLater = wanted !== undefined && wanted > now;
  const schedule: Button = { name: 'schedule', path: path('schedule'), label: isLater ? `Schedule for ${times.date(wanted).full}` : 'Schedule', isPrimary: isLater };
  const publish: Button = { name: 'publication', path: path('publication'), label: state === 'out' ? 'Update' : 'Publish now', isPrimary: !isLater || state === 'out' };
  const submit: Button = { name: 'submission', path: path('submission'), label: 'Hand in for review', isPrimary: !mayPublish };
  const isOnlySaved = state === 'withdrawn' || (!mayPublish && isHandedIn);
  const buttons: Record<typeof state, Button[]> = {
    draft: [save, ...(isHandedIn ? [] : [submit]), ...(mayPublish ? [schedule, publish] : [])],
    scheduled: [save, publish, schedule],
    out: [save, publish],
    withdrawn: [save],
  };
  return {
    isOut: state === 'out',
    buttons: buttons[state].map((button) => ({ ...button, isPrimary: isOnlySaved || button.isPrimary })),
    preview: path('previews'),
    autosave: path('autosave'),
    presence: path('presence'),
    recall: article && (state === 'scheduled' ? mayPublish : state === 'draft' && isHandedIn) ? path('recall') : undefined,
    withdrawal: article && state === 'out' && mayPublish ? path('withdrawal') : undefined,
    reinstatement: article && state === 'withdrawn' && mayPublish ? path('reinstatement') : undefined,
    reason: article?.withdrawnReason ?? undefined,
    deletion: article && state === 'draft' ? path('deletion') : undefined,
  };
}

function stateOf(article: EditedArticle | undefined, now: number): 'draft' | 'scheduled' | 'out' | 'withdrawn' {
  if (article === undefined || article.publishedAt === null) return 'draft';
  if (article.withdrawnAt !== null) return 'withdrawn';
  return isOut(article, now) ? 'out' : 'scheduled';
}
