import { runCommand } from '../../src/main.ts';

// Runs one command after another in one process: starting a process for each takes longer than most commands.

/** Ends what a command printed, on each of its outputs, with its exit code. */
const end = (code: number) => `\u0000${code}\u0000`;

process.on('message', async ({ args, environment }: { args: string[]; environment: Record<string, string> }) => {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment);
  process.exitCode = 0;
  await runCommand(args);
  for (const output of [process.stdout, process.stderr]) output.write(end(process.exitCode));
});
