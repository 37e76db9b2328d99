import { LRUCache } from 'lru-cache';
import type { PageCache } from './page-cache.ts';

interface Known<Value> {
  value: Value;
  /** UTC milliseconds: from then on, and until before then. */
  from: number;
  until: number;
}

interface Memory<Value> {
  generation: number;
  known: LRUCache<string, Known<Value>>;
}

const most = 1000;

/** What many pages are made of, such as a theme's newest articles: read once, and again after each change. */
export class Remembered<Value> {
  readonly #memories = new WeakMap<PageCache, Memory<Value>>();

  /** @param load reads it, and says from when it is another one though nothing is written */
  async find(pages: PageCache, key: string, now: number, load: () => Promise<{ value: Value; until: number | undefined }>): Promise<Value> {
    const { known, generation } = this.#memoryOf(pages);
    const found = known.get(key);
    if (found && found.from <= now && now < found.until) return found.value;
    const { value, until = Infinity } = await load();
    if (generation === pages.generation) known.set(key, { value, from: now, until });
    return value;
  }

  #memoryOf(pages: PageCache): Memory<Value> {
    const memory = this.#memories.get(pages);
    if (memory?.generation === pages.generation) return memory;
    const empty = { generation: pages.generation, known: new LRUCache<string, Known<Value>>({ max: most }) };
    this.#memories.set(pages, empty);
    return empty;
  }
}
