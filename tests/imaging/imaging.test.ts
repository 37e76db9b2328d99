import { once } from 'node:events';
import { fork } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished, expect, test } from 'vitest';
import { renditionsIn } from '../../src/content/pictures/renditions.ts';
import { Imaging } from '../../src/imaging/imaging.ts';
import { RefusedPicture } from '../../src/imaging/refused-picture.ts';
import { drawPhotograph } from '../support/photograph.ts';
import { startImaging, uploader } from '../support/uploads.ts';

const photograph = await drawPhotograph({ width: 700, height: 467, seed: 7 });
const picture = { width: 700, height: 467, isTransparent: false, focus: { x: 50, y: 50 } };
const [small, large] = renditionsIn('avif', picture);

function isRunning(id: number | undefined): boolean {
  try {
    return id !== undefined && process.kill(id, 0);
  } catch {
    return false;
  }
}

async function untilEnded(id: number | undefined): Promise<void> {
  while (isRunning(id)) await delay(10);
}

/** Makes a rendition, and adds its name to `order`. */
async function render(imaging: Imaging, rendition: typeof small, priority: 'requested' | 'background', order: string[] = []): Promise<Buffer | undefined> {
  if (!rendition) throw new Error('The picture has no rendition');
  const made = await imaging.makeRendition(async () => photograph, rendition, priority);
  order.push(priority);
  return made;
}

test('the child process starts with the first job, and is reused', async () => {
  const imaging = startImaging();
  expect(imaging.processId).toBeUndefined();
  await render(imaging, small, 'requested');
  const first = imaging.processId;
  expect(isRunning(first)).toBe(true);
  await render(imaging, large, 'requested');
  expect(imaging.processId).toBe(first);
});

test.runIf(process.platform === 'linux')('all threads of the child process have a lower priority than the server, and out of memory it is ended first', async () => {
  const imaging = startImaging();
  await render(imaging, large, 'requested');
  const folder = `/proc/${imaging.processId}/task`;
  const niceness = readdirSync(folder).map((thread) => Number(readFileSync(`${folder}/${thread}/stat`, 'utf8').split(') ')[1]?.split(' ')[16]));
  expect(niceness.length).toBeGreaterThan(5);
  expect(new Set(niceness)).toEqual(new Set([10]));
  expect(readFileSync(`/proc/${imaging.processId}/oom_score_adj`, 'utf8').trim()).toBe('800');
});

test('an idle child process ends, and the next job starts another one', async () => {
  const imaging = startImaging({ idleTimeoutMs: 20 });
  await render(imaging, small, 'requested');
  const first = imaging.processId;
  await untilEnded(first);
  expect(await render(imaging, small, 'requested')).toBeInstanceOf(Buffer);
  expect(imaging.processId).not.toBe(first);
});

test('background work waits until nobody waits for anything else', async () => {
  const imaging = startImaging();
  const order: string[] = [];
  const jobs = (['background', 'background', 'background', 'requested', 'requested'] as const).map((priority) => render(imaging, small, priority, order));
  await Promise.all(jobs);
  // The first had begun before the others came.
  expect(order).toEqual(['background', 'requested', 'requested', 'background', 'background']);
});

test('if the child process is killed, only its current job fails', async () => {
  const imaging = startImaging();
  await render(imaging, small, 'requested');
  const jobs = [render(imaging, large, 'requested'), render(imaging, small, 'requested'), render(imaging, small, 'requested')];
  const outcomes = Promise.allSettled(jobs);
  await delay(5);
  process.kill(imaging.processId ?? 0, 'SIGKILL');
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(await render(imaging, small, 'requested')).toBeInstanceOf(Buffer);
});

test('if the child process is killed while it is idle, no job fails', async () => {
  const imaging = startImaging();
  await render(imaging, small, 'requested');
  const { processId } = imaging;
  process.kill(processId ?? 0, 'SIGKILL');
  await untilEnded(processId);
  await delay(20);
  expect(await render(imaging, small, 'requested')).toBeInstanceOf(Buffer);
});

test('an upload that exceeds the limit of time is refused, and the next one is made', async () => {
  const { save } = await uploader();
  const [file, next] = [await save(await drawPhotograph({ width: 1000, height: 700 })), await save(photograph)];
  const hasty = startImaging({ limits: { cpuMs: 30_000, elapsedMs: 1 } });
  const refused = await hasty.makeMaster(file).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(RefusedPicture);
  expect(refused).toMatchObject({ problem: { key: 'problems.pictureFailed' } });
  const thrifty = startImaging({ limits: { cpuMs: 1, elapsedMs: 300_000 } });
  if (process.platform === 'linux') expect(await thrifty.makeMaster(file).catch((error: unknown) => error)).toMatchObject({ problem: { key: 'problems.pictureFailed' } });
  expect(await startImaging().makeMaster(next)).toMatchObject({ width: 700 });
});

test('a missing file is a fault, not a refusal', async () => {
  const imaging = startImaging();
  const error: unknown = await imaging.makeMaster('/nowhere/picture.jpg').catch((error: unknown) => error);
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(RefusedPicture);
  expect(String(error)).toContain('ENOENT');
});

test('after close no job is accepted, waiting jobs are rejected, and no process is left', async () => {
  const imaging = new Imaging();
  await render(imaging, small, 'requested');
  const { processId } = imaging;
  const waiting = Promise.allSettled([render(imaging, large, 'requested'), render(imaging, small, 'background')]);
  await imaging.close();
  expect(isRunning(processId)).toBe(false);
  expect((await waiting).map((outcome) => (outcome.status === 'rejected' ? outcome.reason : outcome.status))).toEqual([expect.objectContaining({ status: 503 }), expect.objectContaining({ status: 503 })]);
  await expect(render(imaging, small, 'requested')).rejects.toMatchObject({ status: 503 });
  await imaging.close();
});

test('the child process ends when the server is killed, even in the middle of a job', async () => {
  const server = fork(fileURLToPath(new URL('../support/imaging-host.ts', import.meta.url)), { execArgv: [] });
  onTestFinished(() => void server.kill('SIGKILL'));
  const [{ processId }] = await once(server, 'message');
  expect(isRunning(processId)).toBe(true);
  server.kill('SIGKILL');
  await untilEnded(processId);
  expect(existsSync(`/proc/${processId}`)).toBe(false);
});

test('too many waiting jobs are refused', async () => {
  const imaging = startImaging();
  if (!small) throw new Error('The picture has no rendition');
  const outcomes = await Promise.allSettled(Array.from({ length: 203 }, () => imaging.makeRendition(async () => undefined, small, 'background')));
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(refused.map(({ reason }) => reason.status)).toEqual([503, 503]);
  expect(imaging.processId).toBeUndefined();
});
