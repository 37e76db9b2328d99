import { mergeText } from '../text/merge-text.ts';
import type { PageText } from './static-page.ts';

export interface PageMerge {
  page: PageText;
  /** Both sides changed the same passage. The merged page has mine. */
  hasConflict: boolean;
}

/** Per side. See `mergeForms`. */
const maxSteps = 350_000;

/** Three-way merge of the body by words, and of the title and the path as wholes. */
export function mergePages(base: PageText, mine: PageText, theirs: PageText): PageMerge {
  const [path, title] = [mergeLine(base.path, mine.path, theirs.path), mergeLine(base.title, mine.title, theirs.title)];
  const body = mergeText(base.body, mine.body, theirs.body, { mine: { steps: maxSteps }, theirs: { steps: maxSteps } });
  // Chunks end with a line break, the body does not.
  const text = 'text' in body ? body.text : body.chunks.map((chunk) => (chunk.kind === 'joined' ? chunk.text : chunk.mine)).join('').replace(/\n$/, '');
  return { page: { path: path.text, title: title.text, body: text }, hasConflict: path.hasConflict || title.hasConflict || 'chunks' in body };
}

function mergeLine(base: string, mine: string, theirs: string): { text: string; hasConflict: boolean } {
  return { text: mine === base ? theirs : mine, hasConflict: mine !== base && theirs !== base && mine !== theirs };
}
