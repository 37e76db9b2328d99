import { readConfig } from '../config.ts';
import { createContext, type Context } from '../context.ts';
import { OperatorError } from '../errors.ts';
import { english } from '../messages/languages.ts';
import { explain } from '../observability/trouble.ts';

export async function withContext(command: (context: Context) => Promise<void>): Promise<void> {
  const context = await createContext(readConfig());
  try {
    await command(context);
  } catch (error) {
    throw explained(context, error);
  } finally {
    await context.close();
  }
}

/** Turns a database error that the operator can fix into an OperatorError. Returns other errors unchanged. */
export function explained(context: Context, error: unknown): unknown {
  const explanation = explain(context, error);
  if (!explanation) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new OperatorError(`${english.of(explanation.reason)} (${message}). ${explanation.remedy}`, { cause: error });
}
