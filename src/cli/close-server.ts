import { once } from 'node:events';
import type { RequestListener, Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Two ways of closing a server. */
export interface Closer {
  /** As soon as what it is answering has been answered. */
  stop(): Promise<void>;
  /** Once nobody uses it any more: others have its port, and those who are connected are told with each answer to connect anew. */
  leave(): Promise<void>;
}

/** How long a connection that is kept alive stays open when the server stops, in milliseconds: whoever uses it within this time is told to connect anew. */
const farewell = 250;
/** How long those who are connected may stay when the server leaves, in milliseconds: longer than any connection is kept unused. */
const longestFarewell = 60_000;

/**
 * Has a server answer, and watches it from its start, so that it can be closed without cutting off anybody.
 * The HTTP server's own `close` cuts an answer whose reader is slow, as soon as its last byte is written but not
 * sent, and waits for browsers that connected ahead and asked for nothing.
 *
 * @param patience how long the answers may take once it is stopped, in milliseconds
 */
export function closer(server: Server, answer: RequestListener, patience: number): Closer {
  // What each connection was answered last; answers leave a connection in the order of its requests.
  const answers = new Map<Socket, ServerResponse | undefined>();
  let leaving = false;

  server.on('connection', (socket) => {
    answers.set(socket, undefined);
    socket.once('close', () => answers.delete(socket));
  });
  // One listener: two would cost a finished page a fiftieth of its time.
  server.on('request', (request, response) => {
    answers.set(request.socket, response);
    if (leaving) response.shouldKeepAlive = false;
    answer(request, response);
  });

  const close = async (longest: number) => {
    const closed = once(server, 'close');
    NetServer.prototype.close.call(server);
    const impatient = setTimeout(() => server.closeAllConnections(), longest);
    await closed;
    clearTimeout(impatient);
  };
  return {
    async stop() {
      leaving = true;
      const closed = close(patience);
      // What is on its way on connections that are kept alive is answered.
      await Promise.race([closed, delay(farewell)]);
      for (const [socket, last] of answers) endAfter(socket, last);
      // What comes on a connection that is being answered is answered too.
      server.prependListener('request', ({ socket }, response) => endAfter(socket, response));
      await closed;
    },
    async leave() {
      leaving = true;
      await close(longestFarewell);
    },
  };
}

function endAfter(socket: Socket, answer: ServerResponse | undefined): void {
  if (answer === undefined || answer.closed) socket.destroy();
  else answer.once('close', () => socket.destroySoon());
}
