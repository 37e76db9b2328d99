import { readConfig } from '../config.ts';
import { createContext, type Context } from '../context.ts';
import { OperatorError } from '../errors.ts';
import { english } from '../messages/languages.ts';
import { explain } from '../observability/trouble.ts';

/** Runs a command on the site's database and closes it again. */
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

/** An error that says what is wrong with the database and what to do, where that is what an error means; else the error itself. */
export function explained(context: Context, error: unknown): unknown {
  const explanation = explain(context, error);
  if (!explanation) return error;
  const said = error instanceof Error ? error.message : String(error);
  return new OperatorError(`${english.of(explanation.reason)} (${said}): ${explanation.remedy}.`, { cause: error });
}
