import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { temporaryFolder } from './test-site.ts';

/** html-validate resolves the configuration again for each page, which takes longer than checking the page. */
class ResolvedOnceLoader extends StaticConfigLoader {
  #resolved: ReturnType<StaticConfigLoader['getConfigFor']> | undefined;

  override getConfigFor(...of: Parameters<StaticConfigLoader['getConfigFor']>): ReturnType<StaticConfigLoader['getConfigFor']> {
    this.#resolved ??= super.getConfigFor(...of);
    return this.#resolved;
  }
}

const validator = new HtmlValidate(new ResolvedOnceLoader({
  extends: ['html-validate:standard'],
  rules: { 'no-trailing-whitespace': 'off', 'void-style': 'off', 'long-title': 'off', 'doctype-style': 'off', 'no-inline-style': 'error' },
}));

/** The problems that html-validate reports. `pages` has HTML by page name. */
export async function problemsByRules(pages: Map<string, string>): Promise<string[]> {
  const problems: string[] = [];
  for (const [page, html] of pages) {
    const report = await validator.validateString(html);
    problems.push(...report.results.flatMap(({ messages }) => messages.map(({ line, ruleId, message }) => `${page}:${line} ${ruleId}: ${message}`)));
  }
  return problems;
}

/** Halve the CPU time of a run of a few seconds. The checker needs a larger stack than the default when code is compiled this way. */
const javaOptions = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xss8m'];

const hasJava = spawnSync('java', ['-version']).status === 0;

/** The errors and warnings of the Nu HTML checker, or an empty string if there are none or Java is missing. */
export async function problemsByNu(pages: Map<string, string>): Promise<string> {
  if (!hasJava) return '';
  const folder = await temporaryFolder();
  const files: string[] = [];
  for (const [page, html] of pages) {
    const file = path.join(folder, `${files.length}-${page.replaceAll(/\W+/g, '-')}.html`);
    await writeFile(file, html);
    files.push(file);
  }
  const jar = path.join(path.dirname(createRequire(import.meta.url).resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
  const { status, stderr } = spawnSync('java', [...javaOptions, '-jar', jar, ...files], { encoding: 'utf8' });
  return status === 0 && stderr === '' ? '' : stderr.replaceAll(folder, '') || `the checker ended with ${status}`;
}
