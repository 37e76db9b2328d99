import type { PageText } from '../../content/pages/static-page.ts';
import { contextLength, diffWords, shortenDiff } from '../../content/text/text-diff.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import type { Messages } from '../../messages/messages.ts';
import type { Difference } from '../articles/differences.ts';

export const pageLabels = { title: 'newsroomPages.title', path: 'newsroomPages.address', body: 'articleForm.body' } as const satisfies Record<keyof PageText, MessageKey>;

/** The fields in which two texts of a page differ, word by word. */
export function pageDifferences({ text }: Messages, from: PageText, to: PageText): Difference[] {
  const changed = (['title', 'path', 'body'] as const).filter((field) => from[field] !== to[field]);
  return changed.map((field) => ({ label: text(pageLabels[field]), parts: shortenDiff(diffWords(from[field], to[field]), contextLength), pictures: [] }));
}
