import { expect, test } from 'vitest';
import { makeEditor, signIn as signIntoSite } from '../support/admin.ts';
import { addPasskey, Authenticator } from '../support/authenticator.ts';
import { prepare, rows, run, type CommandResult } from '../support/program.ts';
import { setUpTotp } from '../support/second-factor.ts';
import { openSite, serveEmptySite, temporaryFolder } from '../support/test-site.ts';

const password = 'correct horse battery staple';

const editor = (folder: string, ...args: string[]) => run(folder, ['editor', ...args], { environment: { SITE_URL: 'https://news.example' } });
const refusal = (line: string): CommandResult => ({ code: 1, stdout: '', stderr: `${line}\n` });

async function add(folder: string, email: string, role: string): Promise<CommandResult> {
  return editor(folder, 'add', email, '--name', `The ${role}`, '--role', role);
}

/** Opens the printed link on a running server and chooses a password. Returns the session cookie. */
async function setUp(url: string, { stdout }: CommandResult): Promise<string> {
  const [path = ''] = /\/admin\/set-up\/[0-9a-f]{64}/.exec(stdout) ?? [];
  const answer = await fetch(url + path, { method: 'POST', redirect: 'manual', headers: { 'Sec-Fetch-Site': 'same-origin' }, body: new URLSearchParams({ password }) });
  expect(answer.status).toBe(303);
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

async function signIn(url: string, email: string): Promise<number> {
  return (await fetch(`${url}/admin/sign-in`, { method: 'POST', redirect: 'manual', headers: { 'Sec-Fetch-Site': 'same-origin' }, body: new URLSearchParams({ email, password }) })).status;
}

async function account(url: string, cookie: string): Promise<number> {
  return (await fetch(`${url}/admin/account`, { redirect: 'manual', headers: { Cookie: cookie } })).status;
}

test('add prints one line with a link that works once, within seven days, and sets no password', async () => {
  const folder = await temporaryFolder();
  const { code, stdout, stderr } = await editor(folder, 'add', 'Bob@News.example', '--name', '  Bob  B. ', '--role', 'contributor');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Link for Bob@News\.example to choose a password \(works once, within 7 days\): https:\/\/news\.example\/admin\/set-up\/[0-9a-f]{64}\n$/);
  expect(rows(folder, 'select email, email_key, name, role, password_hash from editor')).toEqual([{ email: 'Bob@News.example', email_key: 'bob@news.example', name: 'Bob B.', role: 'contributor', password_hash: null }]);
  expect(rows(folder, 'select editor_id, action, detail from audit_log')).toEqual([{ editor_id: null, action: 'editor-added', detail: 'Bob@News.example, contributor' }]);
});

test('list prints the editors in columns', async () => {
  const { folder, url } = await serveEmptySite();
  expect(await editor(folder, 'list')).toEqual({ code: 0, stdout: '', stderr: '' });
  await setUp(url, await add(folder, 'zoe@news.example', 'administrator'));
  await add(folder, 'bob@news.example', 'contributor');
  await add(folder, 'c@news.example', 'editor');
  await editor(folder, 'disable', 'c@news.example');
  expect(await editor(folder, 'list')).toEqual({
    code: 0,
    stdout: [
      'bob@news.example  The contributor    contributor    invited',
      'c@news.example    The editor         editor         disabled',
      'zoe@news.example  The administrator  administrator  active',
      '',
    ].join('\n'),
    stderr: '',
  });
});

test('disable ends sessions and links on a running server at once; enable allows signing in again', async () => {
  const { folder, url } = await serveEmptySite();
  const cookie = await setUp(url, await add(folder, 'bob@news.example', 'editor'));
  expect(await account(url, cookie)).toBe(200);
  expect((await editor(folder, 'disable', 'BOB@news.example')).stdout).toBe('bob@news.example is disabled and signed out everywhere.\n');
  expect([await account(url, cookie), await signIn(url, 'bob@news.example')]).toEqual([303, 422]);
  expect(rows(folder, 'select * from session')).toEqual([]);
  expect((await editor(folder, 'enable', 'bob@news.example')).stdout).toBe('bob@news.example is enabled.\n');
  expect([await account(url, cookie), await signIn(url, 'bob@news.example')]).toEqual([303, 303]);
});

test('reset-password removes the password and the sessions, and prints a link for choosing a new one', async () => {
  const { folder, url } = await serveEmptySite();
  const cookie = await setUp(url, await add(folder, 'ana@news.example', 'administrator'));
  const reset = await editor(folder, 'reset-password', 'ana@news.example');
  expect(reset.stdout).toMatch(/^Link for ana@news\.example to choose a password \(works once, within 7 days\): https:\/\/news\.example\/admin\/set-up\/[0-9a-f]{64}\n$/);
  expect([await account(url, cookie), await signIn(url, 'ana@news.example')]).toEqual([303, 422]);
  await setUp(url, reset);
  expect(await signIn(url, 'ana@news.example')).toBe(303);
});

test('role changes the role and is recorded in the audit log', async () => {
  const folder = await temporaryFolder();
  await add(folder, 'bob@news.example', 'contributor');
  expect((await editor(folder, 'role', 'bob@news.example', 'editor')).stdout).toBe('bob@news.example now has the role editor.\n');
  expect(rows(folder, 'select role from editor')).toEqual([{ role: 'editor' }]);
  expect(rows(folder, 'select detail from audit_log order by id desc limit 1')).toEqual([{ detail: 'bob@news.example, contributor → editor' }]);
});

