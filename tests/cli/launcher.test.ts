import { spawn, spawnSync } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { killAfterTest, waitForExit, launcher, projectFolder } from '../support/program.ts';

const olderNode = (process.env['PATH'] ?? '')
  .split(path.delimiter)
  .map((folder) => path.join(folder, 'node'))
  .find((node) => Number(/^v(\d+)/.exec(String(spawnSync(node, ['--version']).stdout))?.[1] ?? 24) < 24);

const refusal = (version: string) => `Broadsheet needs Node 24.6 or newer, but this is Node ${version}. Run “npm ci”, which installs the right version, and start Broadsheet with “npm start” or “npx broadsheet serve”.\n`;

test('on an old Node the launcher fails with a one-line message', async () => {
  const pretend = "Object.defineProperties(process, { version: { value: 'v20.9.0' }, versions: { value: { node: '20.9.0' } } })";
  expect(await runNode(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`])).toEqual({ code: 1, stdout: '', stderr: refusal('v20.9.0') });
});

test.runIf(olderNode)('the old Node of this machine prints the same message, without a stack trace', async () => {
  const { code, stderr } = await runNode(olderNode ?? '', []);
  expect([code, stderr]).toEqual([1, refusal(String(spawnSync(olderNode ?? '', ['--version']).stdout).trim())]);
});

test('“npx broadsheet” runs it from the project’s folder', async () => {
  expect((await stat(launcher)).mode & 0o111).toBe(0o111);
  const child = spawn('npx', ['--no', 'broadsheet', 'help'], { cwd: projectFolder });
  killAfterTest(child);
  const { code, stdout } = await waitForExit(child);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Broadsheet, a self-hosted news site\n/);
});

async function runNode(node: string, options: string[]) {
  const child = spawn(node, [...options, launcher, 'help']);
  killAfterTest(child);
  return waitForExit(child);
}
