import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Server as NetServer, Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Listens on a free port of this machine until the test ends. Gives the port. */
export async function listen(server: NetServer | Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port; // listens on a port, not on a pipe
}

/** A real HTTP server; gives its address without a slash at the end. */
export const serve = async (listener: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await listen(createServer(listener))}`;

export type JsonReply = { status?: number; body?: unknown; text?: string; headers?: Record<string, string> };

/** A server that answers by `METHOD path` (without query), and everything else as Echo does; it keeps what came in. */
export async function serveJson(
  replies: Record<string, JsonReply | ((request: IncomingMessage) => JsonReply)>,
): Promise<{ url: string; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const url = await serve((request, response) => {
    requests.push(request);
    const route = `${request.method} ${new URL(request.url ?? '/', 'http://local').pathname}`;
    const found = replies[route] ?? { status: 404, body: { message: 'Not Found' } };
    const reply = typeof found === 'function' ? found(request) : found;
    const type = reply.text === undefined ? 'application/json' : 'text/plain';
    response.writeHead(reply.status ?? 200, { 'content-type': type, ...reply.headers });
    response.end(reply.text ?? (reply.body === undefined ? '' : JSON.stringify(reply.body)));
  });
  return { url, requests };
}
