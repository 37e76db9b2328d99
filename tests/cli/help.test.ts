import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { settings } from '../../src/config.ts';
import { run } from '../support/program.ts';
import { temporaryFolder } from '../support/test-site.ts';

test('help names every command and every environment variable, and creates nothing', async () => {
  const folder = await temporaryFolder();
  const { code, stdout, stderr } = await run(folder, ['help']);
  expect([code, stderr]).toEqual([0, '']);
  for (const command of ['serve [--empty]', 'import FILE...', 'settings', 'settings get NAME', 'settings set NAME VALUE', 'editor list', 'editor add EMAIL --name NAME --role ROLE', 'editor role EMAIL ROLE', 'editor disable EMAIL', 'editor enable EMAIL', 'editor reset-password EMAIL', 'pictures', 'pictures --remove-unused', 'pictures --remake', 'backup FILE', 'copy --from PLACE --to PLACE', 'help']) expect(stdout).toMatch(new RegExp(`npx broadsheet ${RegExp.escape(command)}[ \\n]`));
  for (const { variable, expected, fallback } of Object.values(settings)) {
    const line = stdout.split('\n').find((one) => one.trim().startsWith(variable)) ?? '';
    expect(line).toContain(expected);
    expect(line).toContain(fallback);
  }
  expect(Object.values(settings).map(({ variable }) => variable)).toEqual(['PORT', 'HOST', 'DATA_DIR', 'SITE_URL', 'DATABASE_URL', 'DATABASE_POOL', 'DATABASE_TIMEOUT', 'STALE_MAX', 'LOG_LEVEL', 'TRUST_PROXY', 'WORKERS', 'PAGE_CACHE_MB', 'CDN_PURGE_URL', 'CDN_PURGE_TOKEN', 'SMTP_URL', 'MAIL_FROM']);
  expect(await readdir(folder)).toEqual([]);
});

test('--help, -h and no command at all print the help', async () => {
  const folder = await temporaryFolder();
  const answers = await Promise.all([['help'], ['--help'], ['-h'], []].map((args) => run(folder, args)));
  expect(new Set(answers.map(({ stdout }) => stdout)).size).toBe(1);
  expect(answers.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
});

test.each(['publish', '--version', 'toString'])('an unknown command, %s, fails with a one-line message and exit code 1', async (name) => {
  expect(await run(await temporaryFolder(), [name])).toEqual({ code: 1, stdout: '', stderr: `“${name}” is not a command. Run “npx broadsheet help” for a list of commands.\n` });
});
