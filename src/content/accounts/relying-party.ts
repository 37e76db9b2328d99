import { isIP } from 'node:net';

export interface RelyingParty {
  /** The host name, to which browsers bind a passkey. */
  id: string;
  origin: string;
}

/** The site as passkeys know it. Undefined if browsers offer no passkeys at its address: they need https or localhost, and a host name (Web Authentication, 5.1.2). */
export function relyingParty(siteUrl: string): RelyingParty | undefined {
  const { protocol, hostname, origin } = new URL(siteUrl);
  const isSecure = protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost');
  const isName = isIP(hostname.replaceAll(/[[\]]/g, '')) === 0;
  return isSecure && isName ? { id: hostname, origin } : undefined;
}
