import { LRUCache } from 'lru-cache';

export interface GenerationSource {
  readonly generation: number;
}

interface Entry<Value> {
  value: Value;
  validFrom: number;
  validUntil: number;
}

interface Store<Value> {
  generation: number;
  entries: LRUCache<string, Entry<Value>>;
}

const maxValues = 1000;
const maxBytes = 32 * 1024 * 1024;

/** Memoizes what many pages share, such as a theme's newest articles, until the next change to the database. */
export class GenerationMemo<Value> {
  readonly #stores = new WeakMap<GenerationSource, Store<Value>>();
  readonly #sizeOf: (value: Value) => number;

  /** @param sizeOf estimates the size of a value in bytes, including what views memoize for the value */
  constructor(sizeOf: (value: Value) => number) {
    this.#sizeOf = sizeOf;
  }

  /** @param load reads the value and when it changes without a write (`until`, UTC milliseconds) */
  async findOrLoad(source: GenerationSource, key: string, now: number, load: () => Promise<{ value: Value; until: number | undefined }>): Promise<Value> {
    const { entries, generation } = this.#storeOf(source);
    const found = entries.get(key);
    if (found && found.validFrom <= now && now < found.validUntil) return found.value;
    const { value, until = Infinity } = await load();
    if (generation === source.generation) entries.set(key, { value, validFrom: now, validUntil: until });
    return value;
  }

  #storeOf(source: GenerationSource): Store<Value> {
    const store = this.#stores.get(source);
    if (store?.generation === source.generation) return store;
    const entries = new LRUCache<string, Entry<Value>>({ max: maxValues, maxSize: maxBytes, sizeCalculation: ({ value }) => Math.max(1, Math.ceil(this.#sizeOf(value))) });
    const empty = { generation: source.generation, entries };
    this.#stores.set(source, empty);
    return empty;
  }
}
