import type { ActionResult } from '../action.ts';

/** A form that is shown again because it was refused, or because there were too many attempts. */
export function refusal(page: ActionResult, retryAfterSeconds: number): ActionResult {
  return retryAfterSeconds > 0 ? { ...page, status: 429, headers: { 'Retry-After': String(retryAfterSeconds) } } : { ...page, status: 422 };
}
