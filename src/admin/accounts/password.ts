import { hash, verify, type Options } from '@node-rs/argon2';
import pLimit, { type LimitFunction } from 'p-limit';
import { isTooLong } from '../../content/accounts/password.ts';
import { RequestError } from '../../errors.ts';

/** For argon2id, the library's default: the first choice of OWASP's Password Storage Cheat Sheet. Memory in KiB. */
const cost: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Verified when an account has no password, so that this takes as long: the hash of a random text, at the same cost. */
const dummyHash = '$argon2id$v=19$m=19456,t=2,p=1$vCAFrSrCUvexZziS4nwhbA$DxiLJgNqzvzofksEvCxY/CCsjONEPa6oH4/OJYLKWbM';

/** The maximum length of the queue; further requests are refused. */
const maxWaiting = 100;

/** Hashes passwords one at a time: each takes a core for about 30 ms, and several at once would leave none for readers. */
export type HashQueue = LimitFunction;

export function makeHashQueue(): HashQueue {
  return pLimit(1);
}

/** @throws RequestError (503) if the queue is full */
async function enqueue<Result>(queue: HashQueue, work: () => Promise<Result>): Promise<Result> {
  if (queue.pendingCount >= maxWaiting) throw new RequestError(503, 'errors.manySignIns');
  return queue(work);
}

/** Hashes a password. The result includes the salt and the cost. */
export async function hashPassword(queue: HashQueue, password: string): Promise<string> {
  return enqueue(queue, () => hash(normalized(password), cost));
}

/**
 * Whether a password matches a hash. Takes the same time without a hash, so that the time does not reveal which accounts
 * exist.
 */
export async function verifyPassword(queue: HashQueue, passwordHash: string | null, password: string): Promise<boolean> {
  const isPossible = passwordHash !== null && !isTooLong(password);
  const isSame = await enqueue(queue, () => verify(passwordHash ?? dummyHash, isTooLong(password) ? '' : normalized(password)));
  return isSame && isPossible;
}

/** Keyboards differ in how they compose the same character (NIST SP 800-63B, 3.1.1.2). */
function normalized(password: string): string {
  return password.normalize('NFKC');
}
