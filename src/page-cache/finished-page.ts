import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';
import { tagHeaders } from './outer-caches.ts';

export type Encoding = 'identity' | 'gzip' | 'br';

export interface PageParts {
  status: number;
  /** By their names in lower case; all but those that depend on how the body is encoded, and the validators. */
  headers: Record<string, string>;
  body: Buffer;
  /** What it shows, as the change feed names it: any of it touched makes the page another one. */
  shows: string[];
  /** From when it would be another page though nothing is written, UTC milliseconds; Infinity: never. */
  changesAt: number;
  /** Not before anything that it shows was changed or came out, UTC milliseconds; undefined: it has no such time. */
  lastModified?: number | undefined;
  /** Shown to whoever asked and kept nowhere. */
  isPrivate?: boolean;
  /** Caches in front of the site may keep it, and are told when it changes. */
  isPurged?: boolean;
}

/** A body in one encoding with its headers, as `writeHead` takes them: names and values in turn. */
interface Form {
  body: Buffer;
  headers: string[];
  /** The same with the date of its last change. */
  dated: string[];
}

// HTTP's dates cannot tell two changes in one second, and clocks differ by a little.
const undatedFor = 2000;
const text = { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT };
// Looking back no further than 64 KB saves it a quarter of the time, and most pages are shorter.
const quick = { ...text, [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 16 };
const best = { ...text, [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };

/** A page as it is sent: its bytes in each encoding that somebody asked for, its headers, and what would make it another page. */
export class FinishedPage implements PageParts {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
  readonly shows: string[];
  readonly changesAt: number;
  readonly lastModified: number | undefined;
  readonly isPrivate: boolean;
  readonly isPurged: boolean;
  /** Weak, and one for all encodings: the compressed bytes may be made better later. */
  readonly etag: string;
  readonly #forms = new Map<Encoding, Form>();
  /** The encodings whose form was compressed quickly. */
  readonly #rough = new Set<Encoding>();
  /** When it was last modified, as HTTP writes it. */
  readonly date: string | undefined;
  #unchanged: Pick<Form, 'headers' | 'dated'> | undefined;

  constructor(parts: PageParts) {
    this.status = parts.status;
    this.headers = parts.isPurged ? { ...parts.headers, ...tagHeaders(parts.shows) } : parts.headers;
    this.body = parts.body;
    this.shows = parts.shows;
    this.changesAt = parts.changesAt;
    this.lastModified = parts.lastModified;
    this.isPrivate = parts.isPrivate ?? false;
    this.isPurged = parts.isPurged ?? false;
    this.date = parts.lastModified === undefined ? undefined : new Date(parts.lastModified).toUTCString();
    this.etag = `W/"${hash('sha256', parts.body, 'base64url').slice(0, 22)}"`;
  }

  /** At most what it takes in memory with all of its forms, in bytes: a compressed form is kept where it is half as long or less. */
  get size(): number {
    return 2 * this.body.length + 100 * this.shows.length + 2000;
  }

  /** Whether its date may be told: not while it is too fresh. */
  isDated(now: number): boolean {
    return this.date !== undefined && now - (this.lastModified ?? now) >= undatedFor;
  }

  /** The body and its headers in an encoding, or as it is where that is not worth it. The first to ask waits for a quick compression. */
  form(encoding: Encoding): Form {
    const known = this.#forms.get(encoding);
    if (known) return known;
    const made = encoding === 'identity' || this.#isPacked ? this.#makeForm() : this.#makeForm(encoding, compressQuickly[encoding](this.body));
    if (made.body !== this.body) this.#rough.add(encoding);
    this.#forms.set(encoding, made);
    return made;
  }

  /** What goes with 304: the headers that the whole answer would have had for caches. */
  get unchanged(): Pick<Form, 'headers' | 'dated'> {
    return (this.#unchanged ??= this.#headers(Object.fromEntries(['cache-control', 'vary', 'etag', 'surrogate-key', 'cache-tag'].flatMap((name) => (this.#ownHeaders[name] === undefined ? [] : [[name, this.#ownHeaders[name]]])))));
  }

  /** Whether something of it could be compressed better. */
  get isRough(): boolean {
    return this.#rough.size > 0;
  }

  /** Compresses once more, as well as can be, what was compressed quickly. */
  async improve(): Promise<void> {
    for (const encoding of this.#rough) {
      if (encoding !== 'identity') this.#forms.set(encoding, this.#makeForm(encoding, await compressWell[encoding](this.body)));
      this.#rough.delete(encoding);
    }
  }

  get #isPacked(): boolean {
    return /^image\/(?!svg)/.test(this.headers['content-type'] ?? '');
  }

  #makeForm(encoding: Encoding = 'identity', compressed: Buffer = this.body): Form {
    const isWorthIt = compressed.length * 2 <= this.body.length;
    // What zlib gives is the beginning of a larger buffer, all of which would stay in memory.
    const body = isWorthIt ? Buffer.from(compressed) : this.body;
    return { body, ...this.#headers({ ...this.#ownHeaders, ...(isWorthIt ? { 'content-encoding': encoding } : {}), 'content-length': String(body.length) }) };
  }

  get #ownHeaders(): Record<string, string> {
    return this.isPrivate ? this.headers : { ...this.headers, etag: this.etag };
  }

  #headers(named: Record<string, string>): Pick<Form, 'headers' | 'dated'> {
    const headers = Object.entries(named).flat();
    return { headers, dated: this.date === undefined ? headers : [...headers, 'last-modified', this.date] };
  }
}

const compressQuickly = {
  br: (body: Buffer) => brotliCompressSync(body, { params: { ...quick, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }),
  gzip: (body: Buffer) => gzipSync(body, { level: 5 }),
};

const compressWell = {
  br: async (body: Buffer): Promise<Buffer> => promisify(brotliCompress)(body, { params: { ...best, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }),
  gzip: async (body: Buffer): Promise<Buffer> => promisify(gzip)(body, { level: 9 }),
};
