import { describe, expect, it } from 'vitest';
import type { FeedRecord } from '@/server/wire/record.ts';
import { Batcher } from './batcher.ts';
import { Intake, type IntakePorts } from './intake.ts';
import { refuse } from './refusal.ts';
import type { Origin } from './transport/port.ts';

const origin = (receivedAt = 1_000, source = 'a:1'): Origin => ({ receivedAt, source, connection: 'c1' });
const base = {
  observedAt: 1,
  sourceAt: 1,
  relayedAt: null,
  receivedAt: null,
  geometry: { type: 'Point' as const, coordinates: [118.78, 32.05] as [number, number] },
  crsReceived: 'wgs84' as const,
  geometrySource: 'message' as const,
  quality: { state: 'good' as const, flags: [] },
  revision: 0,
  privacy: 'none' as const,
  subject: { scheme: 'jt808', key: '1' },
  dedupeKey: 'k',
};
const position = (extras: Record<string, boolean> = {}): FeedRecord => ({
  kind: 'position',
  ...base,
  altitudeM: null,
  speedMps: 1,
  headingDeg: 1,
  accuracyM: null,
  fixed: true,
  extras,
});
const reading = (value: number, limit: number | null): FeedRecord => ({
  kind: 'reading',
  ...base,
  property: 'waterLevel',
  statistic: 'instant',
  intervalS: null,
  value,
  unit: 'm',
  rawValue: value,
  rawUnit: 'm',
  limit,
});

function intake(more: Partial<IntakePorts> = {}) {
  const calls = {
    durable: [] as FeedRecord[],
    asked: [] as FeedRecord[],
    live: 0,
    raw: 0,
    quarantine: [] as string[],
  };
  const clock = { now: 1_000 };
  const ports: IntakePorts = {
    now: () => clock.now,
    durable: async (_feed, records) => {
      calls.durable.push(...records);
      return { repeated: 0 };
    },
    alarms: {
      take: (_feed, records) => {
        calls.asked.push(...records);
        return true;
      },
      takesAlert: (record) => record.subject.scheme === 'gb26875',
    },
    live: () => {
      calls.live += 1;
    },
    positions: () => true,
    readings: () => true,
    raw: () => {
      calls.raw += 1;
    },
    quarantine: async ({ refusal }) => {
      calls.quarantine.push(refusal.refused);
      return calls.quarantine.length < 2;
    },
    ...more,
  };
  const made = new Intake([{ id: 'f', protocol: 'jt808', expectedIntervalS: 10 }], ports);
  const send = (...records: FeedRecord[]) =>
    made.records('f', { raw: new Uint8Array([1]), message: {}, records, refusals: [] }, origin(clock.now));
  return { made, send, calls, clock };
}

describe('two paths', () => {
  it('positions and readings are telemetry, and the alarm rules are asked about each', async () => {
    const { send, calls } = intake();
    const records = [position({ 'alarm.emergency': true }), reading(1, 2), reading(3, null)];
    await send(...records);
    expect(calls).toMatchObject({ durable: [], live: 1, raw: 1 });
    expect(calls.asked).toEqual(records);
  });

  it('a warning is for people, an alert of a device for the rules', async () => {
    const { send, calls } = intake();
    const alert = (scheme: string) =>
      ({ ...position(), kind: 'alert', subject: { scheme, key: '1' } }) as unknown as FeedRecord;
    await send(alert('cap'), alert('gb26875'));
    expect(calls.durable.map((record) => record.subject.scheme)).toEqual(['cap']);
    expect(calls.asked).toHaveLength(2);
  });

  it('a call is taken while the history of positions cannot be written', async () => {
    const { send, calls } = intake({ positions: () => false, readings: () => false });
    const call = { ...position(), kind: 'call' } as unknown as FeedRecord;
    expect(await send(call)).toBe(true);
    expect(calls.durable).toEqual([call]);
  });

  it('what was not stored is not accepted, and asked for again', async () => {
    let up = false;
    const takesAlert = () => false;
    const { send, calls } = intake({ alarms: { take: async () => up, takesAlert } });
    expect(await send(position({ 'alarm.emergency': true }))).toBe(false);
    expect(calls.raw).toBe(0);
    up = true;
    expect(await send(position({ 'alarm.emergency': true }))).toBe(true);
    expect(await intake({ positions: () => false }).send(position())).toBe(false);
    const call = { ...position(), kind: 'call' } as unknown as FeedRecord;
    expect(await intake({ durable: async () => null }).send(call)).toBe(false);
  });

  it('an unknown feed is not accepted', async () => {
    const { made } = intake();
    const delivery = { raw: new Uint8Array(), message: {}, records: [], refusals: [] };
    expect(await made.records('other', delivery, origin())).toBe(false);
  });
});

