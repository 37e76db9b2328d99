import { hash, verify, type Options } from '@node-rs/argon2';
import pLimit, { type LimitFunction } from 'p-limit';
import { isTooLong } from '../../content/accounts/password.ts';
import { RequestError } from '../../errors.ts';

/** argon2id, the library's own choice of algorithm, at the cost that OWASP's Password Storage Cheat Sheet names first; memory in KiB. */
const cost: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** What is compared where there is no password: of something random that nobody knows, at the same cost. */
const dummyHash = '$argon2id$v=19$m=19456,t=2,p=1$vCAFrSrCUvexZziS4nwhbA$DxiLJgNqzvzofksEvCxY/CCsjONEPa6oH4/OJYLKWbM';

/** How many may wait to have a password hashed, before the next is refused. */
const mostWaiting = 100;

/** Runs hashes one after another: each takes a core for some 30 ms, and many at once would leave none for readers. */
export type HashQueue = LimitFunction;

export function makeHashQueue(): HashQueue {
  return pLimit(1);
}

/** @throws RequestError (503) while too many wait */
async function inTurn<Result>(queue: HashQueue, work: () => Promise<Result>): Promise<Result> {
  if (queue.pendingCount >= mostWaiting) throw new RequestError(503, 'errors.manySignIns');
  return queue(work);
}

/** The hash to store of a password; it carries its salt and its cost. */
export async function hashPassword(queue: HashQueue, password: string): Promise<string> {
  return inTurn(queue, () => hash(normalized(password), cost));
}

/**
 * Whether a password is the one that was hashed. Takes the same time where there is no hash, so that an answer does
 * not tell which accounts exist.
 */
export async function verifyPassword(queue: HashQueue, passwordHash: string | null, password: string): Promise<boolean> {
  const isPossible = passwordHash !== null && !isTooLong(password);
  const isSame = await inTurn(queue, () => verify(passwordHash ?? dummyHash, isTooLong(password) ? '' : normalized(password)));
  return isSame && isPossible;
}

/** Keyboards differ in how they compose what looks the same (NIST SP 800-63B, 3.1.1.2). */
function normalized(password: string): string {
  return password.normalize('NFKC');
}
