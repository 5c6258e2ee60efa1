import { afterEach, describe, expect, it } from 'vitest';
import type { Actor } from '@/server/domain/role.ts';
import { createLatestReadings, type ReadingUpdate } from '@/server/live/latest-readings.ts';
import type { ReadingsMessage, Told } from '@/server/wire/realtime.ts';
import type { Client, GatewayServer } from './client.ts';
import { defaultLimits } from './port.ts';
import { createReadingsLane } from './readings-lane.ts';
import { dispatcher, next, startGateway } from './testing/harness.ts';

const start = 1_760_000_000_000;
const update = (station: string, more: Partial<ReadingUpdate> = {}): ReadingUpdate => ({
  station,
  feed: 'water-sl651',
  department: 'water',
  property: 'Z',
  value: 7,
  unit: 'm',
  observedAt: start,
  receivedAt: start,
  quality: 'good',
  maximum: null,
  intervalS: null,
  expectedIntervalS: 300,
  ...more,
});

type Fake = Client & { waits: { packets: number; bytes: number }; told: Told[] };
function fakeClient(id: string, key = 'dispatcher', actor: Actor = dispatcher): Fake {
  const waits = { packets: 0, bytes: 0 };
  const told: Told[] = [];
  return {
    socket: { id, emit: (_event: string, message: Told) => told.push(message) },
    actor,
    audience: { key, sees: () => true },
    sender: { waiting: () => waits },
    waits,
    told,
  } as unknown as Fake;
}

function created(limits = {}) {
  const readings = createLatestReadings(() => null);
  const sent: { to: string[]; message: ReadingsMessage }[] = [];
  const io = {
    to: (ids: string[]) => ({
      emit: (_event: string, message: ReadingsMessage) => sent.push({ to: [...ids].sort(), message }),
    }),
  } as unknown as GatewayServer;
  const access = {
    seesStation: (actor: Actor, scope: string) => actor.department === null || scope.startsWith(actor.department),
  } as never;
  const clock = { now: start };
  const ports = { access, readings, now: () => clock.now };
  const lane = createReadingsLane(io, ports, { ...defaultLimits, ...limits });
  return {
    readings,
    lane,
    sent,
    clock,
    stations: () => sent.map(({ message }) => message.stations.map((one) => one.station)),
  };
}

describe('who comes', () => {
  it('gets everything it may see with the next tick, then what changed; a class has one encoding', () => {
    const { readings, lane, sent, stations } = created();
    const [a, b] = [fakeClient('a'), fakeClient('b')];
    const fire = fakeClient('c', 'liaison|fire', { ...dispatcher, roles: ['liaison'], department: 'fire' });
    readings.update(update('x/1'));
    readings.update(update('x/2', { department: 'fire' }));
    for (const client of [a, b, fire]) lane.join(client);
    lane.tick();
    expect(sent.map(({ to, message }) => [to, message.all])).toEqual([
      [['a', 'b'], true],
      [['c'], true],
    ]);
    expect(stations()).toEqual([['x/1', 'x/2'], ['x/2']]);
    sent.length = 0;
    readings.update(update('x/1', { observedAt: start + 1 }));
    lane.tick();
    expect(sent.map(({ to, message }) => [to, message.all])).toEqual([[['a', 'b'], false]]);
    sent.length = 0;
    lane.tick();
    expect(sent).toEqual([]);
  });

  it('is told in messages of bounded size; the first says that what was known is void', () => {
    const { readings, lane, sent } = created({ readingsPart: 2 });
    for (let k = 0; k < 5; k++) readings.update(update(`x/${k}`));
    lane.join(fakeClient('a'));
    lane.tick();
    expect(sent.map(({ message }) => [message.all, message.stations.length])).toEqual([
      [true, 2],
      [false, 2],
      [false, 1],
    ]);
  });

  it('hears of an empty city that it is empty', () => {
    const { lane, sent } = created();
    lane.join(fakeClient('a'));
    lane.tick();
    expect(sent.map(({ message }) => message)).toEqual([{ all: true, at: start, stations: [] }]);
  });
});

describe('who does not keep up', () => {
  it('is skipped and told, then has the missed stations as they are now; the others miss nothing', () => {
    const { readings, lane, sent, stations } = created();
    const [fast, slow] = [fakeClient('fast'), fakeClient('slow')];
    for (const client of [fast, slow]) lane.join(client);
    lane.tick();
    sent.length = 0;
    slow.waits.bytes = 10_000_000;
    for (let k = 1; k <= 3; k++) {
      readings.update(update(`x/${k % 2}`, { value: k, observedAt: start + k }));
      lane.tick();
    }
    expect(sent.every(({ to }) => to.join() === 'fast')).toBe(true);
    expect(stations()).toEqual([['x/1'], ['x/0'], ['x/1']]);
    sent.length = 0;
    slow.waits.bytes = 0;
    lane.tick();
    expect(slow.told).toEqual([{ kind: 'readings-skipped', ticks: 3, since: start, total: 3 }]);
    expect(sent.map(({ to, message }) => [to, message.all])).toEqual([[['slow'], false]]);
    expect(sent[0]?.message.stations.map((one) => [one.station, one.readings[0]?.value])).toEqual([
      ['x/1', 3],
      ['x/0', 2],
    ]);
  });

  it('has everything anew where it missed too much, and a tick without changes is no skip', () => {
    const { readings, lane, sent } = created();
    const slow = fakeClient('slow');
    lane.join(slow);
    lane.tick();
    sent.length = 0;
    slow.waits.packets = 1_000;
    lane.tick();
    for (let k = 0; k < 600; k++) readings.update(update(`x/${k}`));
    lane.tick();
    slow.waits.packets = 0;
    lane.tick();
    expect(slow.told).toEqual([{ kind: 'readings-skipped', ticks: 1, since: start, total: 1 }]);
    expect(sent.map(({ message }) => [message.all, message.stations.length])).toEqual([[true, 600]]);
  });
});

describe('through the gateway', () => {
  let close: (() => Promise<void>) | null = null;
  afterEach(async () => close?.());

  it('a screen that subscribes has the stations, and each second what changed', async () => {
    const readings = createLatestReadings(() => null);
    readings.update(update('sl651/1', { receivedAt: 1_700_000_000_000, observedAt: 1_700_000_000_000 }));
    const started = await startGateway({ readingsMs: 30 }, { readings });
    close = started.close;
    const client = started.connect();
    await next(client, 'welcome');
    const whole = next(client, 'readings');
    client.emit('subscribe', { position: null, epoch: null });
    expect(await whole).toMatchObject({ all: true, stations: [{ station: 'sl651/1', readings: [{ value: 7 }] }] });
    const more = next(client, 'readings');
    readings.update(update('sl651/2'));
    expect(await more).toMatchObject({ all: false, stations: [{ station: 'sl651/2' }] });
  });
});
