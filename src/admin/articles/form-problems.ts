import type { Message } from '../../messages/catalogue.ts';
import type { Messages } from '../../messages/messages.ts';

/** A problem with an article form. */
export interface FormProblem {
  /** Empty if the problem concerns no single field. */
  field: string;
  problem: Message;
}

export interface PrintedProblem {
  field: string;
  message: string;
}

export function printProblems(problems: FormProblem[], messages: Messages): PrintedProblem[] {
  return problems.map(({ field, problem }) => ({ field, message: messages.of(problem) }));
}