describe('figures', () => {
  it('count what came, what was refused and why, and peers of the last minute', async () => {
    const { made, send, calls, clock } = intake();
    made.received('f', 10, origin(clock.now, 'a:1'));
    made.received('f', 10, origin(clock.now, 'a:2'));
    made.noise('f', 3);
    await made.refused('f', refuse('checksum', ''), new Uint8Array([1]), origin());
    await send(position());
    await made.refused('f', refuse('syntax', ''), new Uint8Array([1]), origin());
    expect(calls.quarantine).toEqual(['checksum', 'syntax']);
    expect(made.figures()[0]).toMatchObject({
      messages: 1,
      records: 1,
      bytes: 20,
      noiseBytes: 3,
      refused: { checksum: 1, syntax: 1 },
      refusedUnkept: 1,
      connections: 2,
      messagesPerMinute: 1,
      state: 'online',
    });
    clock.now += 61_000;
    expect(made.figures()[0]).toMatchObject({ connections: 0, messagesPerMinute: 0, state: 'stale' });
  });

  it("a message in parts is one message with one raw copy; repeats that the transport knew count beside the store's own", async () => {
    const { made, calls } = intake({ durable: async () => ({ repeated: 1 }) });
    const call = { ...position(), kind: 'call' } as unknown as FeedRecord;
    const part = { raw: new Uint8Array([1]), message: {}, records: [call], refusals: [] };
    await made.records('f', { ...part, repeated: 2 }, origin());
    await made.records('f', { ...part, continued: true }, origin());
    expect(made.figures()[0]).toMatchObject({ messages: 1, messagesPerMinute: 1, records: 2, duplicates: 4 });
    expect(calls.raw).toBe(1);
  });

  it('a transport that is down says so before anything else', async () => {
    const { made, send } = intake();
    await send(position());
    made.status('f', { state: 'down', at: 1, code: 'address_in_use', facts: {} });
    expect(made.states()).toEqual([{ id: 'f', state: 'down', reason: 'address_in_use' }]);
  });
});

describe('batches', () => {
  it('are bounded, keep what could not be written, and say so', async () => {
    let up = false;
    const written: number[] = [];
    const errors: unknown[] = [];
    const batch = new Batcher<number>(
      async (rows) => {
        if (!up) throw new Error('down');
        written.push(...rows);
      },
      { everyMs: 1e6, maxRows: 3, onError: (error) => errors.push(error) },
    );
    expect(batch.add([1, 2])).toBe(true);
    expect(batch.add([3, 4])).toBe(false);
    await batch.flush();
    expect(errors).toHaveLength(1);
    expect(batch.add([3])).toBe(false); // taken, but nobody is told "accepted" while writing fails
    up = true;
    await batch.flush();
    expect(written).toEqual([1, 2, 3]);
    expect(batch.add([4])).toBe(true);
  });

  it('leave out the one row that cannot be written, so that it does not hold up the others', async () => {
    const written: number[] = [];
    const errors: unknown[] = [];
    const batch = new Batcher<number>(
      async (rows) => {
        if (rows.includes(5)) throw new Error('out of range');
        written.push(...rows);
      },
      { everyMs: 1e6, maxRows: 100, onError: (error) => errors.push(error), isRowsFault: () => true },
    );
    batch.add([1, 2, 3, 4, 5, 6, 7]);
    await batch.flush();
    expect(written).toEqual([1, 2, 3, 4, 6, 7]);
    expect([batch.leftOut, errors.length]).toEqual([1, 1]);
    expect(batch.add([8])).toBe(true);
  });
});
