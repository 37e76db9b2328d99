import { execFileSync, spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { vi } from 'vitest';
import { waitForExit, killAfterTest, projectFolder } from './program.ts';
import { temporaryFolder } from './test-site.ts';

export const hasVarnish = isInstalled('varnishd');

function isInstalled(program: string): boolean {
  try {
    execFileSync(program, ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Runs Varnish with the README's configuration in front of a port. It is killed after the test. Returns its URL. */
export async function startVarnish(port: number, backend: number): Promise<string> {
  const [, example = ''] = /```vcl\n([\s\S]+?)```/.exec(await readFile(path.join(projectFolder, 'README.md'), 'utf8')) ?? [];
  const folder = await temporaryFolder();
  const file = path.join(folder, 'site.vcl');
  await writeFile(file, example.replace('.port = "3000"', `.port = "${backend}"`));
  const varnish = spawn('varnishd', ['-F', '-n', path.join(folder, 'work'), '-a', `127.0.0.1:${port}`, '-f', file, '-s', 'malloc,32m', '-j', 'none'], { stdio: ['ignore', 'ignore', 'pipe'] });
  killAfterTest(varnish);
  const failed = waitForExit(varnish).then(({ stderr }) => Promise.reject(new Error(`Varnish ended: ${stderr}`)));
  const url = `http://127.0.0.1:${port}`;
  await Promise.race([failed, vi.waitFor(async () => fetch(`${url}/health`), { timeout: 20_000, interval: 100 })]);
  return url;
}
