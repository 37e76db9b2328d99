import { between, logNormal, pick, seededRandom, zipfRanks, type Random } from './random.ts';
import { makeVocabulary, makeWord, vocabularySize } from './vocabulary.ts';

/** An article as `npx broadsheet import` reads it from a line of NDJSON. */
export interface GeneratedArticle {
  title: string;
  standfirst: string;
  summary: string;
  body: string;
  theme: string;
  topics: string[];
  authors: string[];
  publishedAt: string;
  updatedAt?: string;
}

const themes = ['Politics', 'World', 'Business', 'Sport', 'Culture', 'Science', 'Technology', 'Health', 'Environment', 'Education', 'Opinion', 'Travel'];
const authorCount = 300;
const topicCount = 500;
const firstPublication = Date.UTC(2010, 0);
const lastPublication = Date.UTC(2025, 0);
const hour = 3_600_000;
/** The number of words in a body is log-normal. */
const bodyWords = { mean: 300, sigma: 0.6, min: 30, max: 5000 };

/** Returns a function that generates article number `index` of a seed. It does not depend on the size of the corpus. */
export function articleGenerator(seed: number): (index: number) => GeneratedArticle {
  const vocabulary = makeVocabulary(seed);
  const rank = zipfRanks(vocabularySize);
  const word = (random: Random) => vocabulary[rank(random)] ?? '';
  const names = seededRandom(seed + 1);
  const authors = makeNames(authorCount, () => `${capital(makeWord(names, 2))} ${capital(makeWord(names, between(names, 2, 3)))}`);
  const topics = makeNames(topicCount, () => Array.from({ length: between(names, 1, 2) }, () => capital(makeWord(names, 2))).join(' '));
  return (index) => {
    const random = seededRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
    // More is published in later years.
    const publishedAt = firstPublication + Math.sqrt(random()) * (lastPublication - firstPublication);
    return {
      title: capital(words(random, word, between(random, 6, 11))),
      standfirst: sentence(random, word, between(random, 12, 30)),
      summary: random() < 0.8 ? `${sentence(random, word, between(random, 10, 25))} ${sentence(random, word, between(random, 10, 25))}` : '',
      body: makeBody(random, word),
      theme: pickSkewed(random, themes),
      topics: Array.from(new Set(Array.from({ length: between(random, 0, 4) }, () => pickSkewed(random, topics)))),
      authors: Array.from(new Set(Array.from({ length: random() < 0.85 ? 1 : between(random, 2, 3) }, () => pickSkewed(random, authors)))),
      publishedAt: iso(publishedAt),
      ...(random() < 0.1 ? { updatedAt: iso(publishedAt + between(random, 1, 48) * hour) } : {}),
    };
  };
}

function makeNames(count: number, make: () => string): string[] {
  const names = new Set<string>();
  while (names.size < count) names.add(make());
  return [...names];
}

/** Picks an item, the first ones much more often than the last ones. */
function pickSkewed<Item>(random: Random, list: readonly Item[]): Item {
  return list[Math.floor(list.length * random() ** 2)] ?? pick(random, list);
}

function makeBody(random: Random, word: (random: Random) => string): string {
  let left = Math.round(Math.min(bodyWords.max, Math.max(bodyWords.min, logNormal(random, bodyWords.mean, bodyWords.sigma))));
  const blocks: string[] = [];
  while (left > 0) {
    const length = Math.min(left, between(random, 40, 110));
    if (blocks.length > 1 && random() < 0.2) blocks.push(`## ${capital(words(random, word, between(random, 2, 6)))}`);
    blocks.push(makeBlock(random, word, length));
    left -= length;
  }
  return blocks.join('\n\n');
}

function makeBlock(random: Random, word: (random: Random) => string, length: number): string {
  const kind = random();
  if (kind < 0.05) return Array.from({ length: Math.ceil(length / 10) }, () => `- ${capital(words(random, word, 10))}`).join('\n');
  const sentences: string[] = [];
  for (let left = length; left > 0; ) {
    const count = left < 12 ? left : Math.min(left, between(random, 8, 25));
    sentences.push(sentence(random, word, count));
    left -= count;
  }
  return kind < 0.1 ? `> ${sentences.join(' ')}` : sentences.join(' ');
}

function sentence(random: Random, word: (random: Random) => string, count: number): string {
  const list = Array.from({ length: count }, () => word(random));
  const place = between(random, 0, count - 1);
  const marked = list[place] ?? '';
  const chance = random();
  if (chance < 0.03) list[place] = `[${marked} ${word(random)}](https://${word(random)}.example/${word(random)})`;
  else if (chance < 0.06) list[place] = `*${marked}*`;
  else if (chance < 0.08) list[place] = `**${marked}**`;
  else if (chance < 0.14) list[place] = String(between(random, 1900, 2024));
  else if (chance < 0.4) list[place] = `${marked},`;
  return `${capital(list.join(' '))}.`;
}

function words(random: Random, word: (random: Random) => string, count: number): string {
  return Array.from({ length: count }, () => word(random)).join(' ');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function iso(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
