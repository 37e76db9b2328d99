// What nothing can be faster than: a plain `node:http` server that gives the same bytes whatever is options. A process of
// its own; its arguments are the port and a file that holds its answers.
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

/** Of the headers, node:http itself adds the date and what concerns the connection. */
function prepare({ status, rawHeaders, body }: StoredAnswer) {
  const own = new Set(['date', 'connection', 'keep-alive']);
  const headers = rawHeaders.filter((_, index) => !own.has((rawHeaders[index - (index % 2)] ?? '').toLowerCase()));
  const isDated = rawHeaders.some((text, index) => index % 2 === 0 && text.toLowerCase() === 'date');
  return { status, headers, body: Buffer.from(body, 'base64'), isDated };
}
