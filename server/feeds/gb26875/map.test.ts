import { describe, expect, it } from 'vitest';
import { type AlertRecord, type ReadingRecord, record as wireRecord } from '@/server/wire/record.ts';
import { isRefusal } from '../refusal.ts';
import { mostOpenFires } from './alarms.ts';
import { decode } from './decode.ts';
import { map } from './map.ts';
import type { DataObject, Gb26875Message } from './message.ts';
import { session } from './session.ts';
import { vector, type vectors } from './testing/vectors.ts';

const detector = '010203040506/1.3.393433';
const receivedAt = Date.parse('2025-06-24T15:30:12+08:00');

function read(name: keyof typeof vectors): Gb26875Message {
  const message = decode(vector(name));
  if (isRefusal(message)) throw new Error(message.detail);
  return message;
}

type Testing = { testBit?: 'flag' | 'honour' | 'ignore'; at?: number | null };
function recordsOf(message: Gb26875Message, { testBit = 'flag', at = receivedAt }: Testing = {}) {
  const mapped = map(message, { receivedAt: at, crs: 'wgs84', options: { testBit } });
  const records = mapped.flatMap((one) => (isRefusal(one) ? [] : [one]));
  for (const one of records) expect(wireRecord.safeParse(one).error).toBeUndefined();
  return {
    readings: records.filter((one): one is ReadingRecord => one.kind === 'reading'),
    alerts: records.filter((one): one is AlertRecord => one.kind === 'alert'),
    refusals: mapped.filter(isRefusal),
  };
}

/** Messages of one connection in their order. */
function alertsOf(messages: readonly Gb26875Message[]): AlertRecord[] {
  const { start, step } = session();
  let state = start;
  return messages.flatMap((message) => {
    const stepped = step(state, message, receivedAt);
    state = stepped.state;
    return stepped.message ? recordsOf(stepped.message).alerts : [];
  });
}

describe('readings', () => {
  it('says yes or no for every bit that the standard names', () => {
    const { readings } = recordsOf(read('twoObjects'));
    const of = readings.filter((one) => one.subject.key === detector);
    expect(Object.fromEntries(of.map((one) => [one.property, one.value]))).toEqual({
      normal: 1,
      fire: 1,
      fault: 1,
      shielded: 0,
      supervised: 0,
      started: 0,
      feedback: 0,
      delayed: 0,
      powerFault: 1,
    });
    expect(of[1]).toMatchObject({
      subject: { scheme: 'gb26875', key: detector },
      unit: '1',
      rawValue: '0x0107',
      observedAt: Date.parse('2025-06-24T15:29:30+08:00'),
      sourceAt: Date.parse('2025-06-24T15:30:10+08:00'),
      quality: { state: 'good', flags: [] },
      dedupeKey: `gb26875:${detector}|fire|instant|2025-06-24T15:29:30+08:00`,
    });
    expect(new Set(readings.map((one) => one.dedupeKey)).size).toBe(18);
  });

  it('keeps the unit of the standard beside the one we count in', () => {
    const { readings } = recordsOf(read('analogue'));
    expect(
      readings.map(({ property, value, unit, rawValue, rawUnit }) => [property, value, unit, rawValue, rawUnit]),
    ).toEqual([
      ['height', 3.45, 'm', 3.45, 'm'],
      ['pressure', 1600, 'kPa', 1.6, 'MPa'],
      ['temperature', -8.5, 'Cel', -8.5, 'Cel'],
    ]);
    expect(readings[0]?.subject.key).toBe('010203040506/12.1.1');
  });

  it('has no record of versions, operations and makers’ own data, and refuses what was cut off', () => {
    for (const name of ['vendor', 'confirm', 'inside', 'operation', 'request'] as const)
      expect(recordsOf(read(name))).toEqual({ readings: [], alerts: [], refusals: [] });
    expect(recordsOf(read('cutShort')).refusals).toMatchObject([{ refused: 'truncated' }]);
  });

  it('makes flags of clocks that cannot be right', () => {
    const fire = read('fire');
    const at = (time: string | null): Gb26875Message => ({
      ...fire,
      unit: { ...fire.unit!, objects: [{ ...fire.unit!.objects[0]!, time }] },
    });
    const quality = (message: Gb26875Message, received: number | null = receivedAt) =>
      recordsOf(message, { at: received }).readings[0]!;
    expect(quality(at('2059-01-01T00:00:00+08:00'))).toMatchObject({
      observedAt: Date.parse('2025-06-24T15:30:10+08:00'),
      quality: { state: 'suspect', flags: ['clock_invalid'] },
    });
    expect(quality(at('2025-06-24T15:40:00+08:00')).quality.flags).toEqual(['clock_ahead']);
    expect(quality(fire, receivedAt + 24 * 3_600_000).quality.flags).toEqual(['late']);
    expect(quality(read('noClock'))).toMatchObject({ observedAt: null, quality: { flags: ['clock_invalid'] } });
    expect(quality(fire, null)).toMatchObject({ receivedAt: null, quality: { state: 'good' } });
  });
});

