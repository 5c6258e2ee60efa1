import { describe, expect, it } from 'vitest';
import type { Station } from '@/server/domain/station.ts';
import { createLatestReadings, type ReadingUpdate } from './latest-readings.ts';

const start = 1_760_000_000_000;
const gauge: Station = {
  id: 'sl651/0010100001',
  scheme: 'sl651',
  key: '0010100001',
  kind: 'river-level',
  name: '下关水位站',
  department: 'water',
  lonLat: [118.74, 32.09],
  district: '320106',
  address: '',
  verticalDatum: 'wusong',
  expectedIntervalS: 60,
  measures: [
    {
      property: 'Z',
      unit: 'm',
      thresholds: [
        { level: 'notice', when: 'above', value: 8, source: null },
        { level: 'severe', when: 'above', value: 10, source: null },
      ],
      maximum: null,
    },
  ],
  demo: true,
  state: 'registered',
};
const reading = (more: Partial<ReadingUpdate> = {}): ReadingUpdate => ({
  station: gauge.id,
  feed: 'water-sl651',
  department: 'water',
  property: 'Z',
  value: 7.5,
  unit: 'm',
  observedAt: start,
  receivedAt: start + 500,
  quality: 'good',
  maximum: null,
  intervalS: null,
  expectedIntervalS: 300,
  ...more,
});
const created = (entries: Station[] = [gauge], bounds = {}) => {
  const register = new Map(entries.map((one) => [one.id, one]));
  return { register, latest: createLatestReadings((id) => register.get(id) ?? null, bounds) };
};
const names = (of: ReturnType<ReturnType<typeof created>['latest']['takeChanged']>) =>
  of.map((one) => one.now().station);

describe('the latest value of a station', () => {
  it('is held against the thresholds of the register, with unit, department and freshness', () => {
    const { latest } = created();
    latest.update(reading({ value: 8, unit: null }));
    expect(latest.get(gauge.id)).toEqual({
      station: gauge.id,
      department: 'water',
      feed: 'water-sl651',
      state: 'notice',
      freshness: 'fresh',
      readings: [
        {
          property: 'Z',
          value: 8,
          unit: 'm',
          observedAt: start,
          receivedAt: start + 500,
          quality: 'good',
          state: 'notice',
          freshness: 'fresh',
          maximum: null,
        },
      ],
    });
    latest.update(reading({ property: 'VT', value: 12 }));
    latest.update(reading({ value: 10.2, observedAt: start + 60_000, receivedAt: start + 60_000 }));
    expect(latest.get(gauge.id)?.state).toBe('severe');
    expect(latest.get(gauge.id)?.readings).toHaveLength(2);
  });

  it('never goes back: what is older is for history', () => {
    const { latest } = created();
    latest.update(reading({ value: 8.5 }));
    const late = reading({ value: 5, observedAt: start - 60_000, receivedAt: start + 90_000 });
    expect(latest.update(late)).toBe('older');
    expect(latest.get(gauge.id)?.readings[0]?.value).toBe(8.5);
    // Said again for the same moment, it is a correction.
    expect(latest.update(reading({ value: 8.4 }))).toBe('shown');
    expect(latest.get(gauge.id)?.readings[0]?.value).toBe(8.4);
  });

  it('does not believe a clock that runs ahead: the next message shows all the same', () => {
    const { latest } = created();
    latest.update(reading({ value: 1, observedAt: start + 3_600_000 }));
    expect(latest.update(reading({ value: 2, observedAt: start + 30_000, receivedAt: start + 30_000 }))).toBe('shown');
    expect(latest.get(gauge.id)?.readings[0]?.value).toBe(2);
  });

  it('is no value at all where it is bad or missing, and says so', () => {
    const { latest } = created();
    latest.update(reading({ value: 12, quality: 'bad' }));
    expect(latest.get(gauge.id)?.readings[0]).toMatchObject({ value: null, quality: 'bad', state: 'normal' });
    latest.update(reading({ value: 12, quality: 'suspect', observedAt: start + 1 }));
    expect(latest.get(gauge.id)?.readings[0]).toMatchObject({ value: 12, quality: 'suspect', state: 'severe' });
  });

  it("is not covered by an hour's mean, unless nothing finer comes any more", () => {
    const { latest } = created();
    const hour = (at: number) => reading({ value: 6, intervalS: 3_600, observedAt: at, receivedAt: at });
    latest.update(reading({ value: 7 }));
    expect(latest.update(hour(start + 1_000))).toBe('coarser');
    expect(latest.get(gauge.id)?.readings[0]?.value).toBe(7);
    expect(latest.update(hour(start + 3_700_000))).toBe('shown');
    // And its age is measured against the hour that it is about.
    latest.sweep(start + 3_700_000 + 3_000_000);
    expect(latest.get(gauge.id)?.freshness).toBe('fresh');
  });

  it('takes the most from the register, else from the message', () => {
    const site: Station = {
      ...gauge,
      id: 'ngsi/site',
      measures: [{ property: 'site-visitors', unit: '1', thresholds: [], maximum: 4_500 }],
    };
    const { latest } = created([site]);
    latest.update(reading({ station: 'ngsi/site', property: 'site-visitors', maximum: 5_000 }));
    latest.update(reading({ station: 'ngsi/site', property: 'parking', maximum: 80 }));
    expect(latest.get('ngsi/site')?.readings.map((one) => one.maximum)).toEqual([4_500, 80]);
  });
});

