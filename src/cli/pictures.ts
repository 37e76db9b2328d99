import { parseArgs } from 'node:util';
import { isoWithOffset } from '../content/dates/offsets.ts';
import type { Context } from '../context.ts';
import { OperatorError } from '../errors.ts';
import { remakeRenditions } from '../imaging/remake-renditions.ts';
import { showProgress } from '../observability/progress.ts';
import { findPictureTotals, listUnusedPictures, type UnusedPicture } from '../storage/pictures/picture-totals.ts';
import { deletePicture } from '../storage/pictures/save-picture.ts';
import { confirm } from './confirm.ts';
import { withContext } from './with-context.ts';

const usage = 'Usage: npx broadsheet pictures [--remove-unused [--yes] | --remake]';
/** Somebody who has uploaded pictures may be about to use them. */
const minAgeMs = 24 * 60 * 60 * 1000;

/** `pictures`: how many pictures there are, and how large they are; also removes unused ones, and makes renditions again. */
export async function pictures(args: string[]): Promise<void> {
  const options = parseArgs({ args, options: { 'remove-unused': { type: 'boolean' }, 'yes': { type: 'boolean' }, 'remake': { type: 'boolean' } } }).values;
  const isRemoving = options['remove-unused'] === true;
  if ((options.remake && isRemoving) || (options.yes && !isRemoving)) throw new OperatorError(usage);
  await withContext(async (context) => {
    if (isRemoving) await removeUnused(context, { isConfirmed: options.yes === true });
    else if (options.remake) await remake(context);
    else await printTotals(context);
  });
}

async function printTotals({ db }: Context): Promise<void> {
  const { pictures: all, renditions, unused, undescribed } = await findPictureTotals(db.reader);
  const lines = [
    [formatCount(all.count, 'picture'), formatSize(all.bytes)],
    [formatCount(renditions.count, 'rendition'), formatSize(renditions.bytes)],
    [formatCount(unused.count, 'unused picture'), formatSize(unused.bytes)],
    [`${formatCount(undescribed, 'picture')} without a description`],
  ];
  for (const line of lines) console.log(line.join(', '));
}

async function removeUnused({ db, clock }: Context, { isConfirmed }: { isConfirmed: boolean }): Promise<void> {
  const unused = await listUnusedPictures(db.reader, clock() - minAgeMs);
  if (unused.length === 0) return console.log('There are no unused pictures that were uploaded more than a day ago.');
  for (const picture of unused) console.log(describe(picture));
  if (!isConfirmed && !process.stdin.isTTY) throw new OperatorError('Nothing was removed. Run this command in a terminal, where it asks first, or add --yes.');
  if (!isConfirmed && !(await confirm(`Remove ${formatCount(unused.length, 'unused picture')}?`, process.stdin, process.stdout))) return console.log('Nothing was removed.');
  const removed: UnusedPicture[] = [];
  // A picture that has been used in the meantime stays.
  for (const picture of unused) if (await deletePicture(db, picture.id, null, clock())) removed.push(picture);
  console.log(`${formatCount(removed.length, 'picture')} removed, ${formatSize(removed.reduce((sum, { size }) => sum + size, 0))}`);
}

function describe({ id, fileName, size, createdAt }: UnusedPicture): string {
  return [`picture:${id}`, fileName || '(no file name)', formatSize(size), `uploaded on ${isoWithOffset(createdAt, 'UTC').slice(0, 10)}`].join('  ');
}

async function remake(context: Context): Promise<void> {
  const progress = showProgress('made');
  try {
    const { renditions, failed } = await remakeRenditions(context, progress.show);
    for (const { id, reason } of failed) console.error(`picture:${id}: its renditions can't be made (${reason}).`);
    console.log(`${formatCount(renditions, 'rendition')} made`);
    if (failed.length > 0) process.exitCode = 1;
  } finally {
    progress.end();
  }
}

function formatCount(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

function formatSize(bytes: number): string {
  const [size, unit] = bytes < 1e6 ? [bytes / 1e3, 'kB'] : bytes < 1e9 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB'];
  return `${size.toLocaleString('en', { maximumFractionDigits: 1 })} ${unit}`;
}
