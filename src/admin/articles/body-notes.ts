import type { BodyNotes } from '../../content/markdown/body-renderer.ts';
import type { Messages } from '../../messages/messages.ts';

/** Warnings about markup in the body that readers will not see as written. */
export function describeNotes({ text, language }: Messages, notes: BodyNotes | undefined): string[] {
  if (!notes) return [];
  const { isPlain, shownAsText, hasComment } = notes;
  return [
    isPlain ? text('articleForm.formattingTooSlow') : '',
    shownAsText.length > 0 ? text('articleForm.tagsShownAsText', { count: shownAsText.length, tags: new Intl.ListFormat(language).format(shownAsText) }) : '',
    hasComment ? text('articleForm.hasComment') : '',
  ].filter((note) => note !== '');
}
