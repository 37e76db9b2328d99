import { LRUCache } from 'lru-cache';
import type { Catalogue } from './catalogue.ts';
import { en } from './en.ts';
import { Messages } from './messages.ts';

/** For logs, `/health` and the command line, which are always in English. */
export const english = new Messages('en', en);

/** The languages of the interface by their BCP 47 tags. */
const catalogues: Record<string, Catalogue> = { en };

export class Languages {
  readonly #catalogues: Map<string, Catalogue>;
  readonly #messages = new LRUCache<string, Messages>({ max: 20 });

  /** @param others catalogues of further languages, by their tags */
  constructor(others: Record<string, Catalogue> = {}) {
    this.#catalogues = new Map(Object.entries({ ...catalogues, ...others }));
  }

  /** The messages for a BCP 47 tag: of the language itself, of a less specific one (RFC 4647, 3.4), or else in English. */
  for(tag: string): Messages {
    const known = this.#messages.get(tag) ?? this.#find(tag);
    this.#messages.set(tag, known);
    return known;
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
