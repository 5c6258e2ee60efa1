import { describe, expect, it } from 'vitest';
import type { MapContext } from '@/server/feeds/contract.ts';
import { isRefusal } from '@/server/feeds/refusal.ts';
import { type FeedRecord, record as wireRecord } from '@/server/wire/record.ts';
import { pushProfileSchema } from './profile.ts';
import { push } from './protocol.ts';

const at = '2025-07-01T08:00:00+08:00';
const ms = Date.UTC(2025, 6, 1);
const base = { subject: { scheme: 's', key: 'k' }, observedAt: at };
const point = { type: 'Point', coordinates: [118.8, 32.06] };
const least = {
  position: { kind: 'position', ...base, geometry: point },
  reading: { kind: 'reading', ...base, property: 'waterLevel', value: 8.31, unit: 'm' },
  alert: { kind: 'alert', ...base, event: '暴雨' },
  case: { kind: 'case', ...base, number: 'C-1', title: '井盖缺失' },
  call: { kind: 'call', ...base, number: 'JB-1' },
  capacity: { kind: 'capacity', ...base, facility: '鼓楼医院', resource: 'icu-bed', available: 3 },
};

function results(records: unknown[], settings: Partial<MapContext<Record<string, never>>> = {}) {
  const message = push.decode(new TextEncoder().encode(JSON.stringify(records)));
  if (isRefusal(message)) throw new Error(message.detail);
  return push.map(message, { receivedAt: null, crs: 'wgs84', options: {}, ...settings });
}
const one = (input: object, settings: Partial<MapContext<Record<string, never>>> = {}) =>
  results([input], settings)[0] as FeedRecord & Record<string, unknown>;

describe('what must be sent', () => {
  it.each(Object.entries(least))('%s: no more than this, and the record is whole', (kind, input) => {
    const record = one(input);
    expect(wireRecord.safeParse(record).error).toBeUndefined();
    expect(record).toMatchObject({
      kind,
      observedAt: ms,
      sourceAt: null,
      receivedAt: null,
      quality: { state: 'good', flags: [] },
    });
  });

  it.each(
    Object.entries(least).flatMap(([kind, input]) =>
      Object.keys(input).map((member) => [kind, member, input] as const),
    ),
  )('%s without %s is refused', (_, member, input) => {
    const { [member]: _left, ...rest } = input as Record<string, unknown>;
    expect(results([rest])[0]).toMatchObject({
      refused: 'schema',
      path: expect.stringContaining(member === 'kind' ? '' : member),
    });
  });

  it.each([
    ['a misspelt member', { ...least.reading, vaule: 1 }, 'schema', ''],
    ['a time without zone', { ...least.reading, observedAt: '2025-07-01T08:00:00' }, 'value', '/observedAt'],
    ['a day that is none', { ...least.reading, observedAt: '2025-02-30T08:00:00Z' }, 'value', '/observedAt'],
    ['text for a number', { ...least.reading, value: '8.31' }, 'schema', '/value'],
    [
      'a place outside the world',
      { ...least.position, geometry: { type: 'Point', coordinates: [218.8, 32] } },
      'value',
      '/geometry/coordinates/0',
    ],
    [
      'a line for a position',
      {
        ...least.position,
        geometry: {
          type: 'LineString',
          coordinates: [
            [1, 2],
            [3, 4],
          ],
        },
      },
      'schema',
      '/geometry/type',
    ],
    ['an unknown kind', { ...least.reading, kind: 'rumour' }, 'schema', '/kind'],
    ['a key too long', { ...least.reading, subject: { scheme: 's', key: 'x'.repeat(257) } }, 'value', '/subject/key'],
    ['a revision below zero', { ...least.reading, revision: -1 }, 'value', '/revision'],
    ['no object', 7, 'schema', ''],
    ['nothing', null, 'schema', ''],
  ])('%s is refused', (_, input, refused, path) => expect(results([input])[0]).toMatchObject({ refused, path }));

  it('one bad record costs only itself, results in the order sent', () => {
    expect(
      results([least.call, { kind: 'call' }, least.case]).map((result) =>
        isRefusal(result) ? 'refused' : result.kind,
      ),
    ).toEqual(['call', 'refused', 'case']);
  });

  it('may be sent in the full shape of the wire, with its own names', () => {
    const whole = one(least.call);
    const again = { ...whole, observedAt: at, sourceAt: null, relayedAt: null, receivedAt: null };
    expect(one(again)).toEqual(whole);
  });
});

