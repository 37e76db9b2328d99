import { settings } from '../config.ts';

const commands = `Broadsheet, a self-hosted news site

  npx broadsheet serve [--empty]             runs the site, like npm start; --empty creates a new site without the sample
  npx broadsheet import FILE... [--missing-pictures=report]
                                             imports articles from Markdown (.md) and NDJSON (.ndjson) files, with the
                                             pictures beside them; a folder stands for all such files in it and in its
                                             subfolders. With --missing-pictures=report, articles are imported
                                             without pictures that are missing or can't be used
  npx broadsheet settings                    lists the site's settings and static pages
  npx broadsheet settings get NAME           prints one setting
  npx broadsheet settings set NAME VALUE     changes one setting; the value - reads standard input
  npx broadsheet rename theme|author|topic NAME NEW-NAME
                                             renames a theme, author or topic; its old address redirects,
                                             and the old name still finds it
  npx broadsheet editor list                 lists the accounts: email address, name, role and status
  npx broadsheet editor add EMAIL --name NAME --role ROLE
                                             invites an editor and prints a link for choosing a password;
                                             ROLE is administrator, editor or contributor
  npx broadsheet editor role EMAIL ROLE      changes a role
  npx broadsheet editor disable EMAIL        disables an account and ends its sessions
  npx broadsheet editor enable EMAIL         enables an account again
  npx broadsheet editor reset-password EMAIL removes the password, ends the sessions, and prints a new link
  npx broadsheet editor remove-second-factor EMAIL
                                             removes the authenticator app, the recovery codes and the passkeys,
                                             and ends the sessions
  npx broadsheet pictures                    prints how many pictures there are, how large they and their renditions
                                             are, how many are unused, and how many have no description
  npx broadsheet pictures --remove-unused    lists the unused pictures and, after a confirmation, removes them;
                                             --yes skips the question. Uploads of the last day stay
  npx broadsheet pictures --remake           makes all renditions of all pictures again, one picture at a time; until
                                             then, readers get the old ones
  npx broadsheet backup FILE                 copies the SQLite database with its pictures, even while the site runs
  npx broadsheet copy --from PLACE --to PLACE
                                             copies the whole site into another, empty database;
                                             PLACE is sqlite:FILE or postgres://USER:PASSWORD@HOST:5432/DATABASE
  npx broadsheet help                        prints this list and the environment variables

Static pages are settings too: page:about is the page at /about, in Markdown with its title in front matter.
An empty value removes the page.
`;

export async function help(): Promise<void> {
  const rows = Object.values(settings).map(({ variable, expected, fallback }) => `  ${variable.padEnd(12)} ${expected}${fallback ? ` (default: ${fallback})` : ''}`);
  console.log(`${commands}\nEnvironment variables:\n${rows.join('\n')}`);
}
