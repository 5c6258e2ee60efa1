import { describe, expect, it } from 'vitest';
import { departmentFeeds } from '@/server/departments/registry.ts';
import type { AlertRecord, FeedRecord, PositionRecord } from '@/server/wire/record.ts';
import { type CapMessage, encodeCap } from '@/sim/cap/encode.ts';
import { atomFeed } from '@/sim/cap/feed.ts';
import { bulletin } from '@/sim/cap/warnings.ts';
import { city, tickMs } from '@/sim/city.ts';
import { distanceM, toGcj02 } from '@/sim/geo.ts';
import { ids, type Location, batchBody as locationBatch, locationBody } from '@/sim/jt808/body.ts';
import { cutFrames, encodeFrame } from '@/sim/jt808/frame.ts';
import { terminal } from '@/sim/jt808/terminal.ts';
import { batchBody } from '@/sim/push/record.ts';
import { flood } from '@/sim/scenario/flood.ts';
import { cap } from './cap/protocol.ts';
import type { Protocol } from './contract.ts';
import { jt808 } from './jt808/jt808.ts';
import { push } from './push/protocol.ts';
import { isRefusal, type Refusal } from './refusal.ts';

/**
 * Two readings of each standard, written apart: what the simulator means must be what the platform understands.
 * A change of either side that breaks this is a misreading on one of them, not a reason to change the test.
 */
const atMs = Date.parse('2026-06-20T02:15:30Z');
const laterMs = atMs + 3_600_000;
const text = (value: string) => new TextEncoder().encode(value);

function recordsOf<Message, Settings>(
  protocol: Protocol<Message, Settings>,
  bytes: Uint8Array,
  options: Settings,
): FeedRecord[] {
  const { frames, rest, noise } = protocol.frame(bytes);
  expect([rest.length, noise]).toEqual([0, 0]);
  return frames.flatMap((frame) => {
    const message = protocol.decode(frame);
    if (isRefusal(message)) throw new Error(`${message.refused}: ${message.detail}`);
    return protocol.map(message, { receivedAt: laterMs, crs: protocol.crs, options }).map((value) => {
      if (isRefusal(value)) throw new Error(`${value.refused}: ${value.detail}`);
      return value;
    });
  });
}

const jt808Options = jt808.options.parse({});
const location: Location = {
  at: [118.779, 32.0425],
  gcj02: false,
  fixed: true,
  accOn: true,
  emergency: false,
  altitudeM: 12,
  speedMps: 36.5 / 3.6,
  headingDeg: 126,
  observedAtMs: atMs,
  mileageM: 1_260_500,
  fuelL: 38.1,
  satellites: 11,
};

describe('JT/T 808', () => {
  const positions = (edition: 2013 | 2019, id: number, body: Uint8Array) =>
    recordsOf(
      jt808,
      encodeFrame({ id, edition, terminal: '014400000126', serial: 0x7e7d, body }),
      jt808Options,
    ) as PositionRecord[];

  for (const edition of [2013, 2019] as const)
    it(`reads a ${edition} location as it was meant`, () => {
      const [record] = positions(edition, ids.location, locationBody(location));
      expect(record).toMatchObject({
        kind: 'position',
        subject: { scheme: 'jt808', key: '014400000126' },
        observedAt: atMs,
        geometry: { type: 'Point', coordinates: [118.779, 32.0425] },
        crsReceived: 'wgs84',
        quality: { state: 'good', flags: [] },
        altitudeM: 12,
        headingDeg: 126,
        fixed: true,
      });
      expect(record!.speedMps).toBeCloseTo(36.5 / 3.6, 2);
      expect(Object.keys(record!.extras).filter((key) => key.startsWith('alarm.'))).toEqual([]);
      const carried = Object.values(record!.extras);
      for (const value of [1260.5, 38.1, 28, 11]) expect(carried).toContain(value);
    });

  it('reads the SOS button, and brings shifted coordinates back', () => {
    const at = location.at;
    const [record] = positions(
      2019,
      ids.location,
      locationBody({ ...location, at: toGcj02(at), gcj02: true, emergency: true }),
    );
    expect(record!.extras['alarm.emergency']).toBe(true);
    expect(record!.crsReceived).toBe('gcj02');
    const back = record!.geometry?.type === 'Point' ? record!.geometry.coordinates : null;
    expect(distanceM(at, toGcj02(at))).toBeGreaterThan(400);
    expect(distanceM(at, back!)).toBeLessThan(1);
  });

  it('reads a blind-area batch as backfill, in order', () => {
    const bodies = [0, 10, 20].map((s) => locationBody({ ...location, observedAtMs: atMs - 60_000 + s * 1_000 }));
    const records = positions(2013, ids.locationBatch, locationBatch(bodies, true));
    expect(records.map((record) => record.observedAt)).toEqual([atMs - 60_000, atMs - 50_000, atMs - 40_000]);
    for (const record of records) expect(record.quality.flags).toContain('backfill');
  });

  it('agrees on where west and south are', () => {
    const [record] = positions(2013, ids.location, locationBody({ ...location, at: [-70.5, -33.25] }));
    expect(record!.geometry).toEqual({ type: 'Point', coordinates: [-70.5, -33.25] });
  });

  for (const edition of [2013, 2019] as const)
    it(`signs a ${edition} terminal on and answers it`, () => {
      const options = jt808.options.parse({ requireAuth: true, authSecret: 'a secret for the test only' });
      const session = jt808.session!(options, true);
      let state = session.start;
      let serial = 0;
      const refused: Refusal[] = [];
      const ask = (frames: readonly Buffer[]): Buffer[] =>
        frames.flatMap((bytes) =>
          jt808.frame(bytes).frames.flatMap((frame) => {
            const message = jt808.decode(frame);
            if (isRefusal(message)) throw new Error(message.detail);
            const step = session.step(state, message, atMs);
            state = step.state;
            if (step.refusal) refused.push(step.refusal);
            const reply = jt808.answer!(step.message ?? message, {
              serial: serial++,
              accepted: !step.refusal,
              now: atMs,
            });
            return reply ? cutFrames(Buffer.from(reply)).frames : [];
          }),
        );
      const vehicle = terminal({ edition, terminal: '014400000126', plate: '苏A0126试' });
      const hear = (frames: Buffer[]) => frames.flatMap((frame) => vehicle.received(frame).send);
      vehicle.report(location, true);
      const authenticate = hear(ask(vehicle.connected()));
      expect(vehicle.phase()).toBe('authenticating');
      const backfill = hear(ask(authenticate));
      expect(vehicle.phase()).toBe('online');
      expect(backfill).toHaveLength(1);
      expect(ask([...backfill, ...vehicle.report(location, true), ...vehicle.heartbeat()])).toHaveLength(3);
      expect(refused).toEqual([]);
      vehicle.disconnected();
      hear(ask(vehicle.connected()));
      expect(vehicle.phase()).toBe('online');
    });
});

