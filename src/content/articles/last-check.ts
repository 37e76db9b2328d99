import { Parser } from 'htmlparser2';
import { isBlank } from '../text/text.ts';
import { isForReaders, type RevisionKind } from './article-form.ts';
import type { ArticleInput } from './article.ts';
import { parseTitle } from './title.ts';

/** Something that an editor may want to mend before readers see the text. */
export interface Finding {
  field: 'title' | 'standfirst' | 'pictureCaption' | 'body';
  problem:
    | { key: 'newsroomLastCheck.noStandfirst' }
    | { key: 'newsroomLastCheck.longTitle'; values: { length: number; limit: number } }
    | { key: 'newsroomLastCheck.deadLink'; values: { address: string } };
}

/** In characters. Google asks for headlines of at most 110 in the structured data of articles. */
const maxHeadlineLength = 110;

/** Whether a text is checked before it is saved as a revision of this kind. */
export function hasLastCheck(kind: RevisionKind): boolean {
  return isForReaders(kind) && kind !== 'minor update';
}

/** What the text itself shows. Links are left to whoever knows the pages of the site. */
export function findOmissions({ title, standfirst }: Pick<ArticleInput, 'title' | 'standfirst'>): Finding[] {
  const findings: Finding[] = [];
  const { length } = parseTitle(title).text;
  if (length > maxHeadlineLength) findings.push({ field: 'title', problem: { key: 'newsroomLastCheck.longTitle', values: { length, limit: maxHeadlineLength } } });
  if (isBlank(standfirst)) findings.push({ field: 'standfirst', problem: { key: 'newsroomLastCheck.noStandfirst' } });
  return findings;
}

/** The addresses on this site to which rendered HTML links, each once. They begin with a slash; links within the text are left out. */
export function listSiteLinks(html: string): string[] {
  const links = new Set<string>();
  const parser = new Parser({
    onopentag(name, { href }) {
      if (name === 'a' && href?.startsWith('/')) links.add(href);
    },
  });
  parser.end(html);
  return [...links];
}
