import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { programVersion } from '../../src/startup/program-version.ts';
import { temporaryFolder } from '../support/test-site.ts';

test('the program’s version changes with code, views, styles, dependencies and address, and only with these', async () => {
  const folder = await temporaryFolder();
  const files = ['package-lock.json', 'public/css/base.css', 'src/reader/page.ts', 'views/reader/articles/article.ejs'];
  for (const name of files) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), 'first');
  }
  const version = () => programVersion(folder, 'https://news.example');
  const versions = [await version()];
  expect(await version()).toBe(versions[0]);
  for (const name of files) {
    await writeFile(path.join(folder, name), 'second');
    versions.push(await version());
  }
  await rename(path.join(folder, 'src/reader/page.ts'), path.join(folder, 'src/reader/other.ts'));
  versions.push(await version(), await programVersion(folder, 'https://other.example'));
  expect(new Set(versions).size).toBe(versions.length);
});
