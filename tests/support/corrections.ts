import { addCorrection } from '../../src/storage/articles/add-correction.ts';
import { makeEditor } from './admin.ts';
import type { TestSite } from './test-site.ts';

const editors = new WeakMap<TestSite, number>();

/** Adds a correction, at the site's time. */
export async function correct(site: TestSite, { id }: { id: number }, text: string): Promise<void> {
  const editorId = editors.get(site) ?? (await makeEditor(site, { role: 'editor' })).id;
  editors.set(site, editorId);
  const result = await addCorrection(site.context.db, { articleId: id, text, editorId }, site.time.now);
  if (result !== 'added') throw new Error(`The correction was not added: ${result}`);
}
