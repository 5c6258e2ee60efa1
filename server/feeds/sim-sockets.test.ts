import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { departmentFeeds } from '@/server/departments/registry.ts';
import type { FeedRecord } from '@/server/wire/record.ts';
import { type Options, readOptions } from '@/sim/options.ts';
import { pushSources } from '@/sim/push/record.ts';
import { run } from '@/sim/run.ts';
import { documentSources } from '@/sim/speakers.ts';
import { protocolById } from './registry.ts';
import { openHttpPush } from './transport/http-push.ts';
import type { Delivery, FeedPort } from './transport/port.ts';
import { openTcpFeed } from './transport/tcp.ts';

const folder = mkdtempSync(join(tmpdir(), 'city-sim-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every stream protocol that the simulator speaks on lines of its own, but for those that other tests hold. */
const streams = ['jt808', 'hj212', 'sl651', 'gb26875', 'ais'] as const;

it('speaks as every department over real sockets, is refused nothing, and ends when it is told', async () => {
  const records = new Map<string, FeedRecord[]>();
  const refused: string[] = [];
  const port: FeedPort = {
    received: () => undefined,
    noise: (feed, bytes) => refused.push(`${feed}: ${bytes} bytes of noise`),
    refused: async (feed, refusal) => void refused.push(`${feed}: ${refusal.refused} ${refusal.detail}`),
    status: () => undefined,
    records: async (feed, delivery: Delivery) => {
      for (const refusal of delivery.refusals) refused.push(`${feed}: ${refusal.refused} ${refusal.detail}`);
      records.set(feed, [...(records.get(feed) ?? []), ...delivery.records]);
      return true;
    },
  };
  const tcp = streams.map((name) => openTcpFeed({ feedId: name, protocol: protocolById(name)!, port, listenPort: 0 }));
  const sources = departmentFeeds.filter(({ feed }) => feed.transport === 'http-push').map(({ feed }) => feed);
  const http = openHttpPush({
    listenPort: 0,
    port,
    schema: () => ({}),
    feeds: sources.map(({ id, crs, protocol }) => ({ id, crs, protocol: protocolById(protocol)! })),
    authenticate: (token) => {
      const feed = sources.find(({ id }) => token === `token-of-${id}`);
      return feed ? { feedId: feed.id, department: 'any' } : null;
    },
  });
  await Promise.all([...tcp.map(({ ready }) => ready), http.ready]);
  const tokens = join(folder, 'push-tokens.json');
  writeFileSync(tokens, JSON.stringify(Object.fromEntries(sources.map(({ id }) => [id, `token-of-${id}`]))));
  const base = `http://127.0.0.1:${http.address()!.port}/v1`;
  const argv = [
    ...['--units', '60', '--speed', '20', '--stations', '500', '--vessels', '12', '--tokens', tokens],
    ...['--push', `${base}/push`, '--cap', `${base}/cap`, '--documents-port', '0'],
    ...['--jt809', 'off', '--gb28181', 'off', '--mqtt', 'off'],
    ...streams.flatMap((name, at) => [`--${name}`, `127.0.0.1:${tcp[at]!.address()!.port}`]),
  ];
  const said: string[] = [];
  const running = await run(readOptions(argv, {}) as Options, (line) => said.push(line));

  // Events that a minute at speed 20 is too short for may stay out.
  const rare = new Set(['market-lifts']);
  const spoken = new Set<string>([...pushSources, ...documentSources, 'meteorology-cap']);
  const expected = [...streams, ...sources.map(({ id }) => id).filter((id) => spoken.has(id) && !rare.has(id))];
  expect(expected.length).toBe(streams.length + spoken.size - rare.size);
  await vi.waitFor(
    () => {
      for (const id of expected) expect(records.get(id)?.length ?? 0, `${id} ${refused.join()}`).toBeGreaterThan(0);
      const subjects = (name: string) => new Set(records.get(name)?.map((record) => record.subject.key)).size;
      expect(subjects('jt808')).toBe(49);
      expect(subjects('ais')).toBeGreaterThan(8);
      expect(subjects('hj212')).toBeGreaterThan(20);
      expect(subjects('sl651')).toBeGreaterThan(20);
    },
    { timeout: 60_000, interval: 200 },
  );

  const documents = /供轮询：(\S+?)、/.exec(said.join('\n'))?.[1];
  const report = await fetch(documents!);
  expect(await report.text()).toMatch(/^METAR ZSNJ \d{6}Z .*\nTAF ZSNJ /);
  const again = await fetch(documents!, { headers: { 'if-none-match': report.headers.get('etag')! } });
  expect(again.status).toBe(304);

  running.stop();
  await running.ended;
  await Promise.all([...tcp.map((feed) => feed.close()), http.close()]);
  expect(refused).toEqual([]);
  expect(said.at(-1)).toBe('城市模拟器已停止');
  for (const feed of tcp) expect(feed.connections()).toBe(0);
}, 90_000);
