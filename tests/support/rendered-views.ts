import { globSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { viewsFolder } from '../../src/app.ts';
import { View } from '../../src/web/views.ts';

/** Records the views that this process renders during a test. Returns a function that lists the newsroom's pages, such as `articles/deletion`, that have not been rendered. */
export function recordViews(): () => string[] {
  const folder = path.join(viewsFolder, 'admin');
  const render = vi.spyOn(View.prototype, 'render');
  onTestFinished(() => render.mockRestore());
  return () => {
    const rendered = new Set(render.mock.contexts.map((view) => (view instanceof View ? path.relative(folder, view.path) : '')));
    // Partials begin with an underscore.
    const pages = globSync('**/[!_]*.ejs', { cwd: folder }).map((file) => file.replace('.ejs', ''));
    return pages.filter((page) => !rendered.has(page)).toSorted();
  };
}
