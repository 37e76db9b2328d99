import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { cpuTime } from '../../src/rendering/limits.ts';
import { file } from '../support/program.ts';
import { temporaryFolder } from '../support/test-site.ts';

test.runIf(process.platform === 'linux')('Linux and Node report the same CPU time for a busy thread', async () => {
  const script = await file(
    await temporaryFolder(),
    'endless.mjs',
    `import { parentPort } from 'node:worker_threads';
    import { systemThreadId } from '${new URL('../../src/rendering/limits.ts', import.meta.url).href}';
    parentPort.postMessage(systemThreadId());
    parentPort.on('message', () => /^(a+)+$/.test('a'.repeat(50) + 'b'));`,
  );
  const worker = new Worker(script);
  onTestFinished(async () => {
    await worker.terminate();
  });
  const [id] = await once(worker, 'message');
  const before = await cpuTime(worker, id);
  worker.postMessage('begin', []);
  await expect.poll(async () => (await cpuTime(worker, id)) - before, { timeout: 20_000 }).toBeGreaterThan(200);
  const [bySystem, byNode] = [await cpuTime(worker, id), await cpuTime(worker, 0)];
  expect(Math.abs(bySystem - byNode)).toBeLessThan(200);
});
