import { expect, test } from 'vitest';
import { networkOf } from '../../../src/content/accounts/network.ts';
import { signInDelay, signInLimits } from '../../../src/content/accounts/sign-in-limits.ts';
import { inTransaction } from '../../../src/storage/database/database.ts';
import { countAttempt, recordSuccess } from '../../../src/storage/newsroom/sign-in-failures.ts';
import { emptySite, stored } from '../../support/test-site.ts';

const attempt = { email: 'ana@news.example', address: '192.0.2.1' };
const hour = 3_600_000;

test('the first failures cause no wait; each further failure doubles the wait, up to 15 minutes', () => {
  expect([0, 4, 5, 6, 7, 14, 15, 5000].map((failures) => signInDelay(failures, signInLimits.pair) / 1000)).toEqual([0, 0, 1, 2, 4, 512, 900, 900]);
  expect([99, 100, 101, 5000].map((failures) => signInDelay(failures, signInLimits.address) / 1000)).toEqual([0, 1, 2, 10]);
});

test('an attempt after the wait is allowed, and an attempt before its end does not extend the wait', async () => {
  const { context: { db }, time } = await emptySite();
  const waits: number[] = [];
  for (let count = 0; count < 12; count += 1) {
    const wait = await countAttempt(db, attempt, time.now);
    waits.push(wait);
    if (wait > 0) expect(await countAttempt(db, attempt, time.now + wait - 1)).toBe(1);
    time.now += wait;
  }
  expect(waits).toEqual([0, 0, 0, 0, 0, 1000, 0, 2000, 0, 4000, 0, 8000]);
});

test('of simultaneous attempts, only as many are allowed as cause no wait', async () => {
  const { context: { db }, time } = await emptySite();
  const waits = await Promise.all(Array.from({ length: 30 }, () => countAttempt(db, attempt, time.now)));
  expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
});

test('counts expire an hour after the last failure, and their rows are deleted', async () => {
  const site = await emptySite();
  const { context: { db }, time } = site;
  for (let count = 0; count < 5; count += 1) await countAttempt(db, attempt, time.now);
  time.now += hour - 1;
  await countAttempt(db, { email: 'bob@news.example', address: '192.0.2.2' }, time.now);
  expect(await stored(site, 'select count(*) as count from sign_in_failure')).toEqual([{ count: 6 }]);
  time.now += 1;
  expect(await countAttempt(db, attempt, time.now)).toBe(0);
  expect(await stored(site, 'select count from sign_in_failure')).toEqual(Array.from({ length: 6 }, () => ({ count: 1 })));
});

test('a success clears the failures of the account at this address, and subtracts the attempt from the other counts', async () => {
  const site = await emptySite();
  const { context: { db }, time } = site;
  for (let count = 0; count < 3; count += 1) await countAttempt(db, attempt, time.now);
  await inTransaction(db, (transaction) => recordSuccess(transaction, attempt));
  expect(await stored(site, "select subject, count from sign_in_failure where subject like 'address%' or subject like 'pair%'")).toEqual([{ subject: 'address:192.0.2.1', count: 2 }]);
  for (let count = 0; count < 2; count += 1) await inTransaction(db, (transaction) => recordSuccess(transaction, attempt));
  expect(await stored(site, 'select * from sign_in_failure')).toEqual([]);
});

test('failures from one address do not slow down other addresses, unless there are very many', async () => {
  const { context: { db }, time } = await emptySite();
  for (let count = 0; count < 6; count += 1) await countAttempt(db, attempt, time.now);
  expect(await countAttempt(db, attempt, time.now)).toBeGreaterThan(0);
  expect(await countAttempt(db, { ...attempt, address: '198.51.100.7' }, time.now)).toBe(0);
  expect(await countAttempt(db, { ...attempt, email: 'bob@news.example' }, time.now)).toBe(0);
  for (let count = 0; count < 100; count += 1) await countAttempt(db, { ...attempt, address: `203.0.113.${count}` }, time.now);
  expect(await countAttempt(db, { ...attempt, address: '198.51.100.8' }, time.now)).toBe(1000);
  for (let count = 0; count < 100; count += 1) await countAttempt(db, { email: `${count}@news.example`, address: '198.51.100.9' }, time.now);
  expect(await countAttempt(db, { email: 'carl@news.example', address: '198.51.100.9' }, time.now)).toBe(1000);
});

test('a browser that has signed in before is slowed down only by its own failures', async () => {
  const { context: { db }, time } = await emptySite();
  for (let count = 0; count < 6; count += 1) await countAttempt(db, attempt, time.now);
  const known = { ...attempt, device: 'a'.repeat(32) };
  for (let count = 0; count < 5; count += 1) expect(await countAttempt(db, known, time.now)).toBe(0);
  expect(await countAttempt(db, known, time.now)).toBe(1000);
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:0:1:a:b:c:d', '2001:db8:0:1::/64'],
  ['2001:0DB8::1:0:0:0:5', '2001:db8:0:1::/64'],
  ['2001:db8::5', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['', ''],
])('the address %s is counted as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
