import { LRUCache } from 'lru-cache';
import type { Catalogue } from './catalogue.ts';
import { en } from './en.ts';
import { Messages } from './messages.ts';

/** For the log, `/health` and the command line, which are always in English. */
export const english = new Messages('en', en);

/** By their BCP 47 tags. */
const catalogues: Record<string, Catalogue> = { en };

export class Languages {
  readonly #catalogues: Map<string, Catalogue>;
  readonly #messages = new LRUCache<string, Messages>({ max: 20 });

  /** @param others more catalogues, by language tag */
  constructor(others: Record<string, Catalogue> = {}) {
    this.#catalogues = new Map(Object.entries({ ...catalogues, ...others }));
  }

  /** Looks up a BCP 47 tag, then less specific tags (RFC 4647, 3.4), and falls back to English. */
  for(tag: string): Messages {
    const messages = this.#messages.get(tag) ?? this.#find(tag);
    this.#messages.set(tag, messages);
    return messages;
  }

  #find(tag: string): Messages {
    const parts = tag.split('-');
    for (let length = parts.length; length > 0; length -= 1) {
      const catalogue = this.#catalogues.get(parts.slice(0, length).join('-'));
      if (catalogue) return new Messages(tag, catalogue);
    }
    return new Messages('en-GB', en);
  }
}
