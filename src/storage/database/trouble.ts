/** A database fault that lasts until somebody repairs it. */
export type LastingTrouble = 'full' | 'read-only' | 'replaced' | 'damaged' | 'disk error';

/** A fault of the database, as opposed to a faulty query. `unavailable` is temporary. */
export type Trouble = LastingTrouble | 'unavailable';

/** Thrown when the open database file is no longer the one at its path. */
export class ReplacedFileError extends Error {
  readonly code = 'DATABASE_FILE_REPLACED';
}

export interface Fault {
  trouble: LastingTrouble;
  error: unknown;
}

/** Holds a lasting fault from the first error that shows the fault until a write succeeds. */
export class DatabaseState {
  #fault: Fault | undefined;
  /** The write test in progress. */
  writeTest: Promise<void> | undefined;
  /** Called once when a fault begins, and with undefined when the fault ends. */
  onChange: (fault: Fault | undefined) => void = () => {};

  get fault(): Fault | undefined {
    return this.#fault;
  }

  recordFailure(trouble: Trouble | undefined, error: unknown): void {
    if (trouble === undefined || trouble === 'unavailable' || this.#fault?.trouble === trouble) return;
    this.#change({ trouble, error });
  }

  /** A short write doesn't clear a full disk, where long writes may still fail. No write clears a damaged database. */
  recordWrite(): void {
    if (this.#fault?.trouble === 'read-only' || this.#fault?.trouble === 'replaced') this.#change(undefined);
  }

  recordLongWrite(): void {
    if (this.#fault?.trouble !== 'damaged') this.#change(undefined);
  }

  #change(fault: Fault | undefined): void {
    if (fault === this.#fault) return;
    this.#fault = fault;
    this.onChange(fault);
  }
}
