import type { Page } from 'playwright-core';
import { axeFaults } from './axe.ts';
import type { Newsroom } from './newsroom.ts';

/** Checks pages with axe and in several widths and directions, in a dark browser with JavaScript. */
export async function inspector({ openSignedIn }: Newsroom): Promise<{ look: (page: Page) => Promise<void>; found: string[] }> {
  const dark = await openSignedIn('Ben Example', 'editor', { colorScheme: 'dark' });
  const found: string[] = [];
  const look = async (page: Page) => {
    const name = new URL(page.url()).pathname;
    await dark.goto(page.url());
    found.push(...(await axeFaults(dark, name)));
    for (const dir of ['rtl', 'ltr']) {
      await dark.evaluate((value) => document.documentElement.setAttribute('dir', value), dir);
      for (const width of [320, 768, 2000]) {
        await dark.setViewportSize({ width, height: 900 });
        if (await dark.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) found.push(`${name} scrolls sideways at ${width} px, ${dir}`);
      }
    }
  };
  return { look, found };
}
