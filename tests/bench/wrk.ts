import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { cpuSeconds, remove, removeAtExit, startOn } from './processes.ts';

/** The requests that wrk repeats. */
export interface Load {
  url: string;
  headers?: Record<string, string>;
  /** The path of a wrk script, see {@link writePaths}. */
  script?: string;
}

export interface Throughput {
  /** Responses per second. */
  perSecond: number;
  /** The client's use of its core, from 0 to 1. */
  clientShare: number;
}

const connections = 32;
const maxAttempts = 3;
/** Seconds. The first warm-up is longer, until V8 has optimised the code that renders pages. */
const duration = { measured: 2, firstWarmUp: 10, warmUp: 1 };

/** @throws with a one-line message if wrk or taskset is missing */
export function requireTools(): void {
  for (const [tool, name] of [['wrk', 'wrk'], ['taskset', 'util-linux']] as const) {
    try {
      execFileSync('which', [tool], { stdio: 'ignore' });
    } catch (error) {
      throw new Error(`${tool} is missing. Install it (Debian and Ubuntu: apt-get install ${name}).`, { cause: error });
    }
  }
}

export interface Target extends Load {
  /** By round. */
  results: Throughput[];
}

/** Puts load on the targets alternately, and adds the results of each round to them. */
export async function interleave(targets: Target[], rounds: number, cores: number[]): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    for (const target of targets) {
      await load(target, round === 0 ? duration.firstWarmUp : duration.warmUp, cores);
      target.results.push(await measureOnce(target, cores));
    }
  }
}

/** Puts load on a target once, without counting it, until V8 has optimised the code. */
export async function warmUp(target: Load, cores: number[]): Promise<void> {
  await load(target, duration.firstWarmUp, cores);
}

/** Puts load on a target for two seconds. Shared machines sometimes pause for seconds. A round without any response is therefore repeated. */
export async function measureOnce(target: Load, cores: number[]): Promise<Throughput> {
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const throughput = await load(target, duration.measured, cores);
    if (throughput.perSecond > 0) return throughput;
  }
  throw new Error(`${target.url} does not respond under load`);
}

/** The client's highest use of its core. Near 1, the client was the bottleneck. */
export function clientShareOf(...targets: Target[]): number {
  return Math.max(...targets.flatMap(({ results }) => results.map(({ clientShare }) => clientShare)));
}

/** The ratio of two targets' rates in each round. */
export function ratiosOf(one: Target, other: Target): number[] {
  return one.results.map(({ perSecond }, round) => perSecond / (other.results[round]?.perSecond ?? Number.NaN));
}

/** Writes a wrk script that requests the paths in turn, repeatedly. Disposing of the result removes the file. */
export function writePaths(paths: string[]): { file: string } & Disposable {
  const file = path.join(tmpdir(), `broadsheet-bench-${process.pid}.lua`);
  removeAtExit(file);
  const list = paths.map((one) => `  ${JSON.stringify(one)},`).join('\n');
  // The script builds the requests beforehand, so that the client has no more work than without a script.
  writeFileSync(file, `local paths = {\n${list}\n}\nlocal requests = {}\nlocal next = 0\nfunction init(args)\n  for i, path in ipairs(paths) do requests[i] = wrk.format("GET", path) end\nend\nfunction request()\n  next = next % #requests + 1\n  return requests[next]\nend\n`);
  return { file, [Symbol.dispose]: () => remove(file) };
}

async function load({ url, headers = {}, script }: Load, seconds: number, cores: number[]): Promise<Throughput> {
  const given = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const child = startOn(cores, 'wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, ...given, ...(script ? ['-s', script] : []), url], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const output = child.stdout ? text(child.stdout) : '';
  // Read the CPU time just before wrk ends, because it is gone with the process.
  await pause(seconds * 1000 - 100);
  const used = cpuSeconds(child.pid ?? 0);
  await ended;
  return { ...readOutput(await output, url), clientShare: used / (seconds - 0.1) };
}

function readOutput(output: string, url: string): { perSecond: number } {
  const [, rate] = /^Requests\/sec:\s+([\d.]+)$/m.exec(output) ?? [];
  const fault = /^\s*(?:Non-2xx or 3xx responses|Socket errors): .*$/m.exec(output);
  if (rate === undefined || fault) throw new Error(`wrk on ${url}: ${fault?.[0].trim() ?? output}`);
  return { perSecond: Number(rate) };
}
