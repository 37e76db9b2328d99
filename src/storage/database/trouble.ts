/** A fault of the database itself that stays until somebody repairs it. */
export type LastingTrouble = 'full' | 'read-only' | 'replaced' | 'damaged' | 'disk error';

/** What is wrong with the database, rather than with a query. `unavailable` passes by itself. */
export type Trouble = LastingTrouble | 'unavailable';

/** Thrown where the open database file is no longer the one at its path. */
export class ReplacedFileError extends Error {
  readonly code = 'DATABASE_FILE_REPLACED';
}

export interface Fault {
  trouble: LastingTrouble;
  /** The error that first showed it. */
  error: unknown;
}

/** Remembers a lasting fault of the database from the first error that shows it until a write succeeds. */
export class DatabaseState {
  #fault: Fault | undefined;
  /** The write test that is in progress. */
  writeTest: Promise<void> | undefined;
  /** Called once when a fault begins, and with undefined when it is over. */
  onChange: (fault: Fault | undefined) => void = () => {};

  get fault(): Fault | undefined {
    return this.#fault;
  }

  failed(trouble: Trouble | undefined, error: unknown): void {
    if (trouble === undefined || trouble === 'unavailable' || this.#fault?.trouble === trouble) return;
    this.#change({ trouble, error });
  }

  /** A write has succeeded. It may be a short one, which proves nothing where long ones failed; and no write proves that a damaged database is intact again. */
  wrote(): void {
    if (this.#fault?.trouble === 'read-only' || this.#fault?.trouble === 'replaced') this.#change(undefined);
  }

  /** A write of the maximum length has succeeded. */
  wroteLong(): void {
    if (this.#fault?.trouble !== 'damaged') this.#change(undefined);
  }

  #change(fault: Fault | undefined): void {
    if (fault === this.#fault) return;
    this.#fault = fault;
    this.onChange(fault);
  }
}
