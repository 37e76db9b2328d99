import { statSync, type BigIntStats } from 'node:fs';
import { ReplacedFileError } from './trouble.ts';

/** The database and the two files that belong to it while it is open. */
const suffixes = ['', '-wal', '-shm'];

/** Tells whether the files that SQLite has open are still the ones at their paths. */
export class FileGuard {
  readonly #file: string;
  readonly #opened: string[];
  /** The largest size of the database so far, in bytes. It never shrinks, because nothing runs VACUUM. */
  #largest = 0n;

  /** @param file a database that is open in WAL mode and has been read, so that all its files exist */
  constructor(file: string) {
    this.#file = file;
    this.#opened = suffixes.map((suffix) => identityOf(file + suffix));
  }

  /**
   * Compares device and inode with those of the open files, and checks that the database has not shrunk. Takes about ten microseconds.
   *
   * @throws ReplacedFileError
   */
  check(): void {
    const size = find(this.#file)?.size ?? 0n;
    if (size < this.#largest && size > 0n) throw new ReplacedFileError(`${this.#file} was cut short while it was open`);
    this.#largest = size > this.#largest ? size : this.#largest;
    suffixes.forEach((suffix, index) => {
      const found = identityOf(this.#file + suffix);
      if (found !== this.#opened[index]) throw new ReplacedFileError(`${this.#file}${suffix} was ${found === '' ? 'removed or emptied' : 'replaced'} while it was open`);
    });
  }
}

/** An empty string where there is no file, or an empty one where there was a database. */
function identityOf(file: string): string {
  const found = find(file);
  const isEmptied = found?.size === 0n && !file.endsWith('-wal');
  return found === undefined || isEmptied ? '' : `${found.dev}:${found.ino}`;
}

/** What can't be reached, such as a file in a folder that has become private, is as good as removed. */
function find(file: string): BigIntStats | undefined {
  try {
    return statSync(file, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
