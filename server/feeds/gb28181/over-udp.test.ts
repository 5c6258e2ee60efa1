import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { AlertRecord, PositionRecord, ReadingRecord } from '@/server/wire/record.ts';
import { device } from '@/sim/gb28181/device.ts';
import { openUdpLine } from '@/sim/gb28181/line.ts';
import { cutMessages } from '@/sim/gb28181/sip.ts';
import type { Protocol } from '../contract.ts';
import { openTcpFeed } from '../transport/tcp.ts';
import { memoryPort } from '../transport/testing/memory-port.ts';
import { openUdpFeed } from '../transport/udp.ts';
import { stationsOfCatalog } from './catalog.ts';
import { gb28181 } from './gb28181.ts';
import type { Gb28181Message } from './message.ts';

/** Two readings of the standard, written apart: what the simulator means must be what is read here. */
const platform = '32010000002000000001';
const recorder = '32010000001180000007';
const cameras = Array.from({ length: 5 }, (_, index) => ({
  id: `3201020000132000000${index}`,
  name: `新街口 ${index} 号机 <A&B>`,
  at: index === 4 ? null : ([118.78 + index / 1000, 32.04] as const),
  online: index !== 2,
  civilCode: '320102',
  address: '中山路',
}));
const atMs = Date.parse('2026-06-15T08:30:00+08:00');
const options = { passwords: { [recorder]: 'right 口令' }, ask: ['catalog'] };
const settings = { id: recorder, name: '新街口存储', cameras, platform };

async function listener(more: Record<string, unknown> = {}) {
  const memory = memoryPort();
  const feed = openUdpFeed({
    feedId: 'police-gb28181',
    protocol: gb28181 as Protocol,
    options: { ...options, ...more },
    port: memory.port,
    listenPort: 0,
  });
  await feed.ready;
  return { memory, feed, to: feed.address()! };
}

async function dial(to: { host: string; port: number }, password: string, edition: 2016 | 2022 = 2016) {
  const heard: string[] = [];
  let own: ReturnType<typeof device> | null = null;
  const line = await openUdpLine({
    to,
    heard: (bytes) => {
      heard.push(bytes.subarray(0, bytes.indexOf('\r')).toString('latin1'));
      return own?.received(bytes, atMs).send ?? [];
    },
  });
  own = device({ ...settings, password, own: line.own, edition });
  return { device: own, line, heard };
}

