import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import chromium from '@sparticuz/chromium';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    browserPath: string;
  }
}

/** Unpacks the browser once for all tests, into a folder of its own: the package's file names are fixed. */
export default async function setUp({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'broadsheet-browser-'));
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  provide('browserPath', await chromium.executablePath());
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  return () => rm(folder, { recursive: true, force: true });
}
