import type { Problem } from '../content/problem.ts';

/** An uploaded file that the library does not accept. `problem` says why, and what to do, to the person who uploaded it. */
export class RefusedPicture extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.key, options);
    this.problem = problem;
  }
}
