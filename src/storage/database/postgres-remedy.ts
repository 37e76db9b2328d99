/** What to do about what PostgreSQL, the network or TLS says when a connection is refused, by its code (PostgreSQL, appendix A; Node's and OpenSSL's names). */
const remedies: [codes: RegExp, remedy: string][] = [
  [/^28/, 'check the user and the password; characters such as @ : / ? # % are written %40 %3A %2F %3F %23 %25 there'],
  [/^3D000$/, 'make that database first, with createdb or CREATE DATABASE, or name another'],
  [/^42501$/, 'let this user make tables there (GRANT CREATE ON SCHEMA public), or make the user the owner of the database'],
  [/^53300$/, 'raise max_connections there, or set DATABASE_POOL lower'],
  [/^(?:ENOTFOUND|EAI_AGAIN)$/, 'check the name of the host'],
  [/^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/, 'start PostgreSQL, or check host and port'],
  [/^(?:ENOENT|EACCES)$/, 'check the folder of its socket, or the files of sslrootcert, sslcert and sslkey'],
  [/^(?:SELF_SIGNED|DEPTH_ZERO|UNABLE_TO|CERT_|ERR_TLS)/, 'name the authority of its certificate with sslrootcert=FILE, and the host as the certificate has it'],
];

const remediesInWords: [words: RegExp, remedy: string][] = [
  [/requires specifying a CA/, 'name the authority of its certificate with sslrootcert=FILE'],
  [/its encoding is/, 'make another database with createdb -E UTF8 -T template0'],
  [/password must be a string/, 'give a password, in the address or as PGPASSWORD'],
  [/does not support SSL/, 'turn TLS on there (ssl = on), or ask for none'],
  [/^(?:timeout expired|Connection terminated)/, 'check host and port, and whether PostgreSQL answers'],
];

/** What whoever runs the site can do where PostgreSQL cannot be used. */
export function postgresRemedy(error: unknown): string {
  const each = error instanceof AggregateError ? error.errors : [error];
  for (const one of each) {
    if (!(one instanceof Error)) continue;
    const code = 'code' in one ? String(one.code) : '';
    const found = remedies.find(([codes]) => codes.test(code)) ?? remediesInWords.find(([words]) => words.test(one.message));
    if (found) return found[1];
  }
  return 'check what PostgreSQL’s own log says of it';
}
