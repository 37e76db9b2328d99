import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, onTestFinished, test } from 'vitest';
import { readSettings } from '../../src/content/site/settings.ts';
import { Languages } from '../../src/messages/languages.ts';
import { markdownOptions } from '../../src/rendering/markdown-options.ts';
import { Renderer } from '../../src/rendering/renderer.ts';
import { lowerCpuLimit } from '../support/cpu-limit.ts';
import { shortOrLong } from '../support/long.ts';
import { seeded } from '../support/random.ts';
import { endlessBody, slowBodies } from './slow-bodies.ts';

setFlagsFromString('--expose-gc');

const site = markdownOptions({ config: { siteUrl: 'https://news.example' }, languages: new Languages() }, readSettings({}));
const endless = endlessBody(6);

function startRenderer(): Renderer {
  const renderer = new Renderer();
  onTestFinished(() => renderer.close());
  return renderer;
}

test('a body is rendered', async () => {
  expect(await startRenderer().render('*Text* <b>', site, 'a')).toMatchObject({ html: '<p><em>Text</em> &lt;b&gt;</p>', text: 'Text <b>', wordCount: 2, isPlain: false, shownAsText: ['<b>'] });
});

test('a body that takes too long is split into plain paragraphs, and others are rendered in the meantime', { timeout: 120_000 }, async () => {
  lowerCpuLimit();
  const renderer = startRenderer();
  let isOver = false;
  const slow = renderer.render(`One & *two*\nthree\n\n${endless}`, site, 'a').finally(() => {
    isOver = true;
  });
  await delay(200);
  expect((await renderer.render('*Text*', site, 'b')).html).toBe('<p><em>Text</em></p>');
  expect(isOver).toBe(false);
  const { html, isPlain } = await slow;
  expect(isPlain).toBe(true);
  expect(html).toMatch(/^<p>One &amp; \*two\*<br>three<\/p>\n<p>/);
  expect((await renderer.render('*Text*', site, 'a')).html).toBe('<p><em>Text</em></p>');
});

test('a thread does not keep rendered bodies in memory', { timeout: 60_000 }, async () => {
  const renderer = startRenderer();
  const large = new WeakRef(await renderer.render(`*Text* ${'x'.repeat(1_000_000)}`, site, 'a'));
  await renderer.render('*Text*', site, 'a');
  const collect = runInNewContext('gc');
  await expect.poll(() => {
    collect();
    return large.deref();
  }, { timeout: 20_000 }).toBeUndefined();
});

test('an exception while rendering is thrown, and the next body is rendered', async () => {
  const renderer = startRenderer();
  await expect(renderer.render(null as unknown as string, site, 'a')).rejects.toThrow(TypeError);
  expect((await renderer.render('*Text*', site, 'a')).html).toBe('<p><em>Text</em></p>');
});

test('the queue per client is limited, and other clients are not affected', async () => {
  const renderer = new Renderer();
  const refused: string[] = [];
  const requests = Array.from({ length: 23 }, async () => renderer.render(endless, site, 'a').catch((error: Error) => refused.push(error.message)));
  expect((await renderer.render('*Text*', site, 'b')).isPlain).toBe(false);
  expect(refused.length).toBe(2);
  await renderer.close();
  await Promise.all(requests);
  expect(refused.length).toBe(23);
  await expect(renderer.render('x', site, 'a')).rejects.toThrow('stopping');
});

const length = shortOrLong(10_000, 60_000);

test('bodies that repeat one character or construct are rendered in time', { timeout: 600_000 }, async () => {
  const renderer = startRenderer();
  const slow: string[] = [];
  for (const [name, make] of Object.entries(slowBodies)) {
    for (const smartTypography of shortOrLong([true], [false, true])) if ((await renderer.render(make(length), { ...site, smartTypography }, 'a')).isPlain) slow.push(name);
  }
  expect(slow).toEqual([]);
});

test('bodies of random pieces of Markdown syntax are rendered in time', { timeout: 600_000 }, async () => {
  const renderer = startRenderer();
  const random = seeded(20_251_127);
  const pieces = ['*', '**', '_', '__', '~~', '`', '``', '[', ']', '(', ')', '![', '[^1]', ': ', '<', '>', '<b>', '</b>', '<!--', '-->', '<?', '&', '&amp;', '#', '- ', '1. ', '> ', '|', '\n', '\n\n', '    ', ' ', 'a', 'b.c', '@', 'http://', 'www.', '\\', '"', "'", '=', '---', '「', '字', '»', '{', '\t', '!', '<a href="', '</', '/>', '^', '+', '.', ':', '…'];
  const slow: string[] = [];
  for (let count = 0; count < shortOrLong(30, 1500); count += 1) {
    const piece = Array.from({ length: 1 + random.below(4) }, () => random.pick(pieces)).join('');
    const body = `${random.chance(0.3) ? random.pick(pieces) : ''}${piece.repeat(Math.ceil(length / piece.length))}${random.chance(0.3) ? random.pick(pieces) : ''}`;
    if ((await renderer.render(body, { ...site, smartTypography: random.chance(0.3) }, 'a')).isPlain) slow.push(JSON.stringify(piece));
  }
  // The smart typography library takes quadratic time for quotation marks, and is stopped by the same limit.
  expect(slow.filter((piece) => !/^"["' ]*"?$/.test(JSON.parse(piece)))).toEqual([]);
});
