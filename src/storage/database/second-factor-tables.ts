// As in schema.ts, times are UTC milliseconds.

/**
 * The shared secret of an editor's authenticator app, in Base32. It is not encrypted: the server has to read it, so the
 * key would be in the same database and the same backup.
 */
export interface TotpTable {
  editor_id: number;
  secret: string;
  /** The time step of the last code that was accepted. Codes up to this step no longer work. */
  last_step: number;
  created_at: number;
}

/** A code that has not been used yet. */
export interface RecoveryCodeTable {
  editor_id: number;
  code_hash: string;
}

export interface PasskeyTable {
  /** Chosen by the authenticator, in Base64url. */
  credential_id: string;
  editor_id: number;
  /** In COSE format (RFC 9052). */
  public_key: Uint8Array;
  /** How often the authenticator has signed. 0: the authenticator doesn't count. */
  counter: number;
  name: string;
  created_at: number;
  used_at: number | null;
}

/** A token for the next step of something that was begun, which works once. */
export interface ChallengeTable {
  token_hash: string;
  purpose: 'second step' | 'new passkey' | 'passkey sign-in';
  /** Null for a sign-in with a passkey, because the editor is still unknown. */
  editor_id: number | null;
  /** Who asked, see `networkOf`. Null if an editor is known. */
  network: string | null;
  expires_at: number;
}
