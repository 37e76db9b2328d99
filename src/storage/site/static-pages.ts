import { pictureIdsIn } from '../../content/pictures/body-pictures.ts';
import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import { setPictureUses } from '../pictures/picture-uses.ts';

export interface StaticPage {
  path: string;
  title: string;
  /** Markdown. */
  body: string;
  bodyHtml: string;
}

/** In the order in which they were created. */
export async function listStaticPages(db: Database): Promise<{ path: string; title: string }[]> {
  return db.reader.selectFrom('static_page').select(['path', 'title']).orderBy('id').execute();
}

export async function findStaticPage(db: Database, path: string): Promise<StaticPage | undefined> {
  return db.reader.selectFrom('static_page').select(['path', 'title', 'body', 'body_html as bodyHtml']).where('path', '=', path).executeTakeFirst();
}

export async function saveStaticPage(db: Database, page: StaticPage & { markupVersion: number }, now: number): Promise<void> {
  const row = { title: page.title, body: page.body, body_html: page.bodyHtml, markup_version: page.markupVersion, changed_at: now };
  await inTransaction(db, async (transaction) => {
    const { id } = await transaction
      .insertInto('static_page')
      .values({ path: page.path, ...row })
      .onConflict((conflict) => conflict.column('path').doUpdateSet(row))
      .returning('id')
      .executeTakeFirstOrThrow();
    await setPictureUses(transaction, 'page', id, pictureIdsIn(page.body));
    await recordChange(transaction, ['static-pages'], now);
  });
}

/** Returns false if there is no page at the path. */
export async function deleteStaticPage(db: Database, path: string, now: number): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    const deleted = await transaction.deleteFrom('static_page').where('path', '=', path).returning('id').executeTakeFirst();
    if (!deleted) return false;
    await setPictureUses(transaction, 'page', deleted.id, []);
    await recordChange(transaction, ['static-pages'], now);
    return true;
  });
}
