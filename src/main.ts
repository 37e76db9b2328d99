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
  // A wrong argument, too, is somebody's to mend and not a bug.
  const isForOperator = error instanceof OperatorError || (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
  console.error(isForOperator ? error.message : error);
  process.exitCode = 1;
}
