import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const sources = ['package-lock.json', 'public', 'src', 'views'];

/** A hash of the program's code, views, styles and dependencies, and of the settings that pages depend on. Takes about 50 ms. */
export async function programVersion(project: string, settings: string): Promise<string> {
  const files = (await Promise.all(sources.map((source) => listFiles(path.join(project, source))))).flat().toSorted();
  const contents = await Promise.all(files.map((file) => readFile(file)));
  const hash = createHash('sha256').update(settings);
  files.forEach((file, index) => hash.update(`\n${path.relative(project, file)}\n`).update(contents[index] ?? ''));
  return hash.digest('hex').slice(0, 16);
}

async function listFiles(place: string): Promise<string[]> {
  if (path.extname(place) !== '') return [place];
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}
