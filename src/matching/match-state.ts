import { decodeTerms, sign, type TermCounts } from '../content/related/signature.ts';
import { termCount } from '../content/related/terms.ts';
import { maxArticles, SignatureWindow, type SignedArticle } from '../content/related/window.ts';
import { lastChange, readChanges, type ChangePosition } from '../storage/database/changes.ts';
import type { Database } from '../storage/database/database.ts';
import { countSigned, listSigned, listSignedByIds, type StoredSignature } from '../storage/related/signatures.ts';
import { listCounts, loadArticleCount, type CountBlock, type DocumentFrequency } from '../storage/related/term-counts.ts';
import { listNewestMembers } from '../storage/storylines/storylines.ts';

const articlesPerRead = 200;
const blocksPerRead = 64;
const maxUpdatedArticles = 2000;
/** Enough for all articles that a search finds, and for those of the window that are compared with them. */
const maxCandidates = 512;
/** The share of the window that is loaded at most. The rest is for what is published meanwhile. */
const maxLoadedShare = 15 / 16;

/** What matching needs in memory: the signatures of the articles of a period, and the counts of all terms. */
export class MatchState {
  readonly window: SignatureWindow;
  /** For `findCandidates`, because making a new window takes longer than clearing one. */
  readonly candidates = new SignatureWindow(maxCandidates);
  /** The ids of the changes that this process recorded, which it need not read. */
  readonly ownChanges = new Set<number>();
  readonly #counts = new Uint32Array(termCount);
  readonly #maxLoaded: number;
  #articles = 0;
  #position: ChangePosition;
  /** The window has the articles published from `from` to `until`: UTC milliseconds, inclusive. */
  #from: number = Number.MIN_SAFE_INTEGER;
  #until: number = Number.MIN_SAFE_INTEGER;

  private constructor(position: ChangePosition, capacity: number) {
    this.#position = position;
    this.window = new SignatureWindow(capacity);
    this.#maxLoaded = Math.floor(capacity * maxLoadedShare);
  }

  /** Reads the counts, and all signatures, or if the window has no room for them, the newest up to a time (UTC milliseconds). Calls `pause` between short reads. */
  static async load(db: Database, until: number, pause: () => Promise<void>, capacity = maxArticles): Promise<MatchState> {
    const state = new MatchState(await lastChange(db), capacity);
    await state.#loadCounts(db, pause);
    const hasRoom = (await countSigned(db.reader, state.#maxLoaded + 1)) <= state.#maxLoaded;
    await state.#loadSigned(db, hasRoom ? Number.MAX_SAFE_INTEGER : until, pause);
    return state;
  }

  get counts(): TermCounts {
    return { articles: this.#articles, countOf: (term) => this.#counts[term] ?? 0 };
  }

  /** The window may lack articles published before this time (UTC milliseconds). Undefined: it has all. */
  get incompleteBefore(): number | undefined {
    const from = Math.max(this.#from, this.window.forgottenUntil + 1);
    return from > Number.MIN_SAFE_INTEGER + 1 ? from : undefined;
  }

  addCounts(articles: number, counts: DocumentFrequency[]): void {
    this.#articles += articles;
    for (const [term, count] of counts) this.#counts[term] = (this.#counts[term] ?? 0) + count;
  }

  /** Makes the window reach from one time to another (UTC milliseconds). Returns false if another state has to be loaded for that. */
  async reach(db: Database, from: number, until: number, pause: () => Promise<void>): Promise<boolean> {
    if (until > this.#until) await this.#loadSigned(db, until, pause);
    return from > this.window.forgottenUntil && from >= this.#from;
  }

  /** Reads what other writes and processes have changed. Returns false if that is too much, so that another state has to be loaded. */
  async update(db: Database): Promise<boolean> {
    const { touched, last } = await readChanges(db, this.#position, this.ownChanges);
    this.#position = last;
    this.ownChanges.clear();
    if (touched === undefined) return false;
    const ids = idsOf(touched, 'article', 'related');
    for (const storylineId of idsOf(touched, 'storyline')) for (const id of await listNewestMembers(db.reader, storylineId, maxUpdatedArticles + 1)) ids.add(id);
    if (ids.size > maxUpdatedArticles) return false;
    await this.#reload(db, [...ids]);
    return true;
  }

  async #loadCounts(db: Database, pause: () => Promise<void>): Promise<void> {
    this.#articles = await loadArticleCount(db.reader);
    let blocks: CountBlock[] = [];
    do {
      blocks = await listCounts(db.reader, blocks.at(-1), blocksPerRead);
      for (const { firstTerm, counts } of blocks) this.#counts.set(counts, firstTerm);
      await pause();
    } while (blocks.length === blocksPerRead);
  }

  async #loadSigned(db: Database, until: number, pause: () => Promise<void>): Promise<void> {
    const from = this.#until + 1;
    const loaded: StoredSignature[] = [];
    let part: StoredSignature[];
    do {
      part = await listSigned(db.reader, { from, until, before: loaded.at(-1), limit: articlesPerRead });
      loaded.push(...part);
      await pause();
    } while (part.length === articlesPerRead && loaded.length < this.#maxLoaded);
    if (part.length === articlesPerRead) this.#from = Math.max(this.#from, loaded.at(-1)?.publishedAt ?? until);
    this.#until = until;
    // In order of time, because the index finds what was added last.
    for (const [index, stored] of loaded.toReversed().entries()) {
      this.window.add(signStored(stored, this.counts));
      if (index % articlesPerRead === 0) await pause();
    }
  }

  async #reload(db: Database, ids: number[]): Promise<void> {
    for (let at = 0; at < ids.length; at += articlesPerRead) {
      const part = ids.slice(at, at + articlesPerRead);
      for (const id of part) this.window.remove(id);
      for (const stored of await listSignedByIds(db.reader, part, this.#until)) {
        if (stored.publishedAt >= this.#from && stored.publishedAt > this.window.forgottenUntil) this.window.add(signStored(stored, this.counts));
      }
    }
  }
}

/** Weights the stored terms by their rarity. */
export function signStored({ terms, ...article }: StoredSignature, counts: TermCounts): SignedArticle {
  return { ...article, signature: sign(decodeTerms(terms), counts) };
}

function idsOf(tags: ReadonlySet<string>, ...kinds: string[]): Set<number> {
  return new Set([...tags].flatMap((tag) => kinds.flatMap((kind) => (tag.startsWith(`${kind}:`) ? [Number(tag.slice(kind.length + 1))] : []))));
}
