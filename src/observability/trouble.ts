import { noteFault, testWrite, type Database } from '../storage/database/database.ts';
import type { Fault, LastingTrouble } from '../storage/database/trouble.ts';
import type { Logger } from './log.ts';

interface Explanation {
  /** For everybody: a sentence without its full stop that tells nothing about the inside. */
  reason: string;
  /** For whoever runs the site. */
  remedy: string;
}

const explanations: Record<LastingTrouble, Explanation> = {
  full: { reason: 'The server’s disk is full', remedy: 'make room on the disk of the database; saving then works again without a restart' },
  'read-only': { reason: 'The database is read-only', remedy: 'make it writable for this user; saving then works again without a restart' },
  replaced: { reason: 'The database file was removed, replaced or cut short while the site was running', remedy: 'move the file back with its -wal and -shm files, and saving works again; or stop the site, put a backup or the rescued copy in its place as broadsheet.db, and start the site' },
  damaged: { reason: 'The database is damaged', remedy: 'stop the site, put a backup in the place of the database, and start the site' },
  'disk error': { reason: 'The server’s disk cannot be read or written', remedy: 'check the disk of the database, its quota and its permissions' },
};

/** Explains what an error says about the database; undefined: nothing, or something that passes by itself. */
export function explain({ db }: { db: Database }, error: unknown): Explanation | undefined {
  const trouble = db.troubleOf(error);
  return trouble === undefined || trouble === 'unavailable' ? undefined : explanations[trouble];
}

/** How often the database is looked at, in milliseconds: its files may go away while nobody writes. */
const lookInterval = 5000;

/** Logs each lasting fault of the database once, and its end. Saves a copy of a file that was removed. */
export class TroubleWatch {
  readonly #db: Database;
  readonly #log: Logger;
  readonly #timer: NodeJS.Timeout;
  #rescue: Promise<void> | undefined;

  constructor(db: Database, log: Logger) {
    this.#db = db;
    this.#log = log;
    db.state.onChange = (fault) => this.#changed(fault);
    this.#timer = setInterval(() => this.#look(), lookInterval).unref();
  }

  /** The last chance to save a file that was removed: closing it is its end. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#look();
    await this.#rescue;
  }

  #look(): void {
    try {
      this.#db.verify();
      // Short writes that succeed say nothing of long ones.
      const trouble = this.#db.state.fault?.trouble;
      if (trouble === 'full' || trouble === 'disk error') void testWrite(this.#db).catch(() => {});
    } catch (error) {
      noteFault(this.#db, error);
    }
  }

  #changed(fault: Fault | undefined): void {
    if (!fault) {
      this.#log.info('the database takes writes again');
      return;
    }
    const { reason, remedy } = explanations[fault.trouble];
    this.#log.error({ err: fault.error, remedy }, `Nothing can be saved. ${reason}`);
    if (fault.trouble === 'replaced' && this.#db.rescue) this.#rescue = this.#save(this.#db.rescue);
  }

  async #save(rescue: () => Promise<string>): Promise<void> {
    try {
      this.#log.warn({ file: await rescue() }, 'the open database was copied to a file');
    } catch (error) {
      this.#log.error({ err: error }, 'the open database could not be copied to a file');
    }
  }
}
