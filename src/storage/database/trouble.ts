export type LastingTrouble = 'full' | 'read-only' | 'replaced' | 'damaged' | 'disk error';

/** `unavailable` is temporary; the others last until somebody repairs the database. */
export type Trouble = LastingTrouble | 'unavailable';

export class ReplacedFileError extends Error {
  readonly code = 'DATABASE_FILE_REPLACED';
}

export interface Fault {
  trouble: LastingTrouble;
  error: unknown;
}

export class DatabaseState {
  #fault: Fault | undefined;
  writeTest: Promise<void> | undefined;
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
