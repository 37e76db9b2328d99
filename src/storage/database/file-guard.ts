import { statSync, type BigIntStats } from 'node:fs';
import { ReplacedFileError } from './trouble.ts';

const suffixes = ['', '-wal', '-shm'];

/** Checks whether the files that SQLite has open are still the ones at their paths. */
export class FileGuard {
  readonly #file: string;
  readonly #opened: string[];
  #maxSize = 0n;

  /** @param file a database that is open in WAL mode and has been read, so that all its files exist */
  constructor(file: string) {
    this.#file = file;
    this.#opened = suffixes.map((suffix) => identityOf(file + suffix));
  }

  /** Takes about ten microseconds. @throws ReplacedFileError */
  check(): void {
    // The database never shrinks, because nothing runs VACUUM.
    const size = find(this.#file)?.size ?? 0n;
    if (size < this.#maxSize && size > 0n) throw new ReplacedFileError(`${this.#file} was truncated while it was open`);
    this.#maxSize = size > this.#maxSize ? size : this.#maxSize;
    suffixes.forEach((suffix, index) => {
      const found = identityOf(this.#file + suffix);
      if (found !== this.#opened[index]) throw new ReplacedFileError(`${this.#file}${suffix} was ${found === '' ? 'removed or emptied' : 'replaced'} while it was open`);
    });
  }
}

/** Returns an empty string if the file is missing or was emptied. Only an empty -wal file is normal. */
function identityOf(file: string): string {
  const found = find(file);
  const isEmptied = found?.size === 0n && !file.endsWith('-wal');
  return found === undefined || isEmptied ? '' : `${found.dev}:${found.ino}`;
}

/** Treats a file that can't be reached, for example because of its folder's permissions, as missing. */
function find(file: string): BigIntStats | undefined {
  try {
    return statSync(file, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
