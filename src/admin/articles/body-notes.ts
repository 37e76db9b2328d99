import type { BodyNotes } from '../../content/markdown/body-renderer.ts';
import type { Messages } from '../../messages/messages.ts';

/** What the form says about the markup of a body that readers see differently, or not at all. */
export function describeNotes({ text, language }: Messages, notes: BodyNotes | undefined): string[] {
  if (!notes) return [];
  const { isPlain, shownAsText, hasComment } = notes;
  return [
    isPlain ? text('articleForm.formattingTooSlow') : '',
    shownAsText.length > 0 ? text('articleForm.tagsShownAsText', { count: shownAsText.length, tags: new Intl.ListFormat(language).format(shownAsText) }) : '',
    hasComment ? text('articleForm.hasComment') : '',
  ].filter((note) => note !== '');
}
