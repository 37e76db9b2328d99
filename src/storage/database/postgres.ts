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
  /** `postgres://USER:PASSWORD@HOST:PORT/DATABASE`, with `?sslmode=` and the like. */
  url: string;
  /** How many connections this process may have for reading; there are two more for writing, and one that listens. */
  poolSize: number;
  /** How long a connection, an answer or a lock is waited for, in milliseconds. */
  timeout: number;
}

/** Only one transaction writes at a time, in whichever server: another would wait. */
const writers = 2;
/** For how many times as long as anybody waits for an answer a transaction may do nothing, and opening waits for another that opens. */
const longestHold = 6;
/** How long the server has for the end of the connections, in milliseconds. */
const farewell = 2000;
/** The locks of this program, among those of whatever else uses the database: "BROA", and what is locked. */
const lockSpace = 0x42_52_4f_41;
const locks = { writing: 1, opening: 2 };

/** No page's question is to read a whole table where there is an index, or worth compiling. */
const readingOptions = '-c default_transaction_read_only=on -c enable_seqscan=off -c jit=off';

/**
 * Connects to the site's database.
 *
 * @throws if it cannot be reached or refuses
 */
export async function openPostgres({ url, poolSize, timeout }: PostgresOptions): Promise<Database> {
  const sockets = new Set<Socket>();
  const { connectionString, options } = readAddress(url);
  const config: ClientConfig = { connectionString, options, connectionTimeoutMillis: timeout, application_name: 'broadsheet', keepAlive: true, types: { getTypeParser }, stream: () => addSocket(sockets) };
  const cutConnections = () => sockets.forEach((socket) => socket.destroy());
  const signal = new ChangeSignal(config, cutConnections);
  await signal.start();
  const patience = longestHold * timeout;
  const limits = `${options} -c lock_timeout=${timeout} -c idle_in_transaction_session_timeout=${patience}`;
  const reading = makePool({ ...config, max: poolSize, options: `${limits} ${readingOptions} -c statement_timeout=${timeout}` });
  const writing = makePool({ ...config, max: writers, options: limits });
  const names = new Names();
  const plugins = [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })];
  const reader = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: reading }), plugins });
  const writer = new Kysely<Tables>({ dialect: new OneWriterDialect({ pool: writing }, () => signal.move()), plugins });
  return {
    system: 'postgres',
    reader,
    ask: async ({ sql: text, parameters }) => (await reading.query({ name: names.of(text), text, values: [...parameters] })).rows,
    writer,
    search: postgresSearch,
    troubleOf,
    state: new DatabaseState(),
    // A server's files are its own concern.
    verify: () => {},
    isConflict: (error) => codeOf(error) === '23505',
    async backup() {
      throw new Error('PostgreSQL has its own: pg_dump');
    },
    async continueIds(transaction, tables) {
      for (const table of tables) {
        await sql`select setval(sequence, greatest(1, (select max(id) from ${sql.table(table)}))) from pg_get_serial_sequence(${table}, 'id') as sequence where sequence is not null`.execute(transaction);
      }
    },
    writeMark: () => signal.mark,
    answeredAt: () => signal.answeredAt,
    async alone(fn) {
      const client = new Client({ ...config, options: `${options} -c lock_timeout=${patience}` });
      client.on('error', ignore);
      await client.connect();
      try {
        const { rows } = await client.query<{ encoding: string }>("select current_setting('server_encoding') as encoding, pg_advisory_lock($1, $2)", [lockSpace, locks.opening]);
        // Others cannot hold every text.
        for (const { encoding } of rows) if (encoding !== 'UTF8') throw new Error(`its encoding is ${encoding}`);
        return await fn();
      } finally {
        await client.end();
      }
    },
    async close() {
      // A server that says nothing does not say farewell either.
      await Promise.race([Promise.all([signal.stop(), reader.destroy(), writer.destroy()]), delay(farewell, undefined, { ref: false })]);
      cutConnections();
    },
  };
}

/**
 * Names for questions that are asked again and again, one for each text: a connection parses and plans what has a name
 * once, which takes longer than answering it.
 */
