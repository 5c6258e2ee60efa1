import { describe, expect, it } from 'vitest';
import type { ReadingNow, StationNow } from '@/server/wire/realtime.ts';
import { createReadingStore } from './reading-store.ts';

const line = (more: Partial<ReadingNow> = {}): ReadingNow => ({
  property: 'Z',
  value: 7,
  unit: 'm',
  observedAt: 1,
  receivedAt: 2,
  quality: 'good',
  state: 'normal',
  freshness: 'fresh',
  maximum: null,
  ...more,
});
const station = (id: string, more: Partial<StationNow> = {}): StationNow => ({
  station: id,
  department: null,
  feed: 'f',
  state: 'normal',
  freshness: 'fresh',
  readings: [line()],
  ...more,
});

describe('readings', () => {
  it('replace whole stations; `all` makes void what was known; a station without lines goes', () => {
    const store = createReadingStore();
    let told = 0;
    store.subscribe(() => {
      told++;
    });
    store.take({ all: true, at: 10, stations: [station('a'), station('b')] });
    const before = store.all();
    expect(store.all()).toBe(before);
    store.take({ all: false, at: 11, stations: [station('b', { state: 'alarm' }), station('a', { readings: [] })] });
    expect(before.size).toBe(2);
    expect([...store.all().keys()]).toEqual(['b']);
    expect(store.get('b')?.state).toBe('alarm');
    store.take({ all: true, at: 12, stations: [] });
    expect([store.all().size, store.at, told]).toEqual([0, 12, 3]);
  });

  it('are stale once the link is lost: nobody vouches for them; what promised nothing stays unknown', () => {
    const store = createReadingStore();
    const quiet = station('quiet', { freshness: 'unknown', readings: [line({ freshness: 'unknown' })] });
    store.take({ all: true, at: 1, stations: [station('a', { freshness: 'late' }), quiet] });
    store.fade();
    expect(store.get('a')).toMatchObject({ freshness: 'stale', readings: [{ freshness: 'stale', value: 7 }] });
    expect(store.get('quiet')?.freshness).toBe('unknown');
  });
});
