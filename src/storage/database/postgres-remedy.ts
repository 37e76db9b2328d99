/** By the error codes of PostgreSQL (manual, appendix A), Node and OpenSSL. */
const remediesByCode: [codes: RegExp, remedy: string][] = [
  [/^28/, 'check the user and the password, and percent-encode @ : / ? # % in them as %40 %3A %2F %3F %23 %25'],
  [/^3D000$/, 'create the database with createdb or CREATE DATABASE, or choose another one'],
  [/^42501$/, 'allow this user to create tables (GRANT CREATE ON SCHEMA public), or make this user the owner of the database'],
  [/^53300$/, 'raise max_connections in PostgreSQL, or lower DATABASE_POOL'],
  [/^(?:ENOTFOUND|EAI_AGAIN)$/, 'check the host name'],
  [/^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/, 'start PostgreSQL, or check the host and the port'],
  [/^(?:ENOENT|EACCES)$/, 'check the folder of the PostgreSQL socket, or the files that sslrootcert, sslcert and sslkey name'],
  [/^(?:SELF_SIGNED|DEPTH_ZERO|UNABLE_TO|CERT_|ERR_TLS)/, "set sslrootcert=FILE to the certificate of the authority that signed the server's certificate, and use the host name that the certificate contains"],
];

const remediesByMessage: [words: RegExp, remedy: string][] = [
  [/requires specifying a CA/, "set sslrootcert=FILE to the certificate of the authority that signed the server's certificate"],
  [/its encoding is/, 'create another database with createdb -E UTF8 -T template0'],
  [/password must be a string/, 'set a password in the URL or in PGPASSWORD'],
  [/does not support SSL/, 'turn on TLS in PostgreSQL (ssl = on), or connect without TLS (sslmode=disable)'],
  [/^(?:timeout expired|Connection terminated)/, 'check the host and the port, and whether PostgreSQL responds'],
];

/** Tells the operator what to do about a PostgreSQL connection error, as the second half of a sentence. */
export function postgresRemedy(error: unknown): string {
  const each = error instanceof AggregateError ? error.errors : [error];
  for (const one of each) {
    if (!(one instanceof Error)) continue;
    const code = 'code' in one ? String(one.code) : '';
    const found = remediesByCode.find(([codes]) => codes.test(code)) ?? remediesByMessage.find(([words]) => words.test(one.message));
    if (found) return found[1];
  }
  return "check PostgreSQL's log";
}
