#!/usr/bin/env -S MALLOC_ARENA_MAX=2 node --max-semi-space-size=8
// Each of glibc's arenas keeps what it once had: with two of them an import takes 295 MB instead of 315.
// The young generation is as large as answers from the cache gain by, and no larger: it only holds on to memory (430 MB became 310).
// An old Node fails on the first TypeScript file, before any check in it could speak: hence this launcher.
const [major, minor] = process.versions.node.split('.').map(Number);
// 24.6: the CPU time of a thread can be asked for.
if (major < 24 || (major === 24 && minor < 6)) {
  console.error(`Broadsheet needs Node 24.6 or newer, and this is ${process.version}: start it with "npm start" or "npx broadsheet", which bring their own after "npm ci".`);
  process.exit(1);
}
const { runCommand } = await import('./main.ts');
await runCommand(process.argv.slice(2));
