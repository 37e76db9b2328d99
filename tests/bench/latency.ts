import { sendRequest, expectStatus, keepAliveAgent } from './client.ts';

/** Requests whose times are measured alternately with those of other subjects. */
export interface Subject {
  name: string;
  url: string;
  paths: string[];
  /** The response times in milliseconds, by round. */
  rounds: number[][];
}

/** Requests per subject that are sent first and not counted. */
const warmUp = 50;

/**
 * Measures the response times of each subject, one request at a time on persistent connections. The subjects alternate,
 * so that disturbances of the machine affect them equally.
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
      // The order alternates, because the first subject may find cold processor caches.
      for (const subject of index % 2 === 0 ? subjects : subjects.toReversed()) {
        const { time } = await get(subject, index);
        subject.rounds.at(-1)?.push(time);
      }
    }
  } finally {
    for (const agent of agents.values()) agent.destroy();
  }
}
