import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';

// In milliseconds.
const heartbeat = { interval: 5000, timeout: 2000 };
const reconnectDelay = { min: 100, max: 5000 };

/** Tells this process when any server has appended to the change feed (LISTEN/NOTIFY). */
export class ChangeSignal {
  readonly #config: ClientConfig;
  readonly #cutConnections: () => void;
  readonly #stopped = new AbortController();
  #version = 0;
  #isListening = false;
  #lastResponseAt = 0;
  #running: Promise<void> | undefined;

  /** @param cutConnections destroys all connections of this process; called when the server has stopped responding */
  constructor(config: ClientConfig, cutConnections: () => void) {
    this.#config = config;
    this.#cutConnections = cutConnections;
  }

  /** Changes with every write and, while disconnected, whenever it is read, because there may have been writes. */
  get version(): number {
    if (!this.#isListening) this.#version += 1;
    return this.#version;
  }

  get lastResponseAt(): number {
    return this.#isListening ? Date.now() : this.#lastResponseAt;
  }

  bumpVersion(): void {
    this.#version += 1;
  }

  /** Resolves once the connection listens. @throws if the server can't be reached */
  async start(): Promise<void> {
    const client = await this.#listen();
    this.#running = this.#run(client);
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
  }

  async #run(first: Client): Promise<void> {
    let isUnresponsive = await this.#untilLost(first);
    let wait = reconnectDelay.min;
    while (!this.#stopped.signal.aborted) {
      // Otherwise, queries in flight would hang until TCP gives up.
      if (isUnresponsive) this.#cutConnections();
      try {
        const client = await this.#listen();
        wait = reconnectDelay.min;
        isUnresponsive = await this.#untilLost(client);
      } catch (error) {
        isUnresponsive = isTimeout(error);
        await this.#sleep(wait);
        wait = Math.min(reconnectDelay.max, wait * 2);
      }
    }
  }

  async #listen(): Promise<Client> {
    const client = new Client(this.#config);
    client.on('notification', () => this.bumpVersion());
    client.on('error', () => {});
    try {
      await client.connect();
      await withTimeout(client.query('listen broadsheet_change'));
    } catch (error) {
      void client.end().catch(() => {});
      throw error;
    }
    client.once('end', () => {
      // While listening, the getter returns the current time.
      this.#lastResponseAt = this.lastResponseAt;
      this.#isListening = false;
    });
    // There may have been writes before LISTEN took effect.
    this.bumpVersion();
    this.#isListening = true;
    this.#lastResponseAt = Date.now();
    return client;
  }

  /** Resolves when the connection is lost or `stop` is called. Returns whether the server has stopped responding. */
  async #untilLost(client: Client): Promise<boolean> {
    const lost = new Promise<void>((resolve) => {
      client.once('end', resolve);
    });
    while (this.#isListening && (await Promise.race([this.#sleep(heartbeat.interval), lost.then(() => false)]))) {
      const fault = await withTimeout(client.query('select 1')).then(() => undefined, (error: unknown) => error);
      if (fault === undefined) {
        this.#lastResponseAt = Date.now();
        continue;
      }
      this.#isListening = false;
      if (isTimeout(fault)) return true;
    }
    this.#isListening = false;
    await Promise.race([client.end().catch(() => {}), delay(heartbeat.timeout, undefined, { ref: false })]);
    return false;
  }

  async #sleep(time: number): Promise<boolean> {
    return delay(time, true, { signal: this.#stopped.signal, ref: false }).catch(() => false);
  }
}

class TimeoutError extends Error {}

function isTimeout(error: unknown): boolean {
  // pg reports a connection timeout only by its message.
  return error instanceof TimeoutError || (error instanceof Error && error.message === 'timeout expired');
}

async function withTimeout<Result>(query: Promise<Result>): Promise<Result> {
  // The extra event loop turn accepts a response that arrived in time while this process was blocked.
  const timeout = delay(heartbeat.timeout, undefined, { ref: false }).then(() => nextTurn(undefined, { ref: false }));
  return Promise.race([query, timeout.then(() => Promise.reject(new TimeoutError('PostgreSQL does not respond')))]);
}
