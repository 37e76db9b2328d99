import { parseArgs } from 'node:util';
import { parseEmail } from '../content/accounts/email.ts';
import { linkDays } from '../content/accounts/link-lifetimes.ts';
import { roles, type Role } from '../content/accounts/permissions.ts';
import { cleanLine, isBlank } from '../content/text/text.ts';
import type { Context } from '../context.ts';
import { OperatorError } from '../errors.ts';
import { listAccounts, stateOf } from '../storage/newsroom/editors.ts';
import { changeRole, disableEditor, enableEditor, inviteEditor, removeSecondFactor, resetPassword, type Outcome, type Refusal } from '../storage/newsroom/manage-editors.ts';
import { absolute, admin } from '../urls.ts';
import { withContext } from './with-context.ts';

const usage = 'npx broadsheet editor [list | add EMAIL --name NAME --role ROLE | role EMAIL ROLE | disable EMAIL | enable EMAIL | reset-password EMAIL | remove-second-factor EMAIL]';

type EditorCommand = (context: Context, args: string[], options: { name?: string; role?: string }) => Promise<void>;

const commands: Record<string, { argumentCount: number; run: EditorCommand }> = {
  list: { argumentCount: 0, run: list },
  add: { argumentCount: 1, run: add },
  role: { argumentCount: 2, run: role },
  disable: { argumentCount: 1, run: disable },
  enable: { argumentCount: 1, run: enable },
  'reset-password': { argumentCount: 1, run: reset },
  'remove-second-factor': { argumentCount: 1, run: withoutSecondFactor },
};

export async function editor(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { name: { type: 'string' }, role: { type: 'string' } } });
  const [name = 'list', ...rest] = positionals;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const acceptsOptions = name === 'add';
  if (!command || rest.length !== command.argumentCount || (!acceptsOptions && Object.keys(values).length > 0)) throw new OperatorError(`Usage: ${usage}`);
  await withContext((context) => command.run(context, rest, values));
}

async function list({ db }: Context): Promise<void> {
  const lines = (await listAccounts(db)).map((account) => [account.email, account.name, account.role, stateOf(account)]);
  const widths = lines.reduce((widest, line) => line.map((cell, index) => Math.max(widest[index] ?? 0, cell.length)), [0, 0, 0, 0]);
  for (const line of lines) console.log(line.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ').trimEnd());
}

async function add(context: Context, [text = '']: string[], { name = '', role: roleName = '' }: { name?: string; role?: string }): Promise<void> {
  const email = parseEmail(text);
  if (email === undefined) throw new OperatorError(`“${text}” is not an email address. Expected an address such as name@news.example.`);
  if (isBlank(name)) throw new OperatorError('--name is missing. Give the name that colleagues will see, such as --name "Ana Example".');
  const { token } = unwrap(await inviteEditor(context.db, { email, name: cleanLine(name), role: parseRole(roleName) }, context.clock()), text);
  printLink(context, email, token);
}

async function role({ db, clock }: Context, [email = '', roleName = '']: string[]): Promise<void> {
  const { account } = unwrap(await changeRole(db, email, parseRole(roleName), clock()), email);
  console.log(`${account.email} now has the role ${roleName}.`);
}

async function disable({ db, clock }: Context, [email = '']: string[]): Promise<void> {
  const { account } = unwrap(await disableEditor(db, email, clock()), email);
  console.log(`${account.email} is disabled and signed out everywhere.`);
}

async function enable({ db, clock }: Context, [email = '']: string[]): Promise<void> {
  const { account } = unwrap(await enableEditor(db, email, clock()), email);
  const next = account.passwordHash === null ? ' but has no password. Run “npx broadsheet editor reset-password” to print a link for choosing one.' : '.';
  console.log(`${account.email} is enabled${next}`);
}

async function reset(context: Context, [email = '']: string[]): Promise<void> {
  printLink(context, email, unwrap(await resetPassword(context.db, email, context.clock()), email).token);
}

async function withoutSecondFactor({ db, clock }: Context, [email = '']: string[]): Promise<void> {
  const { account } = unwrap(await removeSecondFactor(db, email, clock()), email);
  console.log(`${account.email} no longer has a second factor and has been signed out everywhere. The password alone is enough to sign in.`);
}

function printLink({ config }: Context, email: string, token: string): void {
  console.log(`Link for ${email} to choose a password (works once, within ${linkDays} days): ${absolute(config.siteUrl, admin.setUp(token))}`);
}

function parseRole(text: string): Role {
  const known = roles.find((role) => role === text);
  if (known) return known;
  if (text === '') throw new OperatorError(`The role is missing. Expected one of ${roles.join(', ')}.`);
  throw new OperatorError(`“${text}” is not a role. Expected one of ${roles.join(', ')}.`);
}

/** Throws an OperatorError if the command was refused. */
function unwrap<Done extends object>(outcome: Outcome<Done>, email: string): Done {
  if (isRefused(outcome)) throw new OperatorError(refusals[outcome.refused](email));
  return outcome;
}

function isRefused<Done extends object>(outcome: Outcome<Done>): outcome is { refused: Refusal } {
  return 'refused' in outcome;
}

const refusals: Record<Refusal, (email: string) => string> = {
  unknown: (email) => `There is no editor with the email address ${email}. Run “npx broadsheet editor list” to see all editors.`,
  'email in use': (email) => `There is already an editor with the email address ${email}.`,
  'last administrator': (email) => `${email} is the last active administrator. Make another editor an administrator first.`,
  disabled: (email) => `${email} is disabled. Run “npx broadsheet editor enable ${email}” first.`,
};
