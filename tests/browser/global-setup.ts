import type { TestProject } from 'vitest/node';
import { unpackBrowser } from './unpack-browser.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    browserPath: string;
  }
}

/** Unpacks the browser once for all tests. */
export default async function setUp({ provide }: TestProject): Promise<() => Promise<void>> {
  const browser = await unpackBrowser();
  provide('browserPath', browser.path);
  return browser.remove;
}
