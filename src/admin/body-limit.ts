import type { Request, RequestHandler, Response } from 'express';
import { RequestError } from '../errors.ts';
import type { Message } from '../messages/catalogue.ts';

/** If the connection of a refused request closed at once, the client might not receive the response. */
const closeDelayMs = 1000;

export interface FormReader {
  /** Of the whole body. */
  maxBytes: number;
  tooLarge: Message;
  parse: RequestHandler;
}

/** Refuses a form that is too long as soon as its length is known, while the parsers would read the whole body first. */
export function parseLimitedForm(readerOf: (request: Request, response: Response) => Promise<FormReader>): RequestHandler {
  return async (request, response, next) => {
    const { maxBytes, tooLarge, parse } = await readerOf(request, response);
    if (Number(request.get('Content-Length') ?? 0) > maxBytes) return next(refusal(request, response, tooLarge));
    let isFinished = false;
    // The parser also calls this function after it has read a body that was already refused.
    const finish = (error?: unknown) => {
      if (isFinished) return;
      isFinished = true;
      next(error);
    };
    if (request.get('Transfer-Encoding') !== undefined) {
      let left = maxBytes;
      request.on('data', (chunk: Buffer) => {
        const wasWithin = left >= 0;
        left -= chunk.length;
        if (wasWithin && left < 0) finish(refusal(request, response, tooLarge));
      });
    }
    parse(request, response, finish);
  };
}

function refusal(request: Request, response: Response, { key, values }: Message): RequestError {
  response.once('finish', () => {
    if (!request.complete) setTimeout(() => request.socket.destroy(), closeDelayMs).unref();
  });
  return new RequestError(413, key, values);
}
