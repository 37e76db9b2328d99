import type { MessageKey } from '../../messages/catalogue.ts';
import type { Messages } from '../../messages/messages.ts';

const texts = {
  'draft': 'articleForm.afterSaving',
  'submission': 'articleForm.afterSubmission',
  'return': 'articleForm.afterReturn',
  'publication': 'articleForm.afterPublication',
  'schedule': 'articleForm.afterScheduling',
  'update': 'articleForm.afterUpdate',
  'minor update': 'articleForm.afterMinorUpdate',
  'unchanged': 'articleForm.unchanged',
  'recall': 'articleForm.afterRecall',
  'withdrawal': 'articleForm.afterWithdrawal',
  'reinstatement': 'articleForm.afterReinstatement',
  'deletion': 'articleList.draftDeleted',
  'restoration': 'articleForm.afterRestoration',
  'discard': 'articleForm.afterDiscarding',
} as const satisfies Record<string, MessageKey>;

/** The notice on the page to which an action redirects with `?done=ACTION`. */
export function actionNotice({ text }: Messages, done: string | undefined): string | undefined {
  return hasNotice(done) ? text(texts[done]) : undefined;
}

function hasNotice(done: string | undefined): done is keyof typeof texts {
  return done !== undefined && Object.hasOwn(texts, done);
}
