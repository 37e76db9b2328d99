import { appendFileSync, closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ExtractedText } from '../content/related/extract-text.ts';
import { sketchLength } from '../content/related/sketch.ts';

const bytesPerWrite = 1024 * 1024;

/**
 * What was extracted from the articles of an import, in a temporary file until all of them are stored: more than half a
 * gigabyte for a million articles. The file has no name, so nothing of it is left after a crash.
 */
export class ExtractedTexts {
  #file: number | undefined;
  /** In ascending order, and where the article's bytes end in the file. */
  readonly #ids: number[] = [];
  readonly #ends: number[] = [];
  #buffer: Uint8Array[] = [];
  #buffered = 0;
  #length = 0;

  /** Ids have to be added in ascending order. */
  add(id: number, { terms, sketch }: ExtractedText): void {
    // Texts without a sketch are short; zeros stand for it.
    const bytes = Buffer.alloc(sketchLength + terms.length);
    bytes.set(sketch);
    bytes.set(terms, sketchLength);
    this.#ids.push(id);
    this.#ends.push((this.#length += bytes.length));
    this.#buffer.push(bytes);
    this.#buffered += bytes.length;
    if (this.#buffered >= bytesPerWrite) this.#flush();
  }

  find(id: number): ExtractedText | undefined {
    const index = this.#indexOf(id);
    if (index === undefined) return undefined;
    this.#flush();
    const begin = this.#ends[index - 1] ?? 0;
    const bytes = Buffer.alloc((this.#ends[index] ?? 0) - begin);
    readSync(this.#open(), bytes, 0, bytes.length, begin);
    const sketch = bytes.subarray(0, sketchLength);
    return { terms: bytes.subarray(sketchLength), sketch: sketch.every((byte) => byte === 0) ? new Uint8Array() : sketch };
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #flush(): void {
    if (this.#buffered === 0) return;
    appendFileSync(this.#open(), Buffer.concat(this.#buffer));
    this.#buffer = [];
    this.#buffered = 0;
  }

  #open(): number {
    if (this.#file !== undefined) return this.#file;
    const folder = mkdtempSync(path.join(tmpdir(), 'broadsheet-import-'));
    this.#file = openSync(path.join(folder, 'texts'), 'a+');
    rmSync(folder, { recursive: true });
    return this.#file;
  }

  #indexOf(id: number): number | undefined {
    let [low, high] = [0, this.#ids.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ids[middle] ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    return this.#ids[low] === id ? low : undefined;
  }
}
