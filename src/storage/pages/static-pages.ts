import type { PageText } from '../../content/pages/static-page.ts';
import type { Database } from '../database/database.ts';

export interface StaticPage extends PageText {
  bodyHtml: string;
}

/** In the order of the footer. */
export async function listStaticPages(db: Database): Promise<{ path: string; title: string }[]> {
  return db.reader.selectFrom('static_page').select(['path', 'title']).orderBy('position').orderBy('id').execute();
}

export async function findStaticPage(db: Database, path: string): Promise<StaticPage | undefined> {
  return db.reader.selectFrom('static_page').select(['path', 'title', 'body', 'body_html as bodyHtml']).where('path', '=', path).executeTakeFirst();
}

/** The path to which a former path redirects. */
export async function findNewPath(db: Database, oldPath: string): Promise<string | undefined> {
  const row = await db.reader.selectFrom('old_page_path').innerJoin('static_page', 'static_page.id', 'page_id').select('static_page.path').where('old_page_path.path', '=', oldPath).executeTakeFirst();
  return row?.path;
}
