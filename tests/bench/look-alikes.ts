import { between, pick, type Random } from './random.ts';

/** An article as `npx broadsheet import` reads it. */
export interface Report {
  title: string;
  standfirst: string;
  body: string;
}

const syllables = ['ka', 'lo', 'mer', 'tan', 'vi', 'do', 'ren', 'sa', 'bel', 'nor', 'tri', 'wex', 'ham', 'ola', 'pri', 'zan', 'gor', 'el', 'fin', 'ster'];

/** Reports that are made from a template and are each about something else. */
export const templates: Record<string, (random: Random) => Report> = { 'quarterly results': results, 'police reports': policeReport };

function results(random: Random): Report {
  const amount = (from: number, to: number) => (from + random() * (to - from)).toFixed(1);
  const company = `${name(random)} ${pick(random, ['Corp', 'Inc', 'Industries', 'Group', 'Holdings'])}`;
  const [profit, direction] = [amount(2, 900), pick(random, ['rose', 'fell'])];
  return {
    title: `${company} reports quarterly profit of ${profit} million`,
    standfirst: `The net income of ${company} ${direction} to ${profit} million from ${amount(2, 900)} million a year ago.`,
    body: [
      `${company} said that its net income for the quarter was ${profit} million, or ${amount(0.1, 4)} per share, compared with ${amount(2, 900)} million, or ${amount(0.1, 4)} per share, in the same period of last year. Revenue for the quarter ${direction} to ${amount(100, 9000)} million from ${amount(100, 9000)} million.`,
      `The chief executive, ${name(random)} ${name(random)}, said that the results reflected better margins and continued control of costs in all divisions. For the first half of the year, net income was ${amount(4, 1800)} million on revenue of ${amount(200, 18_000)} million.`,
      `The company will pay a dividend of ${amount(0.1, 1)} per share to holders of record at the end of the month. Its shares closed at ${amount(10, 90)}, ${pick(random, ['up', 'down'])} ${amount(0.1, 3)}.`,
    ].join('\n\n'),
  };
}

function policeReport(random: Random): Report {
  const [city, street] = [name(random), `${name(random)} ${pick(random, ['Street', 'Avenue', 'Road'])}`];
  const age = between(random, 20, 60);
  return {
    title: pick(random, [`Man injured in ${city} crash`, `Police investigate crash in ${city}`, `${city} man, ${age}, in hospital after crash`]),
    standfirst: `Officers were called to ${street} in ${city} late on ${pick(random, ['Friday', 'Saturday', 'Sunday'])}.`,
    body: [
      `A man was injured in a crash in ${city}, police said. Officers were called to ${street} at about ${between(random, 1, 11)}:${between(random, 10, 59)} p.m. and found ${name(random)} ${name(random)}, ${age}, beside a damaged car.`,
      `He was taken to a hospital, where he was in a stable condition. A police spokesman, ${name(random)}, said that detectives were interviewing witnesses and looking at video recordings, and that nobody had been arrested.`,
      `Anyone with information is asked to call the ${city} police department. ${pick(random, ['It was the third crash on the street this year.', 'The road was closed until the morning.', 'Neighbours said that they had heard the impact.'])}`,
    ].join('\n\n'),
  };
}

function name(random: Random): string {
  const word = pick(random, syllables) + pick(random, syllables) + pick(random, syllables);
  return `${word[0]?.toUpperCase()}${word.slice(1)}`;
}

/** Another version of a report: some words are different, a sentence is added, and the title may be. */
export function revised(random: Random, { title, standfirst, body }: Report): Report {
  const words = body.split(' ').map((word) => (random() < 0.02 ? 'about' : word)).join(' ');
  return { title: random() < 0.5 ? title : `Update: ${title}`, standfirst, body: `${words}\n\nThis report was updated with ${name(random)}’s statement, which reached us in the evening.` };
}
