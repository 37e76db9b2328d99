import type { MessageKey } from '../../messages/catalogue.ts';

/** The notices after the actions on an article. */
export const actionNotices = {
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
  'recreation': 'articleForm.afterRecreation',
  'restoration': 'articleForm.afterRestoration',
  'discard': 'articleForm.afterDiscarding',
  'sign-in': 'articleForm.afterSigningIn',
} as const satisfies Record<string, MessageKey>;
