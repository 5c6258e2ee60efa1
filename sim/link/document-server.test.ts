import { afterEach, describe, expect, it } from 'vitest';
import { type DocumentServer, startDocumentServer } from './document-server.ts';

let server: DocumentServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

describe('a department’s own pages', () => {
  it('are answered whole, or as unchanged to whoever has them', async () => {
    server = await startDocumentServer(0);
    server.publish('/a.txt', { contentType: 'text/plain', body: 'one' });
    const first = await fetch(server.url('/a.txt?x=1'));
    expect([first.status, first.headers.get('content-type'), await first.text()]).toEqual([200, 'text/plain', 'one']);
    const asked = { headers: { 'if-none-match': first.headers.get('etag')! } };
    expect((await fetch(server.url('/a.txt'), asked)).status).toBe(304);
    server.publish('/a.txt', { contentType: 'text/plain', body: Buffer.from('two') });
    expect(await (await fetch(server.url('/a.txt'), asked)).text()).toBe('two');
    expect(await (await fetch(server.url('/a.txt'), { method: 'HEAD' })).text()).toBe('');
  });

  it('are read, not written, and nothing else stands there', async () => {
    server = await startDocumentServer(0);
    server.publish('/a.txt', { contentType: 'text/plain', body: 'one' });
    expect((await fetch(server.url('/b.txt'))).status).toBe(404);
    const written = await fetch(server.url('/a.txt'), { method: 'POST', body: 'x' });
    expect([written.status, written.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('do not start where the port is taken', async () => {
    server = await startDocumentServer(0);
    const taken = Number(new URL(server.url('/')).port);
    await expect(startDocumentServer(taken)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
