import { OperatorError } from './errors.ts';

// Each command is imported on demand: loading modules takes half of the run time of a short command.
const commands: Record<string, (args: string[]) => Promise<void>> = {
  serve: async (args) => (await import('./cli/serve.ts')).serve(args),
  import: async (args) => (await import('./cli/import.ts')).importArticles(args),
  settings: async (args) => (await import('./cli/settings.ts')).settings(args),
  rename: async (args) => (await import('./cli/rename.ts')).rename(args),
  editor: async (args) => (await import('./cli/editor.ts')).editor(args),
  pictures: async (args) => (await import('./cli/pictures.ts')).pictures(args),
  backup: async (args) => (await import('./cli/backup.ts')).backup(args),
  copy: async (args) => (await import('./cli/copy.ts')).copy(args),
  help: async () => (await import('./cli/help.ts')).help(),
};

export async function runCommand([name = 'help', ...args]: string[]): Promise<void> {
  const wanted = name === '--help' || name === '-h' ? 'help' : name;
  const command = Object.hasOwn(commands, wanted) ? commands[wanted] : undefined;
  try {
    if (!command) throw new OperatorError(`“${name}” is not a command. Run “npx broadsheet help” for a list of commands.`);
    await command(args);
  } catch (error) {
    console.error(operatorMessage(error) ?? error);
    process.exitCode = 1;
  }
}

/** Undefined for a bug, which is printed with its stack. */
function operatorMessage(error: unknown): string | undefined {
  if (error instanceof OperatorError) return error.message;
  const isArgument = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  return isArgument ? `${error.message.replace(/\.$/, '')}. Run “npx broadsheet help” for usage.` : undefined;
}
