import axe, { type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

// Describing the rules that pass would take longer than finding those that fail. The only frame is the preview, which is a reader's page.
const options: RunOptions = { resultTypes: ['violations'], iframes: false, rules: { 'target-size': { enabled: true } } };

/** Describes the violations that axe finds on a page, except in the part with the selector `exclude`; `name` is put in front of each. */
export async function axeFaults(page: Page, name: string, { exclude }: { exclude?: string } = {}): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async (given) => {
    const { axe: injected } = globalThis as unknown as { axe: typeof axe };
    const found = await injected.run({ exclude: given.exclude }, given.options);
    return found.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html.slice(0, 120)) }));
  }, { exclude: exclude === undefined ? [] : [exclude], options });
  return violations.map(({ id, nodes }) => `${name}, ${id}: ${nodes.join(' | ')}`);
}
