import { readConfig } from '../config.ts';
import { createContext, type Context } from '../context.ts';
import { OperatorError } from '../errors.ts';
import { explain } from '../observability/trouble.ts';

/** Runs a command on the site's database and closes it again. */
export async function withContext(command: (context: Context) => Promise<void>): Promise<void> {
  const context = await createContext(readConfig());
  try {
    await command(context);
  } catch (error) {
    const explanation = explain(context, error);
    if (!explanation) throw error;
    const said = error instanceof Error ? error.message : String(error);
    throw new OperatorError(`${explanation.reason} (${said}): ${explanation.remedy}.`, { cause: error });
  } finally {
    await context.close();
  }
}
