import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Document = { readonly contentType: string; readonly body: string | Uint8Array };
export type DocumentServer = {
  readonly url: (path: string) => string;
  /** What stands at a path from now on. */
  publish(path: string, document: Document): void;
  close(): Promise<void>;
};

/** A department's own web server for a platform that polls: whole documents with an ETag, GET and HEAD only, loopback only. */
export async function startDocumentServer(port: number): Promise<DocumentServer> {
  const held = new Map<string, Document & { readonly etag: string }>();
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0]!;
    const document = held.get(path);
    if (!document) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not here\n');
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    const headers = { etag: document.etag, 'cache-control': 'no-cache', 'content-type': document.contentType };
    if (request.headers['if-none-match'] === document.etag) response.writeHead(304, headers).end();
    else response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : document.body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: (path) => `${base}${path}`,
    publish(path, document) {
      const etag = `"${createHash('sha256').update(document.body).digest('base64url').slice(0, 22)}"`;
      held.set(path, { ...document, etag });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
