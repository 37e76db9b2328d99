import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';

/** How often the connection is proved to live, and how long it has to answer, in milliseconds. */
const heartbeat = { interval: 5000, patience: 2000 };
/** The first and the longest pause before it is made anew, in milliseconds. */
const pause = { first: 100, longest: 5000 };

/** PostgreSQL's word of a new row in the change feed, from whichever server. */
export class ChangeSignal {
  readonly #config: ClientConfig;
  readonly #cutConnections: () => void;
  readonly #stopped = new AbortController();
  #mark = 0;
  #isListening = false;
  #answeredAt = 0;
  #running: Promise<void> | undefined;

  /** @param cutConnections ends all connections at once, its own too: called while the server is there and says nothing */
  constructor(config: ClientConfig, cutConnections: () => void) {
    this.#config = config;
    this.#cutConnections = cutConnections;
  }

  /** A number that moves with every write. While nothing is heard it moves by itself, for there may be any. */
  get mark(): number {
    if (!this.#isListening) this.#mark += 1;
    return this.#mark;
  }

  /** When the server was last known to answer, UTC milliseconds. */
  get answeredAt(): number {
    return this.#isListening ? Date.now() : this.#answeredAt;
  }

  /** This process has written: it need not wait to hear of it. */
  move(): void {
    this.#mark += 1;
  }

  /** Resolves once it listens. @throws if the server cannot be reached */
  async start(): Promise<void> {
    const client = await this.#listen();
    this.#running = this.#run(client);
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
  }

  async #run(first: Client): Promise<void> {
    let isSilent = await this.#untilLost(first);
    let wait = pause.first;
    while (!this.#stopped.signal.aborted) {
      // What was asked on them would be waited for until the network gives up.
      if (isSilent) this.#cutConnections();
      try {
        const client = await this.#listen();
        wait = pause.first;
        isSilent = await this.#untilLost(client);
      } catch (error) {
        isSilent = isSilence(error);
        await this.#pause(wait);
        wait = Math.min(pause.longest, wait * 2);
      }
    }
  }

  async #listen(): Promise<Client> {
    const client = new Client(this.#config);
    client.on('notification', () => this.move());
    // Its end is what tells.
    client.on('error', () => {});
    try {
      await client.connect();
      await inTime(client.query('listen broadsheet_change'));
    } catch (error) {
      void client.end().catch(() => {});
      throw error;
    }
    client.once('end', () => {
      // Until now it would have told.
      this.#answeredAt = this.answeredAt;
      this.#isListening = false;
    });
    // What came before it listened is read too.
    this.move();
    this.#isListening = true;
    this.#answeredAt = Date.now();
    return client;
  }

  /** Resolves when the connection is lost, or nobody listens any more. Returns whether the server has fallen silent. */
  async #untilLost(client: Client): Promise<boolean> {
    const lost = new Promise<void>((resolve) => {
      client.once('end', resolve);
    });
    while (this.#isListening && (await Promise.race([this.#pause(heartbeat.interval), lost.then(() => false)]))) {
      const fault = await inTime(client.query('select 1')).then(() => undefined, (error: unknown) => error);
      if (fault === undefined) {
        this.#answeredAt = Date.now();
        continue;
      }
      this.#isListening = false;
      if (isSilence(fault)) return true;
    }
    this.#isListening = false;
    await Promise.race([client.end().catch(() => {}), delay(heartbeat.patience, undefined, { ref: false })]);
    return false;
  }

  /** False: it is to stop. */
  async #pause(time: number): Promise<boolean> {
    return delay(time, true, { signal: this.#stopped.signal, ref: false }).catch(() => false);
  }
}

class SilenceError extends Error {}

/** Whether the server is there and says nothing, rather than that it refuses. */
function isSilence(error: unknown): boolean {
  // What pg says of a connection that was not made in time.
  return error instanceof SilenceError || (error instanceof Error && error.message === 'timeout expired');
}

/** @throws SilenceError if an answer does not come in time; where this process was busy meanwhile, one that is there still counts */
async function inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const late = delay(heartbeat.patience, undefined, { ref: false }).then(() => nextTurn(undefined, { ref: false }));
  return Promise.race([answer, late.then(() => Promise.reject(new SilenceError('PostgreSQL does not answer')))]);
}
