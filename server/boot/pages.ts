import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import next from 'next';
import { contentPolicy, type PagePolicy } from './security-headers.ts';

export type Pages = {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Next's own sockets (reloading in development). */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
};

export type PagesOptions = PagePolicy & { readonly root: string; readonly hostname: string; readonly port: number };

/** Next renders pages and nothing else: no state of ours lives in its copy of the modules (DESIGN.md law 10). */
export async function openPages(options: PagesOptions): Promise<Pages> {
  const upgrades: Server = createServer(); // never listens; Next hangs its upgrade listener on it
  const { root: dir, hostname, port, dev } = options;
  const app = next({ dev, dir, hostname, port, httpServer: upgrades });
  await app.prepare();
  const handler = app.getRequestHandler();

  return {
    async handle(request, response) {
      const nonce = randomBytes(18).toString('base64');
      const policy = contentPolicy(nonce, request.headers.host, options);
      // Next takes the nonce for its own inline scripts from the request's policy.
      request.headers['content-security-policy'] = policy;
      response.setHeader('content-security-policy', policy);
      if (request.url?.startsWith('/map/'))
        response.setHeader('cache-control', 'public, max-age=300, stale-while-revalidate=86400');
      await handler(request, response);
    },
    upgrade: (request, socket, head) => {
      if (!upgrades.emit('upgrade', request, socket, head)) socket.destroy();
    },
    close: () => app.close(),
  };
}
