import type { Page } from 'playwright-core';
import { axeFaults } from './axe.ts';
import { inEachLook } from './browser.ts';
import type { Newsroom } from './newsroom.ts';

/** Checks pages with axe in both colour schemes, and in several widths and directions, in a browser of its own with JavaScript. */
export async function inspector({ openSignedIn }: Newsroom): Promise<{ look: (page: Page) => Promise<void>; found: string[] }> {
  const inspected = await openSignedIn('Ben Example');
  const found: string[] = [];
  let pages = 0;
  const look = async (page: Page) => {
    const name = new URL(page.url()).pathname;
    await inspected.goto(page.url());
    await inEachLook(inspected, pages, async (appearance) => {
      found.push(...(await axeFaults(inspected, `${name}, ${appearance}`)));
    });
    pages += 1;
    for (const dir of ['rtl', 'ltr']) {
      await inspected.evaluate((value) => document.documentElement.setAttribute('dir', value), dir);
      for (const width of [320, 768, 2000]) {
        await inspected.setViewportSize({ width, height: 900 });
        if (await inspected.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) found.push(`${name} scrolls sideways at ${width} px, ${dir}`);
      }
    }
  };
  return { look, found };
}
