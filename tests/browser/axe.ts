import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Describes the violations that axe finds on a page, except in the part with the selector `exclude`; `name` is put in front of each. */
export async function axeFaults(page: Page, name: string, { exclude }: { exclude?: string } = {}): Promise<string[]> {
  // Legacy mode does not look into frames of other origins. In exchange, it opens no further page for each check.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (exclude !== undefined) axe.exclude(exclude);
  const { violations } = await axe.options({ rules: { 'target-size': { enabled: true } } }).analyze();
  return violations.map(({ id, nodes }) => `${name}, ${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}
