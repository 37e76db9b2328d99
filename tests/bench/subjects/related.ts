import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listStoredMatches, type StoredMatch } from '../corpus-database.ts';
import { revised, templates, type Report } from '../look-alikes.ts';
import { removeAtExit } from '../processes.ts';
import { between, seededRandom } from '../random.ts';
import { runCommand, type Settings } from '../site.ts';
import { number } from '../statistics.ts';
import { files } from '../store.ts';
import type { Row } from '../table.ts';
import type { Bench } from './subject.ts';

const day = 24 * 3_600_000;
const shown = 5;

/** A line of a collection: an article, and perhaps the story to which it belongs. */
type Line = Record<string, unknown> & { theme?: unknown; story?: unknown };

/** How well storylines and related articles agree with labelled collections, and how copies and look-alikes are told apart. */
export async function measureRelated({ collections, cores, seed }: Bench): Promise<Row[]> {
  const rows = await measureLookAlikes(cores.all, seed);
  for (const file of collections === undefined ? [] : (await readdir(collections)).filter((name) => name.endsWith('.ndjson')).toSorted()) {
    const lines = (await readFile(path.join(collections ?? '', file), 'utf8')).trim().split('\n').map((line): Line => JSON.parse(line));
    const matches = await importAndRead(cores.all, lines);
    rows.push(...(lines.some(({ story }) => story !== undefined) ? [pairRow(file, lines, matches)] : relevanceRows(file, lines, matches)));
  }
  return rows;
}

/** Imports articles into a new site, and returns what the site has stored about each, in the order of the lines. */
async function importAndRead(cores: number[], lines: Line[]): Promise<StoredMatch[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'broadsheet-bench-related-'));
  removeAtExit(folder);
  try {
    const settings: Settings = files.settingsOf(folder);
    await runCommand(cores, settings, ['settings', 'get', 'name']);
    const articles = lines.map(({ story: _story, publisher: _publisher, ...article }, index) => ({ ...article, slug: slugOf(index) }));
    await writeFile(path.join(folder, 'articles.ndjson'), articles.map((article) => JSON.stringify(article)).join('\n'));
    await runCommand(cores, settings, ['import', path.join(folder, 'articles.ndjson')]);
    const bySlug = new Map((await listStoredMatches(settings)).map((match) => [match.slug, match]));
    return lines.map((_, index) => bySlug.get(slugOf(index)) ?? { id: -1, slug: '', storyline: -1 - index, related: [] });
  } finally {
    await rm(folder, { recursive: true });
  }
}

function slugOf(index: number): string {
  return `article-${index}`;
}

/** The F1 score of the pairs of articles that share a storyline, against the pairs that share a story. */
function pairRow(file: string, lines: Line[], matches: StoredMatch[]): Row {
  const storylines = matches.map(({ storyline }) => storyline);
  const stories = lines.map(({ story }) => String(story));
  const both = countPairs(storylines.map((storyline, index) => `${storyline} ${stories[index]}`));
  const [precision, recall] = [both / countPairs(storylines), both / countPairs(stories)];
  return { what: `storylines of ${file}: F1 of pairs`, value: (2 * precision * recall) / (precision + recall), unit: '', digits: 3, figures: `precision ${number(precision, 3)}, recall ${number(recall, 3)}; ${number(lines.length)} articles` };
}

function countPairs(labels: unknown[]): number {
  return [...Map.groupBy(labels, (label) => label).values()].reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
}

/** The share of an article's five related articles that have its theme, for all articles and as a mean of the themes. */
function relevanceRows(file: string, lines: Line[], matches: StoredMatch[]): Row[] {
  const themes = new Map(matches.map(({ id }, index) => [id, lines[index]?.theme]));
  const shares = matches.map(({ id, related }) => ({ theme: themes.get(id), share: related.slice(0, shown).filter((other) => themes.get(other) === themes.get(id)).length / shown }));
  const mean = (list: { share: number }[]) => list.reduce((sum, { share }) => sum + share, 0) / list.length;
  const ofThemes = [...Map.groupBy(shares, ({ theme }) => theme).values()].map((list) => ({ share: mean(list) }));
  const figures = `${number(lines.length)} articles; articles of the same storyline don’t count`;
  return [
    { what: `related articles of ${file}: P@5 by theme`, value: mean(shares), unit: '', digits: 3, figures },
    { what: `related articles of ${file}: P@5, mean of the themes`, value: mean(ofThemes), unit: '', digits: 3, figures },
  ];
}

const reports = 200;
const versions = 60;

/** Reports of two templates among generated articles, and later versions of some of them. */
async function measureLookAlikes(cores: number[], seed: number): Promise<Row[]> {
  const random = seededRandom(seed);
  const begin = Date.UTC(2025, 0);
  const at = (from: number, until: number) => new Date(begin + Math.floor(from * day + random() * (until - from) * day)).toISOString();
  const made: { template: string; report: Report; publishedAt: string }[] = Object.entries(templates).flatMap(([template, make]) => Array.from({ length: reports }, () => ({ template, report: make(random), publishedAt: at(0, 10) })));
  const originals = Array.from({ length: versions }, () => between(random, 0, made.length - 1));
  const lines: Line[] = [...made.map(({ report, publishedAt }) => ({ ...report, publishedAt })), ...originals.map((index) => ({ ...revised(random, made[index]?.report ?? { title: '', standfirst: '', body: '' }), publishedAt: at(11, 60) }))].map((line) => ({ ...line, theme: 'News' }));
  const storylines = (await importAndRead(cores, lines)).map(({ storyline }) => storyline);
  const folded = originals.filter((index, version) => storylines[index] === storylines[made.length + version]).length;
  let [pairs, wrong] = [0, 0];
  for (const [one, { template }] of made.entries()) {
    for (let other = 0; other < one; other += 1) {
      if (made[other]?.template !== template) continue;
      pairs += 1;
      if (storylines[one] === storylines[other]) wrong += 1;
    }
  }
  return [
    { what: 'later versions of a text that join its storyline', goal: { least: 1 }, value: folded / versions, unit: '', digits: 3, figures: `${folded} of ${versions}` },
    { what: 'pairs of reports from one template about different things in one storyline', goal: { most: 0.003 }, value: wrong / pairs, unit: '', digits: 4, figures: `${number(wrong)} of ${number(pairs)} pairs` },
  ];
}
