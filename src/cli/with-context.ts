import { readConfig } from '../config.ts';
import { createContext, type Context } from '../context.ts';

/** Runs a command on the site's database and closes it again. */
export async function withContext(command: (context: Context) => Promise<void>): Promise<void> {
  const context = await createContext(readConfig());
  try {
    await command(context);
  } finally {
    await context.close();
  }
}
