import type { Message } from '../messages/catalogue.ts';
import { english } from '../messages/languages.ts';
import { noteFault, testWrite, type Database } from '../storage/database/database.ts';
import type { Fault, LastingTrouble } from '../storage/database/trouble.ts';
import type { Logger } from './log.ts';

interface Explanation {
  /** Shown to everybody: a clause without a full stop and without internal details. */
  reason: Message;
  /** Tells the operator what to do, in English. */
  remedy: string;
}

const explanations: Record<LastingTrouble, Explanation> = {
  full: { reason: { key: 'adminErrors.diskFull' }, remedy: 'Free space on the disk of the database. Saving then works again without a restart.' },
  'read-only': { reason: { key: 'adminErrors.databaseReadOnly' }, remedy: 'Make it writable for this user. Saving then works again without a restart.' },
  replaced: { reason: { key: 'adminErrors.databaseReplaced' }, remedy: 'Move the file back together with its -wal and -shm files. Saving then works again without a restart. Or stop the site, restore a backup or the rescued copy as broadsheet.db, and start the site.' },
  damaged: { reason: { key: 'adminErrors.databaseDamaged' }, remedy: 'Stop the site, restore a backup of the database, and start the site.' },
  'disk error': { reason: { key: 'adminErrors.diskError' }, remedy: 'Check the disk of the database, its quota and its permissions.' },
};

/** The explanation of a database error; undefined for other errors, and for temporary errors. */
export function explain({ db }: { db: Database }, error: unknown): Explanation | undefined {
  const trouble = db.troubleOf(error);
  return trouble === undefined || trouble === 'unavailable' ? undefined : explanations[trouble];
}

/** The database is also checked at intervals, because its files may disappear while nobody writes. */
const checkIntervalMs = 5000;

/** Logs the start and the end of each lasting database fault, and saves a copy of a database file that was removed. */
export class TroubleWatch {
  readonly #db: Database;
  readonly #log: Logger;
  readonly #timer: NodeJS.Timeout;
  #rescuing: Promise<void> | undefined;

  constructor(db: Database, log: Logger) {
    this.#db = db;
    this.#log = log;
    db.state.onChange = (fault) => this.#logFault(fault);
    this.#timer = setInterval(() => this.#check(), checkIntervalMs).unref();
  }

  /** A removed database file can be copied only while the file is open, so this is the last chance. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#check();
    await this.#rescuing;
  }

  #check(): void {
    try {
      this.#db.verify();
      // A short write can succeed on a full disk, so a long one is tried.
      const trouble = this.#db.state.fault?.trouble;
      if (trouble === 'full' || trouble === 'disk error') void testWrite(this.#db).catch(() => {});
    } catch (error) {
      noteFault(this.#db, error);
    }
  }

  #logFault(fault: Fault | undefined): void {
    if (!fault) {
      this.#log.info('the database can be written again');
      return;
    }
    const { reason, remedy } = explanations[fault.trouble];
    this.#log.error({ err: fault.error, remedy }, `nothing can be saved: ${english.of(reason)}`);
    if (fault.trouble === 'replaced' && this.#db.rescue) this.#rescuing = this.#rescueDatabase(this.#db.rescue);
  }

  async #rescueDatabase(rescue: () => Promise<string>): Promise<void> {
    try {
      this.#log.warn({ file: await rescue() }, 'the database file is gone, so the open database was saved to another file');
    } catch (error) {
      this.#log.error({ err: error }, 'the database file is gone, and the open database could not be saved to another file');
    }
  }
}
