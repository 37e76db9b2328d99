import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/** Whether the destination of an image is a path that begins at the folder of its file, and neither absolute nor a URL. */
export function isRelative(destination: string): boolean {
  return !/^(?:[a-z][a-z0-9+.-]*:|[/\\#?])/i.test(destination);
}

export type FoundFile = { file: string } | { problem: string };

/**
 * Finds the picture that an article names, by a path as in a file system or as in a URL. Never leaves the imported
 * folder, neither by `..` nor by a symbolic link. Returns its real path, or the reason why it can't be used.
 */
export async function findPictureFile(articleFile: string, importedFolder: string, written: string): Promise<FoundFile> {
  if (!isRelative(written)) return { problem: `“${written}” is not the path of a file beside this one. Save the picture there, and give its path from this file's folder.` };
  const outside = { problem: `“${written}” is outside the imported folder ${importedFolder}. Import a folder that contains both.` };
  const missing = { problem: `“${written}” does not exist. Check the path, which begins at this file's folder.` };
  try {
    const folder = await realpath(importedFolder);
    const candidates = spellings(written).map((spelling) => path.resolve(path.dirname(articleFile), spelling));
    const inside = candidates.filter((candidate) => isInside(path.resolve(importedFolder), candidate));
    const file = await firstExisting(inside);
    if (file === undefined) return inside.length < candidates.length ? outside : missing;
    if (!isInside(folder, file)) return outside;
    if (!(await stat(file)).isFile()) return { problem: `“${written}” is not a file.` };
    await access(file, constants.R_OK);
    return { file };
  } catch (error) {
    return { problem: `“${written}” can't be read (${error instanceof Error ? error.message : error}). Check the path and the permissions.` };
  }
}

/** As written, without URL encoding, and without a query; macOS decomposes letters such as “é” in file names, and editors compose them. */
function spellings(written: string): string[] {
  const withoutQuery = written.replace(/[?#].*$/s, '');
  const forms = [written, decoded(written), withoutQuery, decoded(withoutQuery)];
  return [...new Set(forms.flatMap((form) => [form, form.normalize('NFC'), form.normalize('NFD')]))].filter((form) => form !== '' && !form.includes('\0'));
}

function decoded(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}

/** The real path of the first file that exists. */
async function firstExisting(files: string[]): Promise<string | undefined> {
  for (const file of files) {
    const found = await realpath(file).catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(String(error.code));
}

export function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
