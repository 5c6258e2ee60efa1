import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { capLinks } from '../cap/links.ts';
import type { CapDocument } from '../cap/message.ts';
import { cap } from '../cap/protocol.ts';
import { alertXml } from '../cap/testing/alerts.ts';
import { openHttpPoll } from './http-poll.ts';
import { createLinkBook, linkKey } from './poll-links.ts';
import { memoryPort } from './testing/memory-port.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** An index of `names`, each as a document, but those that `missing` names. */
async function hub(names: () => readonly string[], missing: ReadonlySet<string>, status = 404) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const name = (request.url ?? '').slice(1);
    asked.push(name);
    if (name === 'feed') {
      const entries = names().map(
        (of) => `<entry><id>${of}</id><title>t</title><updated>u</updated><link href="${of}"/></entry>`,
      );
      response.end(
        `<feed xmlns="http://www.w3.org/2005/Atom"><id>1</id><title>t</title><updated>u</updated>${entries.join('')}</feed>`,
      );
    } else if (missing.has(name)) response.writeHead(status).end();
    else response.end(alertXml({ identifier: name }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  const memory = memoryPort();
  const poll = openHttpPoll({
    feed: { id: 'emergency-cap-poll', protocol: cap, crs: 'wgs84' },
    port: memory.port,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`,
    intervalMs: 60_000,
    linksOf: (message) => capLinks(message as CapDocument),
    mostLinks: 3,
    manual: true,
  });
  closers.push(() => poll.close());
  return { poll, asked, code: () => memory.statuses.at(-1)?.status.code };
}

describe('documents that an index names and that are not there', () => {
  it('do not stand before those that are new', async () => {
    const names = ['gone1', 'gone2', 'gone3'];
    const { poll, asked } = await hub(() => names, new Set(names));
    expect(await poll.poll()).toMatchObject({ accepted: 0, openLinks: 3 });
    names.push('new1', 'new2');
    expect(await poll.poll()).toMatchObject({ accepted: 2, openLinks: 3 });
    expect(asked.slice(-3)).toEqual(['new1', 'new2', 'gone1']);
  });

  it('are given up after some polls, and the feed is well again', async () => {
    const { poll, code } = await hub(() => ['gone', 'there'], new Set(['gone']));
    const open: number[] = [];
    for (let turn = 0; turn < 5; turn++) open.push((await poll.poll()).openLinks);
    expect(open).toEqual([1, 1, 1, 1, 0]);
    expect(code()).toBe('polled');
    expect(await poll.poll()).toMatchObject({ result: 'unchanged' });
  });

  it('come later than their index: read as soon as they are there', async () => {
    const missing = new Set(['late']);
    const { poll } = await hub(() => ['late'], missing);
    expect(await poll.poll()).toMatchObject({ accepted: 0, openLinks: 1 });
    missing.clear();
    expect(await poll.poll()).toMatchObject({ accepted: 1, openLinks: 0 });
  });

  it('are never given up where the server only fails', async () => {
    const { poll } = await hub(() => ['broken'], new Set(['broken']), 503);
    for (let turn = 0; turn < 8; turn++) expect(await poll.poll()).toMatchObject({ openLinks: 1 });
  });
});

it('a document given up is asked for in its next version, and what the index names no longer is forgotten', () => {
  const book = createLinkBook();
  const link = (version: string) => ({ key: linkKey({ href: 'http://a/1', version }) });
  for (let turn = 0; turn < 5; turn++) book.failed(link('u').key, true);
  expect(book.open([link('u'), link('v'), link('v')])).toEqual([link('v')]);
  book.failed(link('v').key, true);
  book.open([]);
  for (let turn = 0; turn < 4; turn++) expect(book.failed(link('v').key, true)).toBe(false);
});