describe('fires', () => {
  it('opens an alert and closes it by its name', () => {
    const [open, close, ...more] = alertsOf([read('fire'), read('fire'), read('cleared'), read('cleared')]);
    expect(more).toEqual([]);
    expect(open).toMatchObject({
      subject: { scheme: 'gb26875', key: detector },
      event: '火灾报警',
      headline: '火灾报警：1号楼3层走廊',
      text: `火灾报警系统，点型光电感烟火灾探测器，1号楼3层走廊，${detector}`,
      severity: 'Severe',
      urgency: 'Immediate',
      certainty: 'Likely',
      msgType: 'Alert',
      status: 'Actual',
      expiresAt: null,
      dedupeKey: `${detector},fire,2025-06-24T15:29:30+08:00`,
      areas: [{ description: '1号楼3层走廊', geocodes: [{ name: 'gb26875', value: detector }] }],
    });
    expect(close).toMatchObject({
      msgType: 'Cancel',
      references: [open?.dedupeKey],
      dedupeKey: `${detector},fire-end,2025-06-24T15:36:10+08:00`,
      effectiveAt: Date.parse('2025-06-24T15:36:10+08:00'),
    });
  });

  it.each(['systemReset', 'operation'] as const)(
    'is over for every component when its panel is reset (%s)',
    (reset) => {
      const alerts = alertsOf([read('twoObjects'), read('transmitterFire'), read(reset), read('cleared')]);
      expect(alerts.map(({ msgType, subject }) => [msgType, subject.key])).toEqual([
        ['Alert', detector],
        ['Alert', '010203040506/1.3.7'],
        ['Alert', '010203040506'],
        ['Cancel', detector],
        ['Cancel', '010203040506/1.3.7'],
      ]);
      expect(alerts[1]).toMatchObject({
        certainty: 'Observed',
        headline: '火灾报警：手动火灾报警按钮 010203040506/1.3.7',
      });
    },
  );

  it('reads bit 0 as the installation says', () => {
    const pressed = (testBit: 'flag' | 'honour' | 'ignore') => {
      const alert = recordsOf(read('twoObjects'), { testBit }).alerts[1];
      return [alert?.status, alert?.quality.state, alert?.quality.flags];
    };
    expect(pressed('flag')).toEqual(['Actual', 'good', ['test']]);
    expect(pressed('honour')).toEqual(['Test', 'good', ['test']]);
    expect(pressed('ignore')).toEqual(['Actual', 'good', []]);
  });

  it('does not hide a second fire behind a panel clock that stands still', () => {
    const fire = read('fire');
    const stuck = (headerTime: string): Gb26875Message => ({
      ...fire,
      header: { ...fire.header, time: headerTime },
      unit: { ...fire.unit!, objects: [{ ...fire.unit!.objects[0]!, time: '2011-01-01T00:00:00+08:00' }] },
    });
    const cleared = read('cleared');
    const alerts = alertsOf([stuck('2025-06-24T15:30:10+08:00'), cleared, stuck('2025-06-24T16:30:10+08:00')]);
    expect(new Set(alerts.map((alert) => alert.dedupeKey)).size).toBe(3);
    expect(alerts[0]?.expiresAt).toBeNull();
  });

  it('brings a fire whose clocks are far behind into the room, with its flag', () => {
    const { alerts } = recordsOf(read('fire'), { at: receivedAt + 10 * 86_400_000 });
    expect(alerts).toMatchObject([
      { expiresAt: receivedAt + 11 * 86_400_000, quality: { state: 'suspect', flags: ['late'] } },
    ]);
  });

  it('names a fire by our clock where there is no other, and by its serial without ours', () => {
    const [alert] = alertsOf([read('noClock')]);
    expect(alert).toMatchObject({ dedupeKey: `${detector},fire,2025-06-24T07:30:12.000Z`, observedAt: null });
    const unnamed = recordsOf(read('noClock'), { at: null }).alerts;
    expect(unnamed).toMatchObject([{ dedupeKey: `${detector},fire,serial 11` }]);
  });

  it('remembers a bounded number of fires', () => {
    const fire = read('fire');
    const { start, step } = session();
    let state = start;
    for (let from = 0; from < mostOpenFires + 500; from += 250) {
      const objects: DataObject[] = Array.from({ length: 250 }, (_, at) => ({
        ...fire.unit!.objects[0]!,
        systemAddress: from / 250,
        componentAddress: from + at,
      }));
      state = step(state, { ...fire, unit: { ...fire.unit!, objects } }, receivedAt).state;
    }
    expect(state.count).toBe(4000);
    expect(state.count).toBeLessThanOrEqual(mostOpenFires);
    expect([...state.groups.values()].reduce((sum, fires) => sum + fires.size, 0)).toBe(state.count);
  });
});
