import { settings } from '../config.ts';

const commands = `Broadsheet, a self-hosted news site

  npx broadsheet serve [--empty]             runs the site (npm start); --empty: a new site without the sample
  npx broadsheet import FILE...              adds articles from Markdown (.md) and NDJSON (.ndjson) files;
                                             a folder stands for such files in it and in its subfolders
  npx broadsheet settings                    lists the site's settings
  npx broadsheet settings get NAME           prints one
  npx broadsheet settings set NAME VALUE     changes one; the value "-" is read from standard input
  npx broadsheet rename theme|author|topic NAME NEW-NAME
                                             gives a theme, an author or a topic another name and address
  npx broadsheet editor list                 lists who may sign in, and as what
  npx broadsheet editor add EMAIL --name NAME --role ROLE
                                             adds one, and prints the link with which they choose a password;
                                             ROLE: administrator, editor or contributor
  npx broadsheet editor role EMAIL ROLE      gives one another role
  npx broadsheet editor disable EMAIL        lets one in no more, at once
  npx broadsheet editor enable EMAIL         lets one in again
  npx broadsheet editor reset-password EMAIL ends a password, and prints a new link
  npx broadsheet backup FILE                 copies the database, also while the site runs
  npx broadsheet copy --from PLACE --to PLACE
                                             copies the whole site into another, empty database;
                                             PLACE: sqlite:FILE or postgres://USER:PASSWORD@HOST:5432/DATABASE
  npx broadsheet help                        this text

Static pages are settings too: "page:about" is the page at /about, in Markdown with its title in front matter;
an empty value removes it.
`;

/** `help`: every command and every setting from the environment. */
export async function help(): Promise<void> {
  const rows = Object.values(settings).map(({ variable, expected, fallback }) => `  ${variable.padEnd(12)} ${expected}${fallback ? `; ${fallback} if not set` : ''}`);
  console.log(`${commands}\nFrom the environment:\n${rows.join('\n')}`);
}
