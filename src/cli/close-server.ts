import { once } from 'node:events';
import type { RequestListener, Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface GracefulShutdown {
  /** Waits for in-flight requests, for `stopTimeoutMs` at most. */
  stop(): Promise<void>;
  /** Sends `Connection: close` with each response, so that clients reconnect to another process on the same port. Waits until the last client has disconnected, for a minute at most. */
  drain(): Promise<void>;
}

/** Requests that are on their way on keep-alive connections when the server stops are still answered. */
const keepAliveDrainMs = 250;
const drainTimeoutMs = 60_000;

/**
 * Lets a server be closed without cutting off clients. Node's `server.close()` destroys the connection of a slow reader
 * once the response is written but not yet sent, and waits for preconnected sockets that never send a request.
 */
export function gracefulShutdown(server: Server, answer: RequestListener, stopTimeoutMs: number): GracefulShutdown {
  // A connection sends its responses in order, so its latest response is the one to wait for.
  const latestResponses = new Map<Socket, ServerResponse | undefined>();
  let isClosing = false;

  server.on('connection', (socket) => {
    latestResponses.set(socket, undefined);
    socket.once('close', () => latestResponses.delete(socket));
  });
  // A second listener would make a cached page 2 % slower.
  server.on('request', (request, response) => {
    latestResponses.set(request.socket, response);
    if (isClosing) response.shouldKeepAlive = false;
    answer(request, response);
  });

  const close = async (timeoutMs: number) => {
    const closed = once(server, 'close');
    NetServer.prototype.close.call(server);
    const timeout = setTimeout(() => server.closeAllConnections(), timeoutMs);
    await closed;
    clearTimeout(timeout);
  };
  return {
    async stop() {
      isClosing = true;
      const closed = close(stopTimeoutMs);
      await Promise.race([closed, delay(keepAliveDrainMs)]);
      for (const [socket, latest] of latestResponses) endAfter(socket, latest);
      server.prependListener('request', ({ socket }, response) => endAfter(socket, response));
      await closed;
    },
    async drain() {
      isClosing = true;
      await close(drainTimeoutMs);
    },
  };
}

function endAfter(socket: Socket, response: ServerResponse | undefined): void {
  if (response === undefined || response.closed) socket.destroy();
  else response.once('close', () => socket.destroySoon());
}