class Names {
  readonly #names = new Map<string, string>();

  of(text: string): string {
    const name = this.#names.get(text) ?? `kept_${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}

const ignore = () => {};

/**
 * An address with `sslmode` meaning what it does to PostgreSQL's own programs (libpq, 32.19.1), and the options that it
 * brings, which pg would put in the place of all others.
 */
function readAddress(address: string): { connectionString: string; options: string } {
  const url = new URL(address);
  if (url.searchParams.has('sslmode')) url.searchParams.set('uselibpqcompat', 'true');
  const options = url.searchParams.get('options') ?? '';
  url.searchParams.delete('options');
  return { connectionString: url.href, options };
}

/** A socket, among the others for as long as it is open. */
function addSocket(sockets: Set<Socket>): Socket {
  const socket = new Socket();
  sockets.add(socket);
  return socket.once('close', () => sockets.delete(socket));
}

function makePool(config: PoolConfig): Pool {
  const pool = new Pool(config);
  // A connection that is lost between two queries is no error of anybody's: the next query says that it is gone.
  pool.on('error', ignore).on('connect', (client) => client.on('error', ignore));
  return pool;
}

/** Counts and times are far below 2 ** 53. */
function getTypeParser(id: number, format?: 'text' | 'binary'): (text: string) => unknown {
  return id === types.builtins.INT8 ? Number : types.getTypeParser(id, format as 'text');
}

/** Waited too long for a lock or an answer; going down, coming up, too many connections; and what the network says. */
const unavailable = new Set(['55P03', '57014', '25P03', '40P01', '57P01', '57P02', '57P03', '53300', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);
/** What pg says in words alone. */
const unavailableInWords = /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|timeout expired|Client was closed)/;

/** PostgreSQL, appendix A. */
const troubles: Record<string, Trouble> = { '53100': 'full', '25006': 'read-only', '58030': 'disk error', XX001: 'damaged', XX002: 'damaged' };

function troubleOf(error: unknown): Trouble | undefined {
  return troubles[codeOf(error)] ?? (isUnavailable(error) ? 'unavailable' : undefined);
}

function isUnavailable(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isUnavailable);
  const isSocketGone = codeOf(error) === 'ENOENT' && error instanceof Error && 'syscall' in error && error.syscall === 'connect';
  return isSocketGone || unavailable.has(codeOf(error)) || codeOf(error).startsWith('08') || (error instanceof Error && unavailableInWords.test(error.message));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/**
 * Writes come one after another, as in a file of SQLite's: each takes a lock that the next one waits for. What is
 * decided from what was read is then true until it is written, the ids of the change feed are in the order of their
 * commits, and nothing deadlocks.
 */
class OneWriterDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;
  readonly #written: () => void;

  constructor(config: PostgresDialectConfig, written: () => void) {
    super(config);
    this.#config = config;
    this.#written = written;
  }

  override createDriver(): Driver {
    return new OneWriterDriver(this.#config, this.#written);
  }
}

/** A write that is acknowledged is on the disk, also where the server's default would not wait for that. */
const beginWriting = "select pg_advisory_xact_lock($1, $2), case when current_setting('synchronous_commit') = 'off' then set_config('synchronous_commit', 'on', true) end";

type PostgresConnection = Parameters<PostgresDriver['rollbackTransaction']>[0];

class OneWriterDriver extends PostgresDriver {
  readonly #written: () => void;

  constructor(config: PostgresDialectConfig, written: () => void) {
    super(config);
    this.#written = written;
  }

  override async beginTransaction(connection: PostgresConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin'));
    try {
      await connection.executeQuery(CompiledQuery.raw(beginWriting, [lockSpace, locks.writing]));
    } catch (error) {
      // Kysely does not: to it nothing has begun.
      await this.rollbackTransaction(connection);
      throw error;
    }
  }

  /** Where even this fails, the connection is gone, and the transaction with it. The error that led here says more. */
  override async rollbackTransaction(connection: PostgresConnection): Promise<void> {
    await super.rollbackTransaction(connection).catch(ignore);
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await super.commitTransaction(connection);
    this.#written();
  }
}
