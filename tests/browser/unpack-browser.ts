import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import chromium from '@sparticuz/chromium';

/** Unpacks the browser into a new folder in `parent`, because the package uses fixed file names in the temporary folder. */
export async function unpackBrowser(parent = tmpdir()): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(parent, 'broadsheet-browser-'));
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    return { path: await chromium.executablePath(), remove: () => rm(folder, { recursive: true, force: true }) };
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}
