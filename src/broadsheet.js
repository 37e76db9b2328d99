#!/usr/bin/env -S MALLOC_ARENA_MAX=2 node --max-semi-space-size=8
// MALLOC_ARENA_MAX=2: each glibc arena keeps the memory that it has used. With two arenas an import takes 295 MB instead of 315 MB.
// --max-semi-space-size=8 (MB): up to this size of V8's young generation cached pages are served faster. A larger one only takes more memory (430 MB instead of 310 MB).

// This check is in JavaScript because an old Node can't load a TypeScript file. Node 24.6 added `worker.cpuUsage()`.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 6)) {
  console.error(`Broadsheet needs Node 24.6 or newer, but this is Node ${process.version}. Run “npm ci”, which installs the right version, and start Broadsheet with “npm start” or “npx broadsheet serve”.`);
  process.exit(1);
}
const { runCommand } = await import('./main.ts');
await runCommand(process.argv.slice(2));
