import { settings } from '../config.ts';

const commands = `Broadsheet, a self-hosted news site

  npx broadsheet serve [--empty]             runs the site (npm start); --empty starts a new site without sample articles
  npx broadsheet import FILE...              adds articles from Markdown (.md) and NDJSON (.ndjson) files;
                                             for a folder, from all such files in it and in its subfolders
  npx broadsheet settings                    lists the site's settings and static pages
  npx broadsheet settings get NAME           prints a setting
  npx broadsheet settings set NAME VALUE     changes a setting; with "-", reads the value from standard input
  npx broadsheet rename theme|author|topic NAME NEW-NAME
                                             renames a theme, an author or a topic; the old address redirects to the new one
  npx broadsheet editor list                 lists who can sign in, with their roles
  npx broadsheet editor add EMAIL --name NAME --role ROLE
                                             adds an editor and prints a link for choosing a password;
                                             ROLE is administrator, editor or contributor
  npx broadsheet editor role EMAIL ROLE      changes an editor's role
  npx broadsheet editor disable EMAIL        signs an editor out and stops them from signing in
  npx broadsheet editor enable EMAIL         lets an editor sign in again
  npx broadsheet editor reset-password EMAIL removes an editor's password and prints a new link
  npx broadsheet backup FILE                 backs up the SQLite database, also while the site runs
  npx broadsheet copy --from PLACE --to PLACE
                                             copies the whole site into another, empty database;
                                             PLACE is sqlite:FILE or postgres://USER:PASSWORD@HOST:5432/DATABASE
  npx broadsheet help                        prints this text

Static pages are settings too: "page:about" is the page at /about, in Markdown with its title in front matter.
An empty value removes the page.
`;

export async function help(): Promise<void> {
  const rows = Object.values(settings).map(({ variable, expected, fallback }) => `  ${variable.padEnd(12)} ${expected}${fallback ? ` (default: ${fallback})` : ''}`);
  console.log(`${commands}\nSettings from environment variables:\n${rows.join('\n')}`);
}
