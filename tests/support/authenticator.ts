import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { Browser } from './admin.ts';
import { password } from './admin.ts';

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();

/** What a test changes about the answers of its authenticator. */
interface Answer {
  origin?: string;
  isVerified?: boolean;
  counter?: number;
}

/** An authenticator with one passkey (ES256), as a browser uses it (Web Authentication, 6). Its answers are JSON. */
export class Authenticator {
  readonly id = randomBytes(16);
  readonly #origin: string;
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  constructor(origin: string) {
    this.#origin = origin;
  }

  get credentialId(): string {
    return this.id.toString('base64url');
  }

  create(challenge: string, answer: Answer = {}): string {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const credential = Buffer.concat([Buffer.alloc(16), length, this.id, coseKey(this.#keys.publicKey)]);
    const data = Buffer.concat([this.#data(answer, 0x40), credential]);
    const attestationObject = Buffer.concat([Buffer.from([0xa3]), cborText('fmt'), cborText('none'), cborText('attStmt'), Buffer.from([0xa0]), cborText('authData'), cborBytes(data)]);
    return this.#json({ clientDataJSON: this.#clientData('webauthn.create', challenge, answer), attestationObject: attestationObject.toString('base64url') });
  }

  get(challenge: string, answer: Answer = {}): string {
    const data = this.#data(answer, 0);
    const clientDataJSON = this.#clientData('webauthn.get', challenge, answer);
    const signature = sign('sha256', Buffer.concat([data, sha256(Buffer.from(clientDataJSON, 'base64url'))]), this.#keys.privateKey);
    return this.#json({ clientDataJSON, authenticatorData: data.toString('base64url'), signature: signature.toString('base64url') });
  }

  #data({ isVerified = true, counter = 0 }: Answer, flags: number): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(new URL(this.#origin).hostname), Buffer.from([flags | 0x01 | (isVerified ? 0x04 : 0)]), count]);
  }

  #clientData(type: string, challenge: string, { origin = this.#origin }: Answer): string {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })).toString('base64url');
  }

  #json(response: object): string {
    return JSON.stringify({ id: this.credentialId, rawId: this.credentialId, type: 'public-key', clientExtensionResults: {}, response });
  }
}

/** Adds the authenticator's passkey to an editor's account through the form, as the script does. */
export async function addPasskey(editor: Browser, authenticator: Authenticator, name = 'Laptop') {
  const options = await editor.post('/admin/account/passkeys/options', { name, password }).set('Accept', 'application/json');
  return editor.post('/admin/account/passkeys', { name, credential: authenticator.create(String(options.body.challenge)) });
}

/** Asks for a challenge to sign in with. */
export async function signInChallenge(visitor: Browser): Promise<string> {
  return String((await visitor.post('/admin/sign-in/passkey-options').set('Accept', 'application/json')).body.challenge);
}

/** CBOR (RFC 8949) of an EC2 key for ES256 (RFC 9053, 7.1.1). */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return Buffer.concat([Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]), cborBytes(Buffer.from(x, 'base64url')), Buffer.from([0x22]), cborBytes(Buffer.from(y, 'base64url'))]);
}

function cborText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)]);
}

function cborBytes(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x58, bytes.length]), bytes]);
}
