import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { CompiledQuery, HandleEmptyInListsPlugin, Kysely, PostgresDialect, PostgresDriver, replaceWithNoncontingentExpression, sql, type DatabaseConnection, type Driver, type PostgresDialectConfig } from 'kysely';
import { Client, Pool, types, type ClientConfig, type PoolConfig } from 'pg';
import { postgresSearch } from '../search/postgres-search.ts';
import { ChangeSignal } from './change-signal.ts';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';
import { DatabaseState, type Trouble } from './trouble.ts';

export interface PostgresOptions {
  url: string;
  /** The maximum number of read connections. Each process has two more for writing and one for LISTEN. */
  poolSize: number;
  /** For connecting, for a query's result and for a lock, in milliseconds. */
  timeout: number;
}

const writeConnections = 2;
/** A transaction may be idle for this many times `timeout`, and opening the database waits as long for another process that is opening it. */
const idleTimeoutFactor = 6;
const closeTimeoutMs = 2000;
/** The first key of our advisory locks ("BROA"), which sets them apart from the locks of other programs in the same database. */
const lockSpace = 0x42_52_4f_41;
const locks = { writing: 1, opening: 2 };

/** Makes the planner use an index wherever there is one. JIT compilation doesn't pay off for queries as short as a page's. */
const readingOptions = '-c default_transaction_read_only=on -c enable_seqscan=off -c jit=off';

/** @throws if the server can't be reached or refuses the connection */
export async function openPostgres({ url, poolSize, timeout }: PostgresOptions): Promise<Database> {
  const sockets = new Set<Socket>();
  const { connectionString, options } = readAddress(url);
  const config: ClientConfig = { connectionString, options, connectionTimeoutMillis: timeout, application_name: 'broadsheet', keepAlive: true, types: { getTypeParser }, stream: () => addSocket(sockets) };
  const cutConnections = () => sockets.forEach((socket) => socket.destroy());
  const signal = new ChangeSignal(config, cutConnections);
  await signal.start();
  const idleTimeout = idleTimeoutFactor * timeout;
  const limits = `${options} -c lock_timeout=${timeout} -c idle_in_transaction_session_timeout=${idleTimeout}`;
  const readPool = makePool({ ...config, max: poolSize, options: `${limits} ${readingOptions} -c statement_timeout=${timeout}` });
  const writePool = makePool({ ...config, max: writeConnections, options: limits });
  const statements = new StatementNames();
  const plugins = [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })];
  const reader = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: readPool }), plugins });
  const writer = new Kysely<Tables>({ dialect: new SingleWriterDialect({ pool: writePool }, () => signal.bumpVersion()), plugins });
  return {
    system: 'postgres',
    reader,
    runPrepared: async ({ sql: text, parameters }) => (await readPool.query({ name: statements.nameOf(text), text, values: [...parameters] })).rows,
    writer,
    search: postgresSearch,
    troubleOf,
    state: new DatabaseState(),
    verify: () => {},
    isConflict: (error) => codeOf(error) === '23505',
    async backup() {
      throw new Error('Use pg_dump to back up a PostgreSQL database');
    },
    async resetIdSequences(transaction, tables) {
      for (const table of tables) {
        await sql`select setval(sequence, greatest(1, (select max(id) from ${sql.table(table)}))) from pg_get_serial_sequence(${table}, 'id') as sequence where sequence is not null`.execute(transaction);
      }
    },
    dataVersion: () => signal.version,
    lastResponseAt: () => signal.lastResponseAt,
    async withExclusiveLock(fn) {
      const client = new Client({ ...config, options: `${options} -c lock_timeout=${idleTimeout}` });
      client.on('error', ignore);
      await client.connect();
      try {
        const { rows } = await client.query<{ encoding: string }>("select current_setting('server_encoding') as encoding, pg_advisory_lock($1, $2)", [lockSpace, locks.opening]);
        // Other encodings can't store every character.
        for (const { encoding } of rows) if (encoding !== 'UTF8') throw new Error(`its encoding is ${encoding}`);
        return await fn();
      } finally {
        await client.end();
      }
    },
    async close() {
      await Promise.race([Promise.all([signal.stop(), reader.destroy(), writer.destroy()]), delay(closeTimeoutMs, undefined, { ref: false })]);
      cutConnections();
    },
  };
}

