import { hash, verify, type Options } from '@node-rs/argon2';
import pLimit, { type LimitFunction } from 'p-limit';
import { isTooLong } from '../../content/accounts/password.ts';
import { RequestError } from '../../errors.ts';

/** OWASP's Password Storage Cheat Sheet recommends these values for argon2id, the library's default. Memory is in KiB. */
const cost: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The hash of a random text, at the same cost. It is verified if the account does not exist or has no password, so that the response time does not reveal which accounts exist. */
const dummyHash = '$argon2id$v=19$m=19456,t=2,p=1$vCAFrSrCUvexZziS4nwhbA$DxiLJgNqzvzofksEvCxY/CCsjONEPa6oH4/OJYLKWbM';

const maxQueueLength = 100;

/** Hashes passwords one at a time: each hash takes a core for about 30 ms, and several at once would leave no core for readers. */
export type HashQueue = LimitFunction;

export function makeHashQueue(): HashQueue {
  return pLimit(1);
}

/** @throws RequestError (503) if the queue is full */
async function enqueue<Result>(queue: HashQueue, work: () => Promise<Result>): Promise<Result> {
  if (queue.pendingCount >= maxQueueLength) throw new RequestError(503, 'errors.manySignIns');
  return queue(work);
}

export async function hashPassword(queue: HashQueue, password: string): Promise<string> {
  return enqueue(queue, () => hash(normalized(password), cost));
}

export async function verifyPassword(queue: HashQueue, passwordHash: string | null, password: string): Promise<boolean> {
  const canMatch = passwordHash !== null && !isTooLong(password);
  const isMatch = await enqueue(queue, () => verify(passwordHash ?? dummyHash, isTooLong(password) ? '' : normalized(password)));
  return canMatch && isMatch;
}

/** Keyboards compose the same character in different ways (NIST SP 800-63B, 3.1.1.2). */
function normalized(password: string): string {
  return password.normalize('NFKC');
}
