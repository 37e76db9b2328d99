import type { CountBlock, DocumentFrequency } from '../../src/storage/related/term-counts.ts';
import type { TestSite } from './test-site.ts';

/** The storyline of each article, by article id: articles that are alone have none. */
export async function storylinesOf({ context: { db } }: TestSite): Promise<Record<number, number | null>> {
  const rows = await db.reader.selectFrom('storyline_article').select(['article_id', 'storyline_id']).orderBy('article_id').execute();
  return Object.fromEntries(rows.map((row) => [row.article_id, row.storyline_id]));
}

/** The titles of the articles of each storyline with several, in order of time; the storylines in order of their first articles. */
export async function groupsOf({ context: { db } }: TestSite): Promise<string[][]> {
  const rows = await db.reader.selectFrom('article').innerJoin('storyline_article', 'article_id', 'id').select(['storyline_id', 'title']).where('storyline_id', 'is not', null).orderBy('article.public_at').orderBy('id').execute();
  return [...Map.groupBy(rows, (row) => row.storyline_id).values()].map((members) => members.map(({ title }) => title));
}

const subjects = {
  fire: ['fire', 'substation', 'airport', 'runway', 'flights', 'engineers', 'transformer', 'passengers', 'terminal', 'outage'],
  vote: ['parliament', 'coalition', 'ballot', 'minister', 'budget', 'opposition', 'chamber', 'speaker', 'majority', 'amendment'],
  match: ['striker', 'goal', 'penalty', 'referee', 'league', 'stadium', 'coach', 'keeper', 'midfield', 'derby'],
  storm: ['storm', 'coast', 'harbour', 'ferry', 'waves', 'lighthouse', 'gale', 'rescue', 'boats', 'tide'],
};

export type Subject = keyof typeof subjects;

/** A text of about fifty words about a subject. Texts with different variants have different words in common. */
export function textAbout(subject: Subject, variant = 0): { title: string; standfirst: string; body: string } {
  const words = subjects[subject];
  const at = (index: number) => words[(index * 3 + variant) % words.length] ?? '';
  const own = Array.from({ length: 12 }, (_, index) => `${subject}word${variant}x${index}`).join(' ');
  return { title: `${at(0)} ${at(1)} ${variant}`, standfirst: `${at(2)}, ${at(3)}, ${at(4)}.`, body: `${at(0)} ${at(1)} ${at(2)} ${at(5)} ${at(6)} ${at(7)}. ${own}. ${at(8)} ${at(9)}.` };
}

/** The terms that occur in articles, and in how many. */
export function documentFrequencies(blocks: CountBlock[]): DocumentFrequency[] {
  return blocks.flatMap(({ firstTerm, counts }) => Array.from(counts, (articles, place): DocumentFrequency => [firstTerm + place, articles]).filter(([, articles]) => articles > 0));
}
