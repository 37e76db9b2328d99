import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { Request } from 'express';
import { pictureLimits } from '../../content/pictures/picture.ts';
import { cleanLine } from '../../content/text/text.ts';
import type { Message } from '../../messages/catalogue.ts';

export interface UploadedFile {
  /** The form's field. */
  field: string;
  /** The name that the browser sent, cleaned. Only ever shown: nothing is decided by a file's name. */
  name: string;
  /** In bytes. */
  size: number;
  /** In a private temporary folder, which is removed after the answer. */
  path: string;
  /** Why the file was not kept. Its `path` does not exist then. */
  problem: Message | undefined;
}

/** In bytes or files. */
export const uploadLimits = { files: 20, request: 200 * 1024 * 1024, nameLength: 200 };

const uploads = new WeakMap<Request, Upload>();

/** The files that a multipart form contained, in their order in the form. */
export function uploadedFiles(request: Request): UploadedFile[] {
  return uploads.get(request)?.files ?? [];
}

export async function removeUploadedFiles(request: Request): Promise<void> {
  await uploads.get(request)?.remove();
}

/** The files of one request. */
export class Upload {
  readonly files: UploadedFile[] = [];
  readonly #reportFault: (error: unknown) => void;
  #folder: Promise<string> | undefined;

  /** @param reportFault receives errors of the disk. The form is then read to its end without the file. */
  constructor(request: Request, reportFault: (error: unknown) => void) {
    this.#reportFault = reportFault;
    uploads.set(request, this);
  }

  /** Reads a file to its end and keeps it if it is within the limits. */
  async add(field: string, name: string, content: Readable): Promise<void> {
    const file: UploadedFile = { field, name: cleanLine(name).slice(0, uploadLimits.nameLength).toWellFormed(), size: 0, path: '', problem: undefined };
    const count = this.files.push(file);
    if (count > uploadLimits.files) file.problem = { key: 'pictures.tooMany', values: { limit: uploadLimits.files } };
    const output = await this.#open(file, count);
    try {
      for await (const chunk of content) {
        file.size += chunk.length;
        if (file.size > pictureLimits.fileSize) file.problem ??= { key: 'problems.pictureFileSize', values: { limit: pictureLimits.fileSize / 1024 / 1024 } };
        if (!file.problem) await this.#attempt(file, async () => output?.writeFile(chunk));
      }
    } finally {
      await output?.close();
    }
    if (output && file.problem) await rm(file.path, { force: true });
  }

  async remove(): Promise<void> {
    const folder = await this.#folder?.catch(() => undefined);
    // A file that is still being written can make the first attempt fail.
    if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }

  async #open(file: UploadedFile, count: number): Promise<FileHandle | undefined> {
    if (file.problem) return undefined;
    return this.#attempt(file, async () => {
      this.#folder ??= mkdtemp(path.join(tmpdir(), 'broadsheet-uploads-'));
      file.path = path.join(await this.#folder, String(count));
      return open(file.path, 'wx', 0o600);
    });
  }

  async #attempt<Result>(file: UploadedFile, write: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await write();
    } catch (error) {
      file.problem = { key: 'pictures.notStored' };
      this.#reportFault(error);
      return undefined;
    }
  }
}
