import { expect, test } from 'vitest';
import { remakeRenditions } from '../../src/imaging/remake-renditions.ts';
import { inTransaction } from '../../src/storage/database/database.ts';
import { replaceRenditions } from '../../src/storage/pictures/replace-renditions.ts';
import { storePicture } from '../support/pictures.ts';
import { emptySite, stored } from '../support/test-site.ts';

test('all renditions are made again, those that no longer exist are deleted, and a damaged picture keeps its old ones', async () => {
  const site = await emptySite();
  const { context } = site;
  const [good, bad] = [await storePicture(site, { width: 700, height: 500 }), await storePicture(site, { width: 320, height: 200 })];
  for (const id of [good, bad]) await replaceRenditions(context.db, id, new Map([['640.avif', Buffer.from('old')], ['999.avif', Buffer.from('old')]]));
  await inTransaction(context.db, (transaction) => transaction.updateTable('picture_master').set({ data: Buffer.from('damaged') }).where('picture_id', '=', bad).execute());

  const shares: number[] = [];
  const { renditions, failed } = await remakeRenditions(context, (share) => shares.push(share));
  expect(failed).toEqual([{ id: bad, reason: expect.any(String) }]);
  const names = ['320.avif', '320.jpg', '640.avif', '640.jpg', 'share-50-50.jpg', 'square-50-50.jpg', 'standard-50-50.jpg', 'wide-50-50.jpg'];
  expect(renditions).toBe(names.length);
  const rows = await stored(site, `select name, length(data) as size from rendition where picture_id = ${good} order by name`);
  expect(rows.map(({ name }) => name)).toEqual(names);
  expect(rows.every(({ size }) => Number(size) > 500)).toBe(true);
  expect((await stored(site, `select name from rendition where picture_id = ${bad} order by name`)).map(({ name }) => name)).toEqual(['640.avif', '999.avif']);
  expect(shares).toEqual([0.5, 1]);
});

test('a picture that was deleted in the meantime gets no renditions', async () => {
  const site = await emptySite();
  await replaceRenditions(site.context.db, 77, new Map([['320.avif', Buffer.from('x')]]));
  expect(await stored(site, 'select name from rendition')).toEqual([]);
});
