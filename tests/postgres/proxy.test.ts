import { execFileSync, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { freePort } from '../support/ports.ts';
import { startPostgres } from '../support/postgres.ts';
import { killAfterTest, file, prepare, projectFolder, startServer } from '../support/program.ts';
import { temporaryFolder } from '../support/test-site.ts';

function isInstalled(program: string): boolean {
  try {
    execFileSync(program, ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test.skipIf(!isInstalled('nginx'))('two servers with the README’s nginx configuration: a stopped server is skipped, and writes are visible through both', { timeout: 60_000 }, async () => {
  const postgres = await startPostgres();
  const folder = await temporaryFolder();
  const environment = { DATABASE_URL: `${postgres.url}/postgres` };
  const [one, other] = [await startServer(folder, ['--empty'], environment), await startServer(folder, ['--empty'], environment)];
  const [, example = ''] = /```nginx\n([\s\S]+?)```/.exec(await readFile(path.join(projectFolder, 'README.md'), 'utf8')) ?? [];
  const port = await freePort();
  const site = example.replace('10.0.0.11:3000', new URL(one.url).host).replace('10.0.0.12:3000', new URL(other.url).host).replace('listen 80;', `listen 127.0.0.1:${port};`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');
  const config = await file(folder, 'nginx.conf', `daemon off; master_process off; pid ${folder}/nginx.pid; error_log stderr; events {} http { access_log off; ${temporary} ${site} }`);
  killAfterTest(spawn('nginx', ['-p', folder, '-c', config], { stdio: 'ignore' }));
  const url = `http://127.0.0.1:${port}`;
  const get = async () => (await fetch(url)).text();
  await vi.waitFor(get, { timeout: 10_000 });

  await prepare(folder, ['settings', 'set', 'name', 'Seen by all'], { environment });
  await vi.waitFor(async () => {
    for (let count = 0; count < 4; count += 1) expect(await get()).toContain('Seen by all');
  });
  await one.stop();
  for (let count = 0; count < 6; count += 1) expect(await get()).toContain('Seen by all');
});
