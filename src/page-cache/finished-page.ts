import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';
import { tagHeaders } from './outer-caches.ts';

export type Encoding = 'identity' | 'gzip' | 'br';

export interface PageParts {
  status: number;
  /** Lower-case names, without content-encoding, content-length, etag and last-modified. */
  headers: Record<string, string>;
  body: Buffer;
  /** The tags of what the page shows, as in the change feed. A change to any of them invalidates the page. */
  shows: string[];
  /** When the page changes without a write, such as when a scheduled article appears, in UTC milliseconds; Infinity if never. */
  changesAt: number;
  /** UTC milliseconds, never earlier than the last change to anything that the page shows; undefined if unknown. */
  lastModified?: number | undefined;
  isPrivate?: boolean;
  /** CDNs may cache the page, because the site purges it there when it changes. */
  isPurged?: boolean;
}

/** The body in one content encoding. The headers alternate names and values, as `writeHead` takes them. */
interface Variant {
  body: Buffer;
  headers: string[];
  headersWithDate: string[];
}

type VariantHeaders = Pick<Variant, 'headers' | 'headersWithDate'>;

// HTTP dates have a resolution of one second, and clocks differ, so a newer date could hide a later change.
const minDateAgeMs = 2000;
const text = { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT };
// A window of 64 KB instead of the default saves a quarter of the compression time, and most pages are shorter.
const fastBrotli = { ...text, [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 16 };
const bestBrotli = { ...text, [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };

export class FinishedPage implements PageParts {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
  readonly shows: string[];
  readonly changesAt: number;
  readonly lastModified: number | undefined;
  readonly isPrivate: boolean;
  readonly isPurged: boolean;
  /** Weak and shared by all encodings, because `recompress` changes the compressed bytes later. */
  readonly etag: string;
  readonly #variants = new Map<Encoding, Variant>();
  readonly #fastCompressed = new Set<Encoding>();
  readonly date: string | undefined;
  #notModified: VariantHeaders | undefined;

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

  /** An upper bound in bytes: each of the two compressed variants takes at most half of the body. */
  get size(): number {
    return 2 * this.body.length + 100 * this.shows.length + 2000;
  }

  canSendDate(now: number): boolean {
    return this.date !== undefined && now - (this.lastModified ?? now) >= minDateAgeMs;
  }

  /** The body in an encoding, or uncompressed if compression does not halve the size. The first call compresses synchronously. */
  variant(encoding: Encoding): Variant {
    const cached = this.#variants.get(encoding);
    if (cached) return cached;
    const made = encoding === 'identity' || this.#isCompressedImage ? this.#makeVariant() : this.#makeVariant(encoding, compressFast[encoding](this.body));
    if (made.body !== this.body) this.#fastCompressed.add(encoding);
    this.#variants.set(encoding, made);
    return made;
  }

  get notModified(): VariantHeaders {
    return (this.#notModified ??= this.#headers(Object.fromEntries(['cache-control', 'vary', 'etag', 'surrogate-key', 'cache-tag'].flatMap((name) => (this.#ownHeaders[name] === undefined ? [] : [[name, this.#ownHeaders[name]]])))));
  }

  get isFastCompressed(): boolean {
    return this.#fastCompressed.size > 0;
  }

  async recompress(): Promise<void> {
    for (const encoding of this.#fastCompressed) {
      if (encoding !== 'identity') this.#variants.set(encoding, this.#makeVariant(encoding, await compressBest[encoding](this.body)));
      this.#fastCompressed.delete(encoding);
    }
  }

  get #isCompressedImage(): boolean {
    return /^image\/(?!svg)/.test(this.headers['content-type'] ?? '');
  }

  #makeVariant(encoding: Encoding = 'identity', compressed: Buffer = this.body): Variant {
    const isWorthIt = compressed.length * 2 <= this.body.length;
    // zlib returns a slice of a larger buffer. The copy lets that buffer be freed.
    const body = isWorthIt ? Buffer.from(compressed) : this.body;
    return { body, ...this.#headers({ ...this.#ownHeaders, ...(isWorthIt ? { 'content-encoding': encoding } : {}), 'content-length': String(body.length) }) };
  }

  get #ownHeaders(): Record<string, string> {
    return this.isPrivate ? this.headers : { ...this.headers, etag: this.etag };
  }

  #headers(named: Record<string, string>): VariantHeaders {
    const headers = Object.entries(named).flat();
    return { headers, headersWithDate: this.date === undefined ? headers : [...headers, 'last-modified', this.date] };
  }
}

const compressFast = {
  br: (body: Buffer) => brotliCompressSync(body, { params: { ...fastBrotli, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }),
  gzip: (body: Buffer) => gzipSync(body, { level: 5 }),
};

const compressBest = {
  br: async (body: Buffer): Promise<Buffer> => promisify(brotliCompress)(body, { params: { ...bestBrotli, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }),
  gzip: async (body: Buffer): Promise<Buffer> => promisify(gzip)(body, { level: 9 }),
};
