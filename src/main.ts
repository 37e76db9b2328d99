import { backup } from './cli/backup.ts';
import { copy } from './cli/copy.ts';
import { editor } from './cli/editor.ts';
import { help } from './cli/help.ts';
import { importArticles } from './cli/import.ts';
import { rename } from './cli/rename.ts';
import { serve } from './cli/serve.ts';
import { settings } from './cli/settings.ts';
import { OperatorError } from './errors.ts';

const commands: Record<string, (args: string[]) => Promise<void>> = { serve, import: importArticles, settings, rename, editor, backup, copy, help };

const [name = 'help', ...args] = process.argv.slice(2);
const wanted = name === '--help' || name === '-h' ? 'help' : name;
const command = Object.hasOwn(commands, wanted) ? commands[wanted] : undefined;

try {
  if (!command) throw new OperatorError(`“${name}” is not a command: try “npx broadsheet help”.`);
  await command(args);
} catch (error) {
  console.error(lineFor(error) ?? error);
  process.exitCode = 1;
}

/** What to tell whoever gave the command; undefined: a bug. */
function lineFor(error: unknown): string | undefined {
  if (error instanceof OperatorError) return error.message;
  const isArgument = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  return isArgument ? `${error.message.replace(/\.$/, '')}: try “npx broadsheet help”.` : undefined;
}
