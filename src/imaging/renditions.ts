import { setTimeout as delay } from 'node:timers/promises';
import type { Picture } from '../content/pictures/picture.ts';
import { listRenditions, type Rendition } from '../content/pictures/renditions.ts';
import { RequestError } from '../errors.ts';
import type { Logger } from '../observability/log.ts';
import type { Database } from '../storage/database/database.ts';
import { findPicture } from '../storage/pictures/pictures.ts';
import { endLease, findMaster, findStoredRendition, leaseRendition, renewLease, storeRendition } from '../storage/pictures/renditions.ts';
import type { Imaging, Priority } from './imaging.ts';

/** Readers of a new page request a few each. More than this is a flood, and those at its end would wait for more than a minute. */
const maxRequested = 40;
/** A picture has up to 14. What does not fit is made on request. */
const maxPrepared = 1400;
/** Renewed three times in this time, for as long as the rendition is being made. */
const leaseDurationMs = 60_000;
const pollIntervalMs = 200;

interface Parts {
  db: Database;
  log: Logger;
  imaging: Imaging;
  clock: () => number;
}

/** A picture's renditions, made on request or in the background, each by one process only. */
export class Renditions {
  readonly #parts: Parts;
  readonly #requested = new Map<string, Promise<Buffer>>();
  readonly #prepared: { pictureId: number; rendition: Rendition }[] = [];
  #preparation: Promise<void> | undefined;
  readonly #closing = new AbortController();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Returns the file of a rendition, which is made if it is not stored yet.
   *
   * @throws RequestError (404) if the picture was deleted; (503) if too many renditions are being made, and after `close`
   */
  async find({ id }: Pick<Picture, 'id'>, rendition: Rendition): Promise<Buffer> {
    const stored = await findStoredRendition(this.#parts.db, id, rendition.name);
    if (stored?.data) return stored.data;
    const key = `${id}/${rendition.name}`;
    const known = this.#requested.get(key);
    if (known) return known;
    if (this.#requested.size >= maxRequested) throw new RequestError(503, 'errors.manyPictures');
    const made = this.#make(id, rendition, 'requested').finally(() => this.#requested.delete(key));
    this.#requested.set(key, made);
    return made;
  }

  /** Makes all renditions of a new picture in the background. */
  prepare(picture: Picture): void {
    if (this.#isClosed) return;
    const renditions = listRenditions(picture).slice(0, Math.max(0, maxPrepared - this.#prepared.length));
    this.#prepared.push(...renditions.map((rendition) => ({ pictureId: picture.id, rendition })));
    this.#preparation ??= this.#makePrepared().finally(() => {
      this.#preparation = undefined;
    });
  }

  /** Waits for the jobs that have begun, so close `imaging` at the same time. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#prepared.length = 0;
    await Promise.allSettled([this.#preparation, ...this.#requested.values()]);
  }

  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  async #makePrepared(): Promise<void> {
    for (let next = this.#prepared.shift(); next; next = this.#prepared.shift()) {
      const { pictureId, rendition } = next;
      await this.#make(pictureId, rendition, 'background').catch((error: unknown) => {
        if (!this.#isClosed) this.#parts.log.warn({ err: error, picture: pictureId, rendition: rendition.name }, 'a rendition could not be made');
      });
    }
  }

  async #make(pictureId: number, rendition: Rendition, priority: Priority): Promise<Buffer> {
    const { db, clock } = this.#parts;
    for (;;) {
      if (this.#isClosed) throw new RequestError(503, 'errors.stopping');
      const stored = await findStoredRendition(db, pictureId, rendition.name);
      if (stored?.data) return stored.data;
      const isOthers = stored !== undefined && stored.leaseUntil > clock();
      const made = isOthers ? undefined : await this.#makeWithLease(pictureId, rendition, priority);
      if (made) return made;
      if (!(await findPicture(db.reader, pictureId))) throw new RequestError(404, 'errors.noFile');
      // An unreferenced timer would let the process end before `close` is done.
      await delay(pollIntervalMs, undefined, { signal: this.#closing.signal }).catch(() => {});
    }
  }

  /** Returns undefined if another process has the lease, or has made the rendition meanwhile. */
  async #makeWithLease(pictureId: number, rendition: Rendition, priority: Priority): Promise<Buffer | undefined> {
    const { db, imaging, clock } = this.#parts;
    const { name } = rendition;
    let isLeased = false;
    let renewal: NodeJS.Timeout | undefined;
    const findLeased = async () => {
      isLeased = await leaseRendition(db, pictureId, name, clock(), clock() + leaseDurationMs);
      if (!isLeased) return undefined;
      renewal = setInterval(() => void renewLease(db, pictureId, name, clock() + leaseDurationMs).catch(() => {}), leaseDurationMs / 3).unref();
      return findMaster(db, pictureId);
    };
    try {
      const data = await imaging.makeRendition(findLeased, rendition, priority);
      if (data) await storeRendition(db, pictureId, name, data);
      return data;
    } catch (error) {
      // If this fails too, the lease runs out.
      if (isLeased) await endLease(db, pictureId, name).catch(() => {});
      throw error;
    } finally {
      clearInterval(renewal);
    }
  }
}
