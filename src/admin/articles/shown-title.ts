import { parseTitle } from '../../content/articles/title.ts';
import type { Messages } from '../../messages/messages.ts';

/** An article's title as plain text, without its emphasis. */
export function shownTitle(title: string, { text }: Messages): string {
  return parseTitle(title).text || text('articleForm.untitled');
}
