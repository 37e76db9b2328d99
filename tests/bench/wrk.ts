import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { cpuSeconds, remove, removeAtExit, startOn } from './processes.ts';

/** What wrk asks for, again and again. */
export interface Load {
  url: string;
  headers?: Record<string, string>;
  /** A script of wrk's, from {@link writePaths}. */
  script?: string;
}

export interface Throughput {
  /** Requests answered in a second. */
  perSecond: number;
  /** How much of its core the client used, 0 to 1. */
  clientShare: number;
}

const connections = 32;
const maxAttempts = 3;
/** How long a measurement and the warm-up before it take, in seconds; the first warm-up lasts until V8 has optimised what makes pages. */
const duration = { measured: 2, firstWarmUp: 10, warmUp: 1 };

/** @throws one line where wrk or taskset is missing */
export function requireTools(): void {
  for (const [tool, name] of [['wrk', 'wrk'], ['taskset', 'util-linux']] as const) {
    try {
      execFileSync('which', [tool], { stdio: 'ignore' });
    } catch (error) {
      throw new Error(`${tool} is missing: install it (Debian and Ubuntu: apt-get install ${name}).`, { cause: error });
    }
  }
}

export interface Target extends Load {
  /** What it results, round by round. */
  results: Throughput[];
}

/** Loads each target by turns, round by round, and notes what it results. */
export async function interleave(targets: Target[], rounds: number, cores: number[]): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    for (const target of targets) {
      await load(target, round === 0 ? duration.firstWarmUp : duration.warmUp, cores);
      target.results.push(await loadUntilAnswered(target, cores));
    }
  }
}

/** Shared machines stand still for seconds at times: a round in which nothing was answered tells nothing, and is repeated. */
async function loadUntilAnswered(target: Target, cores: number[]): Promise<Throughput> {
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const results = await load(target, duration.measured, cores);
    if (results.perSecond > 0) return results;
  }
  throw new Error(`${target.url} answers nothing under load`);
}

/** How much of its core the client used at the most: near 1, it is the client that was measured. */
export function clientShareOf(...targets: Target[]): number {
  return Math.max(...targets.flatMap(({ results }) => results.map(({ clientShare }) => clientShare)));
}

/** What each round of one is to the same round of the other. */
export function ratiosOf(one: Target, other: Target): number[] {
  return one.results.map(({ perSecond }, round) => perSecond / (other.results[round]?.perSecond ?? Number.NaN));
}

/** Writes a script with which wrk asks for one path after another, from the first again when all are through; it goes with the block that wrote it. */
export function writePaths(paths: string[]): { file: string } & Disposable {
  const file = path.join(tmpdir(), `broadsheet-bench-${process.pid}.lua`);
  removeAtExit(file);
  const list = paths.map((one) => `  ${JSON.stringify(one)},`).join('\n');
  // The requests are put together before the measurement, so that the client's work is the same as without a script.
  writeFileSync(file, `local paths = {\n${list}\n}\nlocal requests = {}\nlocal next = 0\nfunction init(args)\n  for i, path in ipairs(paths) do requests[i] = wrk.format("GET", path) end\nend\nfunction request()\n  next = next % #requests + 1\n  return requests[next]\nend\n`);
  return { file, [Symbol.dispose]: () => remove(file) };
}

async function load({ url, headers = {}, script }: Load, seconds: number, cores: number[]): Promise<Throughput> {
  const given = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const child = startOn(cores, 'wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, ...given, ...(script ? ['-s', script] : []), url], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const output = child.stdout ? text(child.stdout) : '';
  // Before its end: with the process goes what it has used.
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
