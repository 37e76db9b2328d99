import { hash } from 'node:crypto';

/** Identifies a state of the details of an author or a theme, so that a form can name the state on which it is based. */
export function formVersion(details: (string | number | null)[]): string {
  return hash('sha256', JSON.stringify(details)).slice(0, 16);
}
