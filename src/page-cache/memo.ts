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

export interface MemoLimits {
  maxValues: number;
  maxBytes: number;
}

const usualLimits: MemoLimits = { maxValues: 1000, maxBytes: 32 * 1024 * 1024 };

/** Memoizes what many pages share, such as a theme's newest articles, until the next change to the database. */
export class GenerationMemo<Value> {
  readonly #stores = new WeakMap<GenerationSource, Store<Value>>();
  readonly #sizeOf: (value: Value) => number;
  readonly #limits: MemoLimits;

  /** @param sizeOf estimates the size of a value in bytes, including what views memoize for the value */
  constructor(sizeOf: (value: Value) => number, limits = usualLimits) {
    this.#sizeOf = sizeOf;
    this.#limits = limits;
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

  /** For values that never change without a write. `load` reads the values that are not known yet, all at once. */
  async findOrLoadAll<Key extends string | number>(source: GenerationSource, keys: Key[], load: (missing: Key[]) => Promise<Map<Key, Value>>): Promise<Map<Key, Value>> {
    const { entries, generation } = this.#storeOf(source);
    const known = new Map(keys.flatMap((key) => {
      const found = entries.get(String(key));
      return found ? [[key, found.value] as const] : [];
    }));
    const missing = keys.filter((key) => !known.has(key));
    if (missing.length === 0) return known;
    for (const [key, value] of await load(missing)) {
      known.set(key, value);
      if (generation === source.generation) entries.set(String(key), { value, validFrom: -Infinity, validUntil: Infinity });
    }
    return known;
  }

  #storeOf(source: GenerationSource): Store<Value> {
    const store = this.#stores.get(source);
    if (store?.generation === source.generation) return store;
    const entries = new LRUCache<string, Entry<Value>>({ max: this.#limits.maxValues, maxSize: this.#limits.maxBytes, sizeCalculation: ({ value }) => Math.max(1, Math.ceil(this.#sizeOf(value))) });
    const empty = { generation: source.generation, entries };
    this.#stores.set(source, empty);
    return empty;
  }
}
