import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { Imaging, type ImagingOptions } from '../../src/imaging/imaging.ts';
import { RefusedPicture } from '../../src/imaging/refused-picture.ts';
import { temporaryFolder } from './test-site.ts';

/** For tests that end the child process. */
export function startImaging(options: ImagingOptions = {}): Imaging {
  const imaging = new Imaging(options);
  onTestFinished(() => imaging.close());
  return imaging;
}

// Starting a process takes longer than most tests.
const shared = new Imaging();

/** Makes masters of uploaded files. */
export async function uploader(imaging = shared) {
  const folder = await temporaryFolder();
  let count = 0;
  const save = async (data: Buffer) => {
    count += 1;
    // The name and its extension mean nothing.
    const file = path.join(folder, `${count}.upload`);
    await writeFile(file, data);
    return file;
  };
  const makeMaster = async (data: Buffer) => imaging.makeMaster(await save(data));
  /** The message key of a refusal; `accepted` if there is none. */
  const refusal = async (data: Buffer): Promise<string> =>
    makeMaster(data).then(
      () => 'accepted',
      (error: unknown) => {
        if (error instanceof RefusedPicture) return error.problem.key;
        throw error;
      },
    );
  return { imaging, save, makeMaster, refusal };
}
