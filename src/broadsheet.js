#!/usr/bin/env -S MALLOC_ARENA_MAX=2 node --max-semi-space-size=8
// MALLOC_ARENA_MAX=2: each glibc arena keeps the memory that it has used. With two arenas an import takes 295 MB instead of 315 MB.
// --max-semi-space-size=8 (MB): up to this size of V8's young generation cached pages are served faster. A larger one only takes more memory (430 MB instead of 310 MB).

import module from 'node:module';
import { fileURLToPath } from 'node:url';

// This check is in JavaScript because an old Node can't load a TypeScript file. Node 24.6 added `worker.cpuUsage()`.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 6)) {
  console.error(`Broadsheet needs Node 24.6 or newer, but this is Node ${process.version}. Run “npm ci”, which installs the right version, and start Broadsheet with “npm start” or “npx broadsheet serve”.`);
  process.exit(1);
}
// Compiled modules are kept between runs, without their types, so that a command starts in half the time. Node runs
// without the cache if the folder can't be written. Threads and child processes read the variable.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../node_modules/.cache/broadsheet', import.meta.url));
module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
const { runCommand } = await import('./main.ts');
await runCommand(process.argv.slice(2));