describe('what is filled in', () => {
  it('keys by what identifies each kind', () => {
    const keys = Object.fromEntries(Object.entries(least).map(([kind, input]) => [kind, one(input).dedupeKey]));
    const iso = '2025-07-01T00:00:00.000Z';
    expect(keys).toEqual({
      position: `s,k,${iso},118.80000,32.06000`,
      reading: `s,k,waterLevel,instant,${iso}`,
      alert: `s,k,暴雨,${iso}`,
      case: 's,case,C-1',
      call: 's,call,JB-1',
      capacity: `s,鼓楼医院,icu-bed,${iso}`,
    });
    expect(one({ ...least.call, dedupeKey: 'mine' }).dedupeKey).toBe('mine');
    // The same instant in another zone is the same fact.
    expect(one({ ...least.reading, observedAt: '2025-07-01T00:00:00Z' }).dedupeKey).toBe(keys.reading);
  });

  it('revisions of what lives on under one key follow the source’s clock', () => {
    expect(one(least.call).revision).toBe(ms / 1000);
    expect(one({ ...least.case, sourceAt: '2025-07-01T09:00:00+08:00' }).revision).toBe(ms / 1000 + 3600);
    expect(one(least.reading).revision).toBe(0);
    expect(one({ ...least.call, revision: 3 }).revision).toBe(3);
  });

  it('a call is personal, a reading keeps its raw value, unknown is null and not zero', () => {
    expect(one(least.call)).toMatchObject({
      privacy: 'personal',
      state: 'reported',
      casualties: { dead: null, injured: null, trapped: null, missing: null },
    });
    expect(one(least.reading)).toMatchObject({ rawValue: 8.31, rawUnit: 'm', limit: null, statistic: 'instant' });
    expect(one({ ...least.capacity, available: null })).toMatchObject({ available: null, state: 'unknown', asOf: ms });
  });
});

describe('datum and clocks', () => {
  it('shifts GCJ-02 and BD-09, leaves CGCS2000, flags what nobody states', () => {
    const shifted = one({ ...least.position, crs: 'gcj02' });
    expect(shifted).toMatchObject({ crsReceived: 'gcj02' });
    // At the centre of Nanjing the two frames lie about 540 m apart.
    const [lon, lat] = (shifted.geometry as { coordinates: [number, number] }).coordinates;
    expect(Math.hypot((118.8 - lon) * 94_400, (32.06 - lat) * 110_900)).toBeGreaterThan(400);
    expect(one({ ...least.position, crs: 'cgcs2000' }).geometry).toEqual(point);
    expect(one(least.position, { crs: 'gcj02' }).geometry).toEqual(shifted.geometry);
    expect(one({ ...least.position, crs: 'wgs84' }, { crs: 'gcj02' }).geometry).toEqual(point);
    expect(one(least.position, { crs: 'unknown' }).quality).toEqual({ state: 'suspect', flags: ['crs_assumed'] });
  });

  it('notes clocks that cannot be right', () => {
    const seen = (observedAt: string) => one({ ...least.reading, observedAt }, { receivedAt: ms }).quality.flags;
    expect(seen('2025-07-01T08:04:00+08:00')).toEqual([]);
    expect(seen('2025-07-01T08:06:00+08:00')).toEqual(['clock_ahead']);
    expect(seen('2059-07-01T08:06:00+08:00')).toEqual(['clock_invalid']);
    expect(seen('2009-07-01T08:06:00+08:00')).toEqual(['clock_invalid']);
  });
});

describe('the published schema', () => {
  const schema = pushProfileSchema() as {
    $schema: string;
    $defs: Record<string, { required: string[]; additionalProperties: boolean }>;
  };
  it('names every kind with what it must have', () => {
    expect(schema.$schema).toContain('2020-12');
    for (const [kind, input] of Object.entries(least)) {
      expect(schema.$defs[kind]?.required.toSorted(), kind).toEqual(Object.keys(input).sort());
      expect(schema.$defs[kind]?.additionalProperties).toBe(false);
    }
  });
  it('does not change by itself', () => expect(JSON.stringify(pushProfileSchema())).toBe(JSON.stringify(schema)));
});
