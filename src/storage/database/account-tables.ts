import type { Generated } from 'kysely';
import type { Role } from '../../content/accounts/permissions.ts';

export interface EditorTable {
  id: Generated<number>;
  email: string;
  email_key: string;
  name: string;
  role: Role;
  /** argon2id. Null until the editor has chosen a password. */
  password_hash: string | null;
  created_at: number;
  disabled_at: number | null;
}

export interface SessionTable {
  id: Generated<number>;
  token_hash: string;
  editor_id: number;
  created_at: number;
  seen_at: number;
  user_agent: string;
}

/** A single-use link for choosing a password. Without an editor it creates a new site's first administrator. */
export interface SetUpLinkTable {
  token_hash: string;
  editor_id: number | null;
  /** Null: valid until the link is used or the site restarts. */
  expires_at: number | null;
}

export interface SignInFailureTable {
  subject: string;
  count: number;
  last_at: number;
}

export interface AuditLogTable {
  id: Generated<number>;
  at: number;
  editor_id: number | null;
  action: string;
  article_id: number | null;
  picture_id: number | null;
  detail: string;
}
