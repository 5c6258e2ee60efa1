import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { departmentFeeds } from '@/server/departments/registry.ts';
import type { FeedRecord } from '@/server/wire/record.ts';
import { operators } from '@/sim/fleets.ts';
import { type Options, readOptions } from '@/sim/options.ts';
import { documentSources } from '@/sim/posts.ts';
import { pushSources } from '@/sim/push/record.ts';
import { run } from '@/sim/run.ts';
import { protocolById } from './registry.ts';
import { openHttpPush } from './transport/http-push.ts';
import { openMqttBroker } from './transport/mqtt/broker.ts';
import type { Delivery, FeedPort } from './transport/port.ts';
import { openTcpFeed } from './transport/tcp.ts';
import { openUdpFeed } from './transport/udp.ts';

const folder = mkdtempSync(join(tmpdir(), 'city-sim-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every protocol that the simulator speaks over a line of its own. */
const streams = ['jt808', 'hj212', 'sl651', 'gb26875', 'ais', 'jt809'] as const;
const password = 'sim-8090';
const optionsOf: Partial<Record<(typeof streams)[number], unknown>> = {
  jt809: { accounts: operators.map(({ centerId, userId }) => ({ centerId, userId, password })) },
};
const mqttSource = 'emergency-sensors-mqtt';

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
  const tcp = streams.map((name) =>
    openTcpFeed({ feedId: name, protocol: protocolById(name)!, port, listenPort: 0, options: optionsOf[name] }),
  );
  const sip = openUdpFeed({
    feedId: 'gb28181',
    protocol: protocolById('gb28181')!,
    port,
    listenPort: 0,
    options: { password },
  });
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
  const broker = openMqttBroker({
    listenPort: 0,
    port,
    feeds: [{ id: mqttSource, crs: 'wgs84', protocol: protocolById('push')! }],
    authenticate: (token) => (token === `token-of-${mqttSource}` ? { feedId: mqttSource, department: 'any' } : null),
  });
  await Promise.all([...tcp.map(({ ready }) => ready), http.ready, sip.ready, broker.ready]);
  const tokens = join(folder, 'push-tokens.json');
  const given = [...sources.map(({ id }) => id), mqttSource].map((id) => [id, `token-of-${id}`] as const);
  const passwords = { 'transport-jt809': password, 'police-gb28181': password };
  writeFileSync(tokens, JSON.stringify({ ...Object.fromEntries(given), ...passwords }));
  const base = `http://127.0.0.1:${http.address()!.port}/v1`;
  const argv = [
    ...['--units', '700', '--speed', '6', '--stations', '500', '--vessels', '12', '--tokens', tokens],
    ...['--push', `${base}/push`, '--cap', `${base}/cap`, '--documents-port', '0'],
    ...['--gb28181', `127.0.0.1:${sip.address()!.port}`, '--mqtt', `mqtt://127.0.0.1:${broker.address()!.port}`],
    ...streams.flatMap((name, at) => [`--${name}`, `127.0.0.1:${tcp[at]!.address()!.port}`]),
  ];
  const said: string[] = [];
  const running = await run(readOptions(argv, {}) as Options, (line) => said.push(line));

  // Events that a minute at speed 6 is too short for may stay out.
  const rare = new Set(['market-lifts']);
  const spoken = new Set<string>([...pushSources, ...documentSources, 'meteorology-cap']);
  const expected = [
    ...streams,
    'gb28181',
    mqttSource,
    ...sources.map(({ id }) => id).filter((id) => spoken.has(id) && !rare.has(id)),
  ];
  expect(expected.length).toBe(streams.length + 2 + spoken.size - rare.size);
  await vi.waitFor(
    () => {
      for (const id of expected) expect(records.get(id)?.length ?? 0, `${id} ${refused.join()}`).toBeGreaterThan(0);
      const subjects = (name: string) => new Set(records.get(name)?.map((record) => record.subject.key)).size;
      expect(subjects('jt808')).toBeGreaterThan(100);
      expect(subjects('jt809')).toBeGreaterThan(40);
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
  await Promise.all([...tcp, http, sip, broker].map((feed) => feed.close()));
  expect(refused).toEqual([]);
  expect(said.at(-1)).toBe('城市模拟器已停止');
  for (const feed of tcp) expect(feed.connections()).toBe(0);
}, 90_000);
