import { LRUCache } from 'lru-cache';

/** What has another number after each change. */
export interface Generated {
  readonly generation: number;
}

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

/** How many values are kept, and how large they may be together, in bytes. */
const mostValues = 1000;
const mostBytes = 32 * 1024 * 1024;

/** What many pages are made of, such as a theme's newest articles: read once, and again after each change. */
export class Remembered<Value> {
  readonly #memories = new WeakMap<Generated, Memory<Value>>();
  readonly #sizeOf: (value: Value) => number;

  /** @param sizeOf about how many bytes a value takes, with all that is remembered of it elsewhere */
  constructor(sizeOf: (value: Value) => number) {
    this.#sizeOf = sizeOf;
  }

  /**
   * @param of what it belongs to
   * @param load reads it, and says from when it is another one though nothing is written
   */
  async find(of: Generated, key: string, now: number, load: () => Promise<{ value: Value; until: number | undefined }>): Promise<Value> {
    const { known, generation } = this.#memoryOf(of);
    const found = known.get(key);
    if (found && found.from <= now && now < found.until) return found.value;
    const { value, until = Infinity } = await load();
    if (generation === of.generation) known.set(key, { value, from: now, until });
    return value;
  }

  #memoryOf(of: Generated): Memory<Value> {
    const memory = this.#memories.get(of);
    if (memory?.generation === of.generation) return memory;
    const known = new LRUCache<string, Known<Value>>({ max: mostValues, maxSize: mostBytes, sizeCalculation: ({ value }) => Math.max(1, Math.ceil(this.#sizeOf(value))) });
    const empty = { generation: of.generation, known };
    this.#memories.set(of, empty);
    return empty;
  }
}
