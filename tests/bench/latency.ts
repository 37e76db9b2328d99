import { ask, expectStatus, keepAlive } from './client.ts';

/** One of several things whose times are measured by turns. */
export interface Subject {
  name: string;
  url: string;
  paths: string[];
}

/** How many of the first requests of each are not counted. */
const warmUp = 50;

/**
 * The times of each subject's requests, in milliseconds, by name and round. One request after another on kept
 * connections, each subject's by turns, so that what disturbs the machine disturbs them alike.
 */
export async function measureByTurns(subjects: Subject[], rounds: number): Promise<Map<string, number[][]>> {
  const agents = new Map(subjects.map(({ url }) => [url, keepAlive()]));
  const get = async ({ url, paths }: Subject, index: number) => {
    const place = paths[index % paths.length] ?? '/';
    return expectStatus(200, ask(agents.get(url) ?? keepAlive(), `${url}${place}`), place);
  };
  const longest = Math.max(...subjects.map(({ paths }) => paths.length));
  const times = new Map(subjects.map(({ name }) => [name, Array.from({ length: rounds }, (): number[] => [])]));
  try {
    for (let index = 0; index < warmUp; index += 1) for (const subject of subjects) await get(subject, longest - 1 - index);
    for (let index = 0; index < longest; index += 1) {
      const round = Math.floor((index * rounds) / longest);
      // Who comes first changes, because the first may find the processor's caches cold.
      for (const subject of index % 2 === 0 ? subjects : subjects.toReversed()) {
        const { time } = await get(subject, index);
        times.get(subject.name)?.[round]?.push(time);
      }
    }
  } finally {
    for (const agent of agents.values()) agent.destroy();
  }
  return times;
}
