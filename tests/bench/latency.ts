import { sendRequest, expectStatus, keepAliveAgent } from './client.ts';

/** One of several things whose times are measured by turns. */
export interface Subject {
  name: string;
  url: string;
  paths: string[];
  /** The times of its requests in milliseconds, round by round. */
  rounds: number[][];
}

/** How many of the first requests of each are not counted. */
const warmUp = 50;

/**
 * Notes the times of each subject's requests: one request after another on kept connections, the subjects by turns, so
 * that what disturbs the machine disturbs them alike.
 */
export async function measureByTurns(subjects: Subject[], rounds: number): Promise<void> {
  const agents = new Map(subjects.map(({ url }) => [url, keepAliveAgent()]));
  const get = async ({ url, paths }: Subject, index: number) => {
    const place = paths[index % paths.length] ?? '/';
    return expectStatus(200, sendRequest(agents.get(url) ?? keepAliveAgent(), `${url}${place}`), place);
  };
  const longest = Math.max(...subjects.map(({ paths }) => paths.length));
  try {
    for (let index = 0; index < warmUp; index += 1) for (const subject of subjects) await get(subject, longest - 1 - index);
    for (let index = 0; index < longest; index += 1) {
      if (index % Math.ceil(longest / rounds) === 0) for (const subject of subjects) subject.rounds.push([]);
      // Who comes first changes, because the first may find the processor's caches cold.
      for (const subject of index % 2 === 0 ? subjects : subjects.toReversed()) {
        const { time } = await get(subject, index);
        subject.rounds.at(-1)?.push(time);
      }
    }
  } finally {
    for (const agent of agents.values()) agent.destroy();
  }
}