test('the last active administrator can’t be disabled or demoted, but one of two can', async () => {
  const { folder, url } = await serveEmptySite();
  await setUp(url, await add(folder, 'ana@news.example', 'administrator'));
  const second = await add(folder, 'zoe@news.example', 'administrator');
  const line = refusal('ana@news.example is the last active administrator. Make another editor an administrator first.');
  expect(await editor(folder, 'disable', 'ana@news.example')).toEqual(line);
  expect(await editor(folder, 'role', 'ana@news.example', 'editor')).toEqual(line);
  expect(rows(folder, "select action from audit_log where action in ('editor-disabled', 'editor-role')")).toEqual([]);
  await setUp(url, second);
  await prepare(folder, ['editor', 'role', 'ana@news.example', 'editor']);
  expect(await editor(folder, 'disable', 'zoe@news.example')).toEqual(refusal('zoe@news.example is the last active administrator. Make another editor an administrator first.'));
});

test('remove-second-factor removes the authenticator app, the recovery codes and the passkeys, and ends the sessions', async () => {
  const folder = await temporaryFolder();
  const site = await openSite(folder);
  const editors = [await makeEditor(site, { role: 'editor', email: 'ana@news.example' }), await makeEditor(site, { role: 'editor', email: 'ben@news.example' })];
  for (const { email } of editors) {
    const one = await signIntoSite(site, email);
    await setUpTotp(site, one);
    await addPasskey(one, new Authenticator('https://news.example'));
  }
  await site.context.close();
  expect(await editor(folder, 'remove-second-factor', 'ANA@news.example')).toEqual({ code: 0, stdout: 'ana@news.example no longer has a second factor and has been signed out everywhere. The password alone is enough to sign in.\n', stderr: '' });
  for (const table of ['totp', 'passkey', 'session']) expect(rows(folder, `select editor_id from ${table}`)).toEqual([{ editor_id: editors[1]?.id }]);
  expect(rows(folder, 'select distinct editor_id from recovery_code')).toEqual([{ editor_id: editors[1]?.id }]);
  expect(rows(folder, 'select editor_id, action, detail from audit_log order by id desc limit 1')).toEqual([{ editor_id: null, action: 'second-factor-removal', detail: 'ana@news.example' }]);
});

test('invalid arguments fail with a one-line message and change nothing', async () => {
  const folder = await temporaryFolder();
  await add(folder, 'bob@news.example', 'editor');
  await prepare(folder, ['editor', 'disable', 'bob@news.example']);
  const before = rows(folder, 'select * from editor union all select id, at, action, detail, 1, 1, 1, 1 from audit_log');
  const unknown = refusal('There is no editor with the email address eve@news.example. Run “npx broadsheet editor list” to see all editors.');
  const cases: [args: string[], result: CommandResult][] = [
    [['add', 'BOB@news.example', '--name', 'Bob', '--role', 'editor'], refusal('There is already an editor with the email address BOB@news.example.')],
    [['add', 'eve', '--name', 'Eve', '--role', 'editor'], refusal('“eve” is not an email address. Expected an address such as name@news.example.')],
    [['add', 'eve@news.example', '--name', 'Eve', '--role', 'boss'], refusal('“boss” is not a role. Expected one of administrator, editor, contributor.')],
    [['add', 'eve@news.example', '--name', 'Eve'], refusal('The role is missing. Expected one of administrator, editor, contributor.')],
    [['add', 'eve@news.example', '--name', ' ', '--role', 'editor'], refusal('--name is missing. Give the name that colleagues will see, such as --name "Ana Example".')],
    [['role', 'bob@news.example', 'toString'], refusal('“toString” is not a role. Expected one of administrator, editor, contributor.')],
    [['role', 'eve@news.example', 'editor'], unknown],
    [['disable', 'eve@news.example'], unknown],
    [['enable', 'eve@news.example'], unknown],
    [['reset-password', 'eve@news.example'], unknown],
    [['remove-second-factor', 'eve@news.example'], unknown],
    [['reset-password', 'bob@news.example'], refusal('bob@news.example is disabled. Run “npx broadsheet editor enable bob@news.example” first.')],
  ];
  expect(await Promise.all(cases.map(([args]) => editor(folder, ...args)))).toEqual(cases.map(([, result]) => result));
  expect(rows(folder, 'select * from editor union all select id, at, action, detail, 1, 1, 1, 1 from audit_log')).toEqual(before);
});

test('unknown subcommands and wrong numbers of arguments print the usage', async () => {
  const folder = await temporaryFolder();
  const ends = await Promise.all([['add'], ['disable', 'a@b', 'c@d'], ['toString'], ['role', 'a@b', 'editor', '--name', 'A']].map((args) => editor(folder, ...args)));
  expect(ends).toEqual(ends.map(() => refusal('Usage: npx broadsheet editor [list | add EMAIL --name NAME --role ROLE | role EMAIL ROLE | disable EMAIL | enable EMAIL | reset-password EMAIL | remove-second-factor EMAIL]')));
});

test('enabling an editor without a password names the command that prints a link', async () => {
  const folder = await temporaryFolder();
  await add(folder, 'bob@news.example', 'editor');
  await prepare(folder, ['editor', 'disable', 'bob@news.example']);
  expect((await editor(folder, 'enable', 'bob@news.example')).stdout).toBe('bob@news.example is enabled but has no password. Run “npx broadsheet editor reset-password” to print a link for choosing one.\n');
});