describe('a recorder over UDP', () => {
  for (const edition of [2016, 2022] as const)
    it(`of ${edition} registers by digest, and what it means is read`, async () => {
      const { memory, feed, to } = await listener();
      const { device: own, line, heard } = await dial(to, 'right 口令', edition);
      line.send(own.start());
      await memory.until(
        () => memory.deliveries.filter(({ delivery }) => (delivery.message as Gb28181Message).catalog).length === 3,
      );
      expect(own.phase()).toBe('registered');
      expect(own.platformDate()).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/);
      expect(heard.slice(0, 2)).toEqual(['SIP/2.0 401 Unauthorized', 'SIP/2.0 200 OK']);
      line.send([own.keepalive([cameras[3]!.id])]);
      line.send([
        own.position(cameras[0]!.id, {
          atMs,
          at: [118.796877, 32.060255],
          speedMps: 10,
          headingDeg: 90.5,
          altitudeM: 12.5,
        }),
      ]);
      line.send([
        own.alarm(cameras[1]!.id, {
          atMs,
          priority: 1,
          method: 5,
          type: 6,
          entering: true,
          description: '有人翻墙',
          at: [118.781, 32.04],
        }),
      ]);
      line.send([
        own.position(
          cameras[0]!.id,
          { atMs: atMs + 5_000, at: [118.7969, 32.0603], speedMps: 11, headingDeg: 91, altitudeM: 12 },
          true,
        ),
      ]);
      await memory.until(() => memory.records().length >= 1 + 5 + 2 + 1 + 1 + 1);
      await expect.poll(() => line.waiting()).toBe(0);

      const found = memory.records();
      const positions = found.filter((one): one is PositionRecord => one.kind === 'position');
      expect(positions.map((one) => [one.subject.key, one.observedAt])).toEqual([
        [cameras[0]!.id, atMs],
        [cameras[0]!.id, atMs + 5_000],
      ]);
      expect(positions[0]).toMatchObject({
        geometry: { coordinates: [118.796877, 32.060255] },
        speedMps: 10,
        headingDeg: 90.5,
        altitudeM: 12.5,
        quality: { flags: ['crs_assumed'] },
      });
      expect(found.find((one): one is AlertRecord => one.kind === 'alert')).toMatchObject({
        subject: { key: cameras[1]!.id },
        severity: 'Extreme',
        event: '入侵检测报警',
        headline: '入侵检测报警：有人翻墙',
        observedAt: atMs,
      });
      const online = found.filter((one): one is ReadingRecord => one.kind === 'reading' && one.property === 'online');
      expect(online.filter((one) => one.subject.key === recorder).map((one) => one.value)).toEqual([1, 1]);
      expect(cameras.map(({ id }) => online.find((one) => one.subject.key === id)?.value)).toEqual([1, 1, 0, 1, 1]);
      expect(
        found.filter((one) => one.kind === 'reading' && one.property === 'fault').map((one) => one.subject.key),
      ).toEqual([cameras[3]!.id]);
      const messages = memory.deliveries.map(({ delivery }) => delivery.message as Gb28181Message);
      expect(messages.flatMap(({ catalog }) => (catalog ? [catalog] : []))).toEqual(
        [2, 4, 5].map((received) => ({ received, total: 5 })),
      );
      const stations = stationsOfCatalog(messages, { crs: 'wgs84', department: 'police' });
      expect(stations.map((one) => [one.key, one.name, one.lonLat, one.district, one.address])).toEqual(
        cameras.map(({ id, name, at }) => [
          id,
          name,
          at ? [Number(at[0].toFixed(6)), at[1]] : null,
          '320102',
          '中山路',
        ]),
      );
      expect(memory.refused).toEqual([]);
      const kept = memory.deliveries.map(({ delivery }) => Buffer.from(delivery.raw).toString('latin1')).join();
      expect(kept.match(/response="([^"]*)"/g)).toEqual([
        edition === 2022 ? `response="${'*'.repeat(64)}"` : `response="${'*'.repeat(32)}"`,
      ]);

      line.send(own.leave());
      await expect.poll(() => own.phase()).toBe('idle');
      line.send([own.keepalive()]);
      await memory.until(() => memory.refused.length === 1);
      expect(memory.refused[0]?.refusal.refused).toBe('unauthorized');
      await expect.poll(() => heard.at(-1)).toBe('SIP/2.0 403 Forbidden');
      await line.close();
      await feed.close();
    });

  it('who does not know its password, or has not registered, gets nothing in', async () => {
    const { memory, feed, to } = await listener();
    const guesser = await dial(to, 'guess');
    guesser.line.send(guesser.device.start());
    await expect.poll(() => guesser.device.phase()).toBe('refused');
    guesser.line.send([guesser.device.keepalive()]);
    await memory.until(() => memory.refused.length === 2);
    await expect
      .poll(() => guesser.heard)
      .toEqual(['SIP/2.0 401 Unauthorized', 'SIP/2.0 403 Forbidden', 'SIP/2.0 403 Forbidden']);
    const right = await dial(to, 'right 口令');
    right.line.send(right.device.start());
    await expect.poll(() => right.device.phase()).toBe('registered');
    const broken = Buffer.from(
      right.device.keepalive().toString('latin1').replace('<Status>OK</Status>', '<Status>OK</Statu'),
      'latin1',
    );
    right.line.send([broken]);
    await expect.poll(() => right.heard.at(-1)).toBe('SIP/2.0 400 Bad Request');
    expect(memory.records().map((one) => one.subject.key)).not.toContain('guess');
    expect(memory.refused.map(({ refusal }) => refusal.refused)).toEqual([
      'unauthorized',
      'unauthorized',
      expect.stringMatching(/length|syntax/),
    ]);
    await Promise.all([guesser.line.close(), right.line.close()]);
    await feed.close();
  });
});

describe('a recorder over TCP', () => {
  it('speaks the same, torn and glued', async () => {
    const memory = memoryPort();
    const feed = openTcpFeed({
      feedId: 'police-gb28181',
      protocol: gb28181 as Protocol,
      options,
      port: memory.port,
      listenPort: 0,
    });
    await feed.ready;
    const socket = connect(feed.address()?.port ?? 0, '127.0.0.1');
    await once(socket, 'connect');
    const own = device({ ...settings, password: 'right 口令', own: `127.0.0.1:${socket.localPort}`, line: 'TCP' });
    let rest: Buffer = Buffer.alloc(0);
    const send = (messages: readonly Buffer[]) => {
      const all = Buffer.concat([Buffer.from('\r\n\r\n'), ...messages]);
      socket.write(all.subarray(0, 50));
      setImmediate(() => socket.write(all.subarray(50)));
    };
    socket.on('data', (chunk: Buffer) => {
      const cut = cutMessages(Buffer.concat([rest, chunk]));
      rest = cut.rest;
      for (const message of cut.messages) {
        const { send: answers } = own.received(message, atMs);
        if (answers.length > 0) send(answers);
      }
    });
    send(own.start());
    await memory.until(
      () => memory.deliveries.filter(({ delivery }) => (delivery.message as Gb28181Message).catalog).length === 3,
    );
    send([
      own.position(cameras[0]!.id, { atMs, at: [118.8, 32.1], speedMps: 1, headingDeg: 0, altitudeM: 0 }),
      own.keepalive(),
    ]);
    await memory.until(() => memory.records().length === 1 + 5 + 1 + 1);
    expect(memory.refused).toEqual([]);
    socket.destroy();
    await feed.close();
  });
});
