import { once } from 'node:events';
import type { Server } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

/**
 * Watches a server from its start, so that it can be closed as soon as what it is answering has been answered.
 * The HTTP server's own `close` cuts an answer whose reader is slow, as soon as its last byte is written but not
 * sent, and waits for browsers that connected ahead and asked for nothing.
 *
 * @param patience how long the answers may take once it is closing, in milliseconds
 */
export function closer(server: Server, patience: number): () => Promise<void> {
  const requests = new Map<Socket, number>();
  let closing = false;

  server.on('connection', (socket) => {
    requests.set(socket, 0);
    socket.once('close', () => requests.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    requests.set(socket, (requests.get(socket) ?? 0) + 1);
    response.once('close', () => {
      if (!requests.has(socket)) return;
      const left = (requests.get(socket) ?? 0) - 1;
      requests.set(socket, left);
      if (closing && left === 0) socket.destroySoon();
    });
  });

  return async () => {
    closing = true;
    const closed = once(server, 'close');
    NetServer.prototype.close.call(server);
    for (const [socket, running] of requests) if (running === 0) socket.destroy();
    const impatient = setTimeout(() => server.closeAllConnections(), patience);
    await closed;
    clearTimeout(impatient);
  };
}
