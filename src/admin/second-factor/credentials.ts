import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import { relyingParty, type RelyingParty } from '../../content/accounts/relying-party.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { inTransaction } from '../../storage/database/database.ts';
import { takeChallenge } from '../../storage/second-factor/challenges.ts';
import type { Passkey } from '../../storage/second-factor/passkeys.ts';

/** @throws RequestError (404) if browsers offer no passkeys at the site's address */
export function requireRelyingParty({ config }: Pick<Context, 'config'>): RelyingParty {
  const party = relyingParty(config.siteUrl);
  if (!party) throw new RequestError(404, 'errors.passkeysUnavailable');
  return party;
}

/** EdDSA, ES256 and RS256 (IANA, COSE Algorithms). The library's default also has ML-DSA-44 where Node supports it, which is experimental in Node 24. */
export const passkeyAlgorithms = [-8, -7, -257];

/** The library takes 300 ms and 20 MB to load, which only sites with passkeys should spend. */
export async function loadWebAuthn() {
  return import('@simplewebauthn/server');
}

const common = { id: z.string(), rawId: z.string(), type: z.literal('public-key'), clientExtensionResults: z.object({}) };
const assertion = z.object({ ...common, response: z.object({ clientDataJSON: z.string(), authenticatorData: z.string(), signature: z.string() }) });
const attestation = z.object({ ...common, response: z.object({ clientDataJSON: z.string(), attestationObject: z.string() }) });

/** What the browser answered when it was asked to use a passkey. */
export function readAssertion(json: string | undefined): AuthenticationResponseJSON | undefined {
  return assertion.safeParse(parseJson(json)).data;
}

/** What the browser answered when it was asked to create a passkey. */
export function readAttestation(json: string | undefined): RegistrationResponseJSON | undefined {
  return attestation.safeParse(parseJson(json)).data;
}

/** Checks the signature of a passkey that was asked to sign in, and returns its new counter. */
export async function verifyAssertion(context: Context, response: AuthenticationResponseJSON, { credentialId, publicKey, counter }: Passkey, now: number): Promise<number | undefined> {
  const party = requireRelyingParty(context);
  const takeToken = async (token: string) => (await inTransaction(context.db, (transaction) => takeChallenge(transaction, 'passkey sign-in', token, now))) !== undefined;
  return verify(context, async () => {
    const { verifyAuthenticationResponse } = await loadWebAuthn();
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({ response, credential: { id: credentialId, publicKey, counter }, ...expectations(party, takeToken) });
    return verified ? authenticationInfo.newCounter : undefined;
  });
}

/** Checks a new passkey. Only the editor for whom the challenge was issued may add it. */
export async function verifyAttestation(context: Context, response: RegistrationResponseJSON, editorId: number, now: number): Promise<Omit<Passkey, 'editorId'> | undefined> {
  const party = requireRelyingParty(context);
  const takeToken = async (token: string) => (await inTransaction(context.db, (transaction) => takeChallenge(transaction, 'new passkey', token, now)))?.editorId === editorId;
  return verify(context, async () => {
    const { verifyRegistrationResponse } = await loadWebAuthn();
    const { registrationInfo } = await verifyRegistrationResponse({ response, supportedAlgorithmIDs: passkeyAlgorithms, ...expectations(party, takeToken) });
    return registrationInfo && { credentialId: registrationInfo.credential.id, publicKey: registrationInfo.credential.publicKey, counter: registrationInfo.credential.counter };
  });
}

/** The challenge that browsers get for a token: its bytes. */
export function challengeOf(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(token, 'hex'));
}

/** User verification (a fingerprint or a PIN, say) makes a passkey two factors in one. */
function expectations({ id, origin }: RelyingParty, takeToken: (token: string) => Promise<boolean>) {
  const expectedChallenge = async (challenge: string) => takeToken(Buffer.from(challenge, 'base64url').toString('hex'));
  return { expectedChallenge, expectedOrigin: origin, expectedRPID: id, requireUserVerification: true };
}

/** The library throws errors for everything that is wrong with a response. */
async function verify<Result>({ db, log }: Context, check: () => Promise<Result | undefined>): Promise<Result | undefined> {
  try {
    return await check();
  } catch (error) {
    if (db.troubleOf(error) !== undefined) throw error;
    log.info({ err: error }, 'a passkey was refused');
    return undefined;
  }
}

function parseJson(json = ''): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
