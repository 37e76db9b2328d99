import { runCommand } from '../../src/main.ts';

// Runs commands one after another in this process, because starting a process takes longer than most commands.

/** Marks the end of a command's output, on stdout and stderr. Must match `endOfCommand` in hosted-commands.ts. */
const end = (code: number) => `\u0000${code}\u0000`;

process.on('message', async ({ args, environment }: { args: string[]; environment: Record<string, string> }) => {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment);
  process.exitCode = 0;
  await runCommand(args);
  for (const output of [process.stdout, process.stderr]) output.write(end(process.exitCode));
});
