import { findSharedTerms, mostTelling } from '../../content/related/shared-terms.ts';
import { wordTerms } from '../../content/related/terms.ts';
import type { Context } from '../../context.ts';
import { loadArticleCount, findCounts } from '../../storage/related/term-counts.ts';
import { listNewestIds, loadExcerpts } from '../../storage/storylines/edited-storylines.ts';

/** More texts and longer ones would delay the form, and change the strongest words little. */
const maxOthers = 20;
const excerptLength = 2000;

/** Returns the words that explain why an article is in a storyline: those with the most weight among the words that it shares with the storyline's newest other published articles. */
export async function findSharedWords({ db }: Context, { articleId, storylineId, language, now }: { articleId: number; storylineId: number; language: string; now: number }): Promise<string[]> {
  const others = (await listNewestIds(db.reader, storylineId, now, maxOthers + 1)).filter((id) => id !== articleId).slice(0, maxOthers);
  const texts = await loadExcerpts(db.reader, [articleId, ...others], excerptLength);
  const shared = findSharedTerms(texts.get(articleId) ?? '', others.flatMap((id) => texts.get(id) ?? []), wordTerms(language));
  return mostTelling(shared, await loadArticleCount(db.reader), await findCounts(db.reader, shared.map(({ term }) => term)));
}
