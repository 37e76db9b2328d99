import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { browser, makeEditor, signIn } from '../support/admin.ts';
import { addressOf, emptySite } from '../support/test-site.ts';

const head = (more: string) => `POST /admin/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n${more}\r\n\r\n`;
const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`;

/** Sends the head of a request, then body chunks of 64 KB until the server closes the connection. Returns the response and the number of chunks. */
async function sendWithoutEnd(headers: string): Promise<{ answer: string; sent: number }> {
  const url = addressOf(await emptySite());
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
  });
  let answer = '';
  let sent = 0;
  socket.on('data', (data) => {
    answer += data;
  });
  socket.on('error', () => {});
  const closed = new Promise((resolve) => {
    socket.once('close', resolve);
  });
  socket.write(headers);
  // 1000 chunks are 64 MB, far more than any form may have.
  while (sent < 1000 && !socket.destroyed) {
    const hasRoom = socket.write(chunk);
    await Promise.race([hasRoom ? delay(sent > 120 ? 20 : 1) : once(socket, 'drain').catch(() => {}), closed]);
    sent += 1;
  }
  await closed;
  return { answer, sent };
}

test('a chunked body that exceeds the limit is refused, and the server soon stops reading', async () => {
  const { answer, sent } = await sendWithoutEnd(head('Transfer-Encoding: chunked'));
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(sent).toBeLessThan(500);
});

test('a body whose Content-Length exceeds the limit is refused before it is read', async () => {
  const { answer, sent } = await sendWithoutEnd(head('Content-Length: 64000000'));
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(sent).toBeLessThan(500);
});

test('a long form is accepted with a session and refused without one', async () => {
  const site = await emptySite();
  const editor = await signIn(site, (await makeEditor(site, { role: 'editor' })).email);
  const fields = { email: 'x'.repeat(300_000), password: 'x' };
  expect((await editor.post('/admin/sign-in', fields)).status).toBe(422);
  expect((await browser(site).post('/admin/sign-in', fields)).status).toBe(413);
  expect((await browser(site, editor.cookie.replace(/.$/, '')).post('/admin/sign-in', fields)).status).toBe(413);
});

test('a request with two Host headers is refused, even for a cached page', async () => {
  const url = addressOf(await emptySite());
  for (const path of ['/', '/', '/admin', '/health']) {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(`GET ${path} HTTP/1.1\r\nHost: news.example\r\nhost: evil.example\r\n\r\n`);
    const [answer] = await once(socket, 'data');
    expect(String(answer), path).toMatch(/^HTTP\/1\.1 400 /);
    socket.destroy();
    await fetch(url + path);
  }
});