describe('CAP 1.2', () => {
  const alerts = (message: CapMessage) => recordsOf(cap, text(encodeCap(message)), {}) as AlertRecord[];
  const yellow = bulletin('yellow', atMs, []);
  const red = bulletin('red', atMs + 60_000, [yellow]);

  it('reads colour, severity, times, text and area as they were meant', () => {
    const [record] = alerts(yellow);
    expect(record).toMatchObject({
      subject: { scheme: 'cap', key: yellow.sender },
      event: '暴雨',
      headline: yellow.texts[0]!.headline,
      language: 'zh-CN',
      colour: 'yellow',
      severity: 'Moderate',
      urgency: 'Expected',
      certainty: 'Likely',
      status: 'Actual',
      msgType: 'Alert',
      sourceAt: atMs,
      effectiveAt: atMs,
      onsetAt: atMs,
      expiresAt: atMs + 6 * 3_600_000,
      quality: { state: 'good', flags: [] },
    });
    expect(record!.text).toContain(yellow.texts[0]!.description);
    expect(record!.areas[0]!.geocodes.map((code) => code.value)).toEqual(yellow.areas[0]!.districts);
    expect(JSON.stringify(record!.geometry)).toContain(JSON.stringify(yellow.areas[0]!.polygon));
  });

  it('reads an update and a cancel as about the same warning, and a circle in metres', () => {
    const [first] = alerts(yellow);
    const [second] = alerts(red);
    expect([second!.msgType, second!.colour, second!.references]).toEqual(['Update', 'red', [first!.dedupeKey]]);
    expect(second!.areas.map((area) => area.circles.map((circle) => circle.radiusM))).toEqual([[], [5_000]]);
    const [third] = alerts(bulletin('red', atMs + 120_000, [red, yellow], true));
    expect([third!.msgType, third!.references]).toEqual(['Cancel', [second!.dedupeKey, first!.dedupeKey]]);
  });

  it('keeps exercise and test apart', () => {
    expect(alerts(bulletin('exercise', atMs, []))[0]!.status).toBe('Exercise');
    expect(alerts(bulletin('test', atMs, []))[0]!.status).toBe('Test');
  });

  it('reads two languages as two tellings of one message', () => {
    const english = { language: 'en', event: 'Rainstorm', headline: 'h <&>', description: 'd', instruction: 'i' };
    const both = alerts({ ...yellow, texts: [...yellow.texts, english] });
    expect(both.map((record) => [record.language, record.headline])).toEqual([
      ['zh-CN', yellow.texts[0]!.headline],
      ['en', 'h <&>'],
    ]);
  });

  it('reads them out of the Atom feed too, with the same keys', () => {
    const feed = recordsOf(cap, text(atomFeed([yellow, red], 'http://127.0.0.1:1', atMs)), {}) as AlertRecord[];
    expect(feed.map((record) => record.dedupeKey).sort()).toEqual(
      [...alerts(yellow), ...alerts(red)].map((record) => record.dedupeKey).sort(),
    );
  });
});

describe('the push profile', () => {
  it('reads a whole flood without one refusal, value by value', () => {
    const town = city({ seed: 3, units: 40, speed: 1, scenario: flood, startMs: atMs });
    const sent = Array.from({ length: 620_000 / tickMs }, () => town.tick())
      .flat()
      .flatMap((output) => (output.to === 'push' ? [output] : []));
    expect(new Set(sent.map((output) => output.record.kind))).toEqual(
      new Set(['call', 'case', 'capacity', 'reading', 'position']),
    );
    const isTime = (value: string) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value);
    for (let start = 0; start < sent.length; start += 200) {
      const batch = sent.slice(start, start + 200);
      const read = recordsOf(push, text(batchBody(batch.map((output) => output.record))), {});
      expect(read).toHaveLength(batch.length);
      batch.forEach(({ source, record }, index) => {
        const known = departmentFeeds.find(({ feed }) => feed.id === source);
        expect(known?.feed.kinds).toContain(record.kind);
        // Times are numbers inside; everything else is what was sent.
        const inside = JSON.parse(JSON.stringify(record), (_, value) =>
          typeof value === 'string' && isTime(value) ? Date.parse(value) : value,
        );
        expect(read[index]).toEqual({
          ...inside,
          receivedAt: laterMs,
          crsReceived: record.geometry ? 'wgs84' : 'unknown',
        });
      });
    }
  });
});
