import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CapMessage, encodeCap } from '../cap/encode.ts';
import { atomFeed, capMediaType } from '../cap/feed.ts';

export type CapFeedServer = { readonly url: string; publish(message: CapMessage): void; close(): Promise<void> };

const mostKept = 50;

/** The weather office's own web server, for a platform that polls: an Atom feed with an ETag and one document per bulletin. */
export async function startCapFeed(port: number, startedAtMs: number): Promise<CapFeedServer> {
  let kept: readonly CapMessage[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0]!;
    const found =
      path === '/cap/feed.atom'
        ? null
        : kept.find((each) => path === `/cap/${encodeURIComponent(each.identifier)}.xml`);
    if ((request.method !== 'GET' && request.method !== 'HEAD') || found === undefined) {
      response.writeHead(found === undefined ? 404 : 405, { 'content-type': 'text/plain' }).end('not here\n');
      return;
    }
    const body = found ? encodeCap(found) : atomFeed(kept, base(), startedAtMs);
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    const headers = {
      etag,
      'cache-control': 'no-cache',
      'content-type': found ? capMediaType : 'application/atom+xml; charset=utf-8',
    };
    if (request.headers['if-none-match'] === etag) response.writeHead(304, headers).end();
    else response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${base()}/cap/feed.atom`,
    publish(message) {
      kept = [...kept, message].slice(-mostKept);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