/**
 * Gives each SQL text a name, under which pg prepares the statement once per connection. Without names PostgreSQL parses
 * and plans the statement each time, and the query for a published article takes 2.5 times as long.
 */
class StatementNames {
  readonly #names = new Map<string, string>();

  nameOf(text: string): string {
    const name = this.#names.get(text) ?? `prepared_${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}

const ignore = () => {};

/**
 * Makes `sslmode` mean what it means to libpq (PostgreSQL's manual, 32.19.1). Takes the `options` parameter out of the
 * URL, because pg would let it replace our own options.
 */
function readAddress(address: string): { connectionString: string; options: string } {
  const url = new URL(address);
  if (url.searchParams.has('sslmode')) url.searchParams.set('uselibpqcompat', 'true');
  const options = url.searchParams.get('options') ?? '';
  url.searchParams.delete('options');
  return { connectionString: url.href, options };
}

function addSocket(sockets: Set<Socket>): Socket {
  const socket = new Socket();
  sockets.add(socket);
  return socket.once('close', () => sockets.delete(socket));
}

function makePool(config: PoolConfig): Pool {
  const pool = new Pool(config);
  // Without these listeners, a lost connection would end the process. The next query on that connection reports the loss.
  pool.on('error', ignore).on('connect', (client) => client.on('error', ignore));
  return pool;
}

function getTypeParser(id: number, format?: 'text' | 'binary'): (text: string) => unknown {
  return id === types.builtins.INT8 ? Number : types.getTypeParser(id, format as 'text');
}

/** PostgreSQL's codes (manual, appendix A) for timeouts, shutdown, startup and too many connections; Node's for network errors. */
const unavailableCodes = new Set(['55P03', '57014', '25P03', '40P01', '57P01', '57P02', '57P03', '53300', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);
const unavailableMessages = /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|timeout expired|Client was closed)/;

const troubles: Record<string, Trouble> = { '53100': 'full', '25006': 'read-only', '58030': 'disk error', XX001: 'damaged', XX002: 'damaged' };

function troubleOf(error: unknown): Trouble | undefined {
  return troubles[codeOf(error)] ?? (isUnavailable(error) ? 'unavailable' : undefined);
}

function isUnavailable(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isUnavailable);
  const isSocketGone = codeOf(error) === 'ENOENT' && error instanceof Error && 'syscall' in error && error.syscall === 'connect';
  return isSocketGone || unavailableCodes.has(codeOf(error)) || codeOf(error).startsWith('08') || (error instanceof Error && unavailableMessages.test(error.message));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/**
 * Serialises writes with an advisory lock, because SQLite serialises them too: what a transaction has read stays true until
 * it commits, the ids of the change feed are in commit order, and transactions can't deadlock.
 */
class SingleWriterDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;
  readonly #onCommit: () => void;

  constructor(config: PostgresDialectConfig, onCommit: () => void) {
    super(config);
    this.#config = config;
    this.#onCommit = onCommit;
  }

  override createDriver(): Driver {
    return new SingleWriterDriver(this.#config, this.#onCommit);
  }
}

/** Takes the lock, and makes the commit wait for the disk even if the server's default is `synchronous_commit = off`. */
const beginWriteSql = "select pg_advisory_xact_lock($1, $2), case when current_setting('synchronous_commit') = 'off' then set_config('synchronous_commit', 'on', true) end";

type PostgresConnection = Parameters<PostgresDriver['rollbackTransaction']>[0];

class SingleWriterDriver extends PostgresDriver {
  readonly #onCommit: () => void;

  constructor(config: PostgresDialectConfig, onCommit: () => void) {
    super(config);
    this.#onCommit = onCommit;
  }

  override async beginTransaction(connection: PostgresConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin'));
    try {
      await connection.executeQuery(CompiledQuery.raw(beginWriteSql, [lockSpace, locks.writing]));
    } catch (error) {
      // Kysely doesn't roll back when this method throws.
      await this.rollbackTransaction(connection);
      throw error;
    }
  }

  /** If the rollback fails, the connection is lost and the transaction with it. The original error is more useful. */
  override async rollbackTransaction(connection: PostgresConnection): Promise<void> {
    await super.rollbackTransaction(connection).catch(ignore);
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await super.commitTransaction(connection);
    this.#onCommit();
  }
}
