import type { CompiledQuery, Compilable } from 'kysely';
import type { Database } from './database.ts';
import type { Handle } from './schema.ts';

/** Stands in a query for a value that each call gives. */
class Place {
  readonly index: number;

  constructor(index: number) {
    this.index = index;
  }
}

/**
 * A query that only reads, whose SQL is made once for each database: making it takes Kysely longer than SQLite takes
 * to answer.
 *
 * @param build gets stand-ins for the values, which it may only pass on as parameters
 */
export function keptQuery<Values extends unknown[], Row>(build: (db: Handle, ...values: Values) => Compilable<Row>): (db: Database, ...values: Values) => Promise<Row[]> {
  const compiled = new WeakMap<Database, CompiledQuery<Row>>();
  return async (db, ...values) => {
    let query = compiled.get(db);
    if (!query) {
      // What stands in for a value is never looked at, only bound.
      query = build(db.reader, ...(values.map((_, index) => new Place(index)) as unknown as Values)).compile();
      compiled.set(db, query);
    }
    const parameters = query.parameters.map((parameter) => (parameter instanceof Place ? values[parameter.index] : parameter));
    return db.ask({ ...query, parameters });
  };
}
