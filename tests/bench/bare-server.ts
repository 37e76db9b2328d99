// A plain `node:http` server that sends the same bytes for every request, as the upper limit of what Node can do. Its
// arguments are the port and a JSON file with the responses.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { BareAnswers, StoredAnswer } from './bare.ts';

const [port = '0', file = ''] = process.argv.slice(2);
const answers: BareAnswers = JSON.parse(readFileSync(file, 'utf8'));
const page = prepare(answers.page);
const notModified = prepare(answers.notModified ?? answers.page);

createServer((request, response) => {
  const { status, headers, body, isDated } = request.headers['if-none-match'] === undefined ? page : notModified;
  response.sendDate = isDated;
  response.writeHead(status, headers);
  response.end(body);
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));

/** Leaves out the headers that node:http adds itself: the date and those of the connection. */
function prepare({ status, rawHeaders, body }: StoredAnswer) {
  const own = new Set(['date', 'connection', 'keep-alive']);
  const headers = rawHeaders.filter((_, index) => !own.has((rawHeaders[index - (index % 2)] ?? '').toLowerCase()));
  const isDated = rawHeaders.some((text, index) => index % 2 === 0 && text.toLowerCase() === 'date');
  return { status, headers, body: Buffer.from(body, 'base64'), isDated };
}