describe('what time does to it', () => {
  it('late after one and a half intervals, stale after two; each change is told, and nothing else', () => {
    const { latest } = created();
    latest.update(reading());
    latest.takeChanged(100);
    expect(latest.sweep(start + 80_000)).toBe(0);
    expect(latest.takeChanged(100)).toEqual([]);
    expect(latest.sweep(start + 91_000)).toBe(1);
    expect(latest.get(gauge.id)?.freshness).toBe('late');
    latest.sweep(start + 121_000);
    expect(latest.get(gauge.id)?.freshness).toBe('stale');
    expect(names(latest.takeChanged(100))).toEqual([gauge.id]);
  });

  it('unknown where the register says that it speaks only when something happens; a stranger has its feed', () => {
    const { latest } = created([{ ...gauge, expectedIntervalS: null }]);
    latest.update(reading());
    latest.update(reading({ station: 'sl651/stranger' }));
    expect(latest.get(gauge.id)?.freshness).toBe('unknown');
    expect(latest.get('sl651/stranger')?.freshness).toBe('fresh');
  });

  it('the station is as fresh as its freshest line', () => {
    const { latest } = created();
    latest.update(reading());
    latest.update(reading({ property: 'VT', observedAt: start + 200_000, receivedAt: start + 200_000 }));
    latest.sweep(start + 210_000);
    const now = latest.get(gauge.id);
    expect(now?.freshness).toBe('fresh');
    expect(now?.readings.map((one) => one.freshness)).toEqual(['stale', 'fresh']);
  });
});

describe('what the register does to it', () => {
  it('is judged anew when its thresholds change or it is registered at last', () => {
    const { latest, register } = created([]);
    latest.update(reading({ value: 9 }));
    expect(latest.get(gauge.id)?.state).toBe('normal');
    register.set(gauge.id, gauge);
    expect(latest.sweep(start + 1_000)).toBe(1);
    expect(latest.get(gauge.id)?.state).toBe('notice');
    expect(latest.all()[0]).toMatchObject({ department: 'water', district: '320106' });
  });
});

describe('its bounds', () => {
  it('strangers make room for one another, never a station of the register; who left is told without lines', () => {
    const { latest } = created([gauge], { strangers: 2 });
    latest.update(reading());
    for (const key of ['a', 'b', 'a', 'c']) latest.update(reading({ station: `x/${key}`, observedAt: start + 1 }));
    expect(latest.all().map((one) => one.now().station)).toEqual([gauge.id, 'x/a', 'x/c']);
    const gone = latest.takeChanged(100).find((one) => one.now().station === 'x/b');
    expect(gone?.now().readings).toEqual([]);
    expect(latest.counts.evicted).toBe(1);
  });

  it('a station has so many lines, the one that was silent longest makes room', () => {
    const { latest } = created([gauge], { lines: 2 });
    for (const [k, property] of ['a', 'b', 'c'].entries()) latest.update(reading({ property, observedAt: start + k }));
    expect(latest.get(gauge.id)?.readings.map((one) => one.property)).toEqual(['b', 'c']);
  });
});

describe('what changed', () => {
  it('a change of state goes first and always; of the others at most so many, the rest the next time', () => {
    const { latest } = created([]);
    for (let k = 0; k < 5; k++) latest.update(reading({ station: `x/${k}` }));
    latest.takeChanged(100);
    for (let k = 0; k < 5; k++)
      latest.update(reading({ station: `x/${k}`, value: k, observedAt: start + 1, quality: k === 4 ? 'bad' : 'good' }));
    expect(names(latest.takeChanged(3))).toEqual(['x/4', 'x/0', 'x/1']);
    expect(names(latest.takeChanged(3))).toEqual(['x/2', 'x/3']);
    expect(latest.takeChanged(3)).toEqual([]);
  });
});
