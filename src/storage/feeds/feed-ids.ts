import { hash, randomUUID } from 'node:crypto';
import { isEmpty } from '../articles/imports.ts';
import { inTransaction, type Database } from '../database/database.ts';

const kinds = ['theme', 'author'] as const;

export type FeedOwner = { kind: 'theme' | 'author' | 'storyline'; id: number } | 'site' | 'corrections';

export async function findFeedId(db: Database, owner: FeedOwner): Promise<string | undefined> {
  if (typeof owner === 'object' && owner.kind !== 'storyline') {
    const row = await db.reader.selectFrom(owner.kind).select('feed_id').where('id', '=', owner.id).executeTakeFirst();
    return row?.feed_id ?? undefined;
  }
  const site = await db.reader.selectFrom('site_feed').select('feed_id').executeTakeFirst();
  if (owner === 'site' || !site) return site?.feed_id;
  return `urn:uuid:${uuidOf(`${site.feed_id}#${owner === 'corrections' ? owner : `storyline-${owner.id}`}`)}`;
}

/** A UUID that is always the same for a name: version 8 (RFC 9562, 5.8), from the name's SHA-256 hash. */
function uuidOf(name: string): string {
  const bytes = hash('sha256', name, 'buffer').subarray(0, 16);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The feed URLs that served as ids before ids were stored. */
export interface FeedAddresses {
  site: string;
  theme: (slug: string) => string;
  author: (slug: string) => string;
}

/** Runs once per site. Existing feeds keep their current URLs as ids, even if the URLs change later; a new site's feed gets a UUID. */
export async function storeFeedIds(db: Database, addresses: FeedAddresses): Promise<void> {
  if ((await findFeedId(db, 'site')) !== undefined) return;
  const site = (await isEmpty(db)) ? `urn:uuid:${randomUUID()}` : addresses.site;
  await inTransaction(db, async (transaction) => {
    const { numInsertedOrUpdatedRows = 0n } = await transaction.insertInto('site_feed').values({ id: 1, feed_id: site }).onConflict((conflict) => conflict.column('id').doNothing()).executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n) return;
    for (const kind of kinds) {
      const rows = await transaction.selectFrom(kind).select(['id', 'slug']).where('feed_id', 'is', null).execute();
      for (const { id, slug } of rows) await transaction.updateTable(kind).set({ feed_id: addresses[kind](slug) }).where('id', '=', id).execute();
    }
  });
}
