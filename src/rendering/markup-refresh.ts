import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { markupKey } from '../content/markdown/markdown.ts';
import type { Languages } from '../messages/languages.ts';
import type { Logger } from '../observability/log.ts';
import { renderOutdated } from '../storage/articles/outdated-markup.ts';
import type { Database } from '../storage/database/database.ts';
import { loadSettings } from '../storage/site/settings.ts';
import { markdownOptions } from './markdown-options.ts';
import type { Renderer } from './renderer.ts';

interface RefreshParts {
  db: Database;
  config: Config;
  languages: Languages;
  renderer: Renderer;
  log: Logger;
  /** UTC milliseconds. */
  clock: () => number;
}

/** Renders stored bodies again in the background: after an upgrade, and after a change of a setting on which they depend. */
export class MarkupRefresh {
  readonly #parts: RefreshParts;
  #isWanted = false;
  #isStopped = false;
  #running: Promise<void> | undefined;

  constructor(parts: RefreshParts) {
    this.#parts = parts;
  }

  /** Returns at once. If a refresh is running, it begins again with the present settings. */
  start(): void {
    this.#isWanted = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  /** Resolves when no refresh is running any more. A restarted site continues it. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#isWanted && !this.#isStopped) {
      this.#isWanted = false;
      await this.#refresh();
    }
  }

  async #refresh(): Promise<void> {
    const { db, config, languages, renderer, log, clock } = this.#parts;
    try {
      const options = markdownOptions({ config, languages }, await loadSettings(db));
      await renderOutdated(db, markupKey(options), async (markdown, place) => {
        const body = await renderer.render(markdown, options, 'background');
        if (body.isPlain) log.warn({ place }, 'the formatting of a text takes too long to process, so readers see the Markdown text in plain paragraphs');
        return body;
      }, clock, async () => {
        await nextTurn();
        return !this.#isWanted && !this.#isStopped;
      });
    } catch (error) {
      log.error({ err: error }, 'stored HTML could not be rendered again, so readers see the HTML of the previous version; restart the site to retry');
    }
  }
}
