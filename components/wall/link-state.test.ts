import { expect, it } from 'vitest';
import type { Connection } from '@/components/live/connection-store.ts';
import { linkOf } from './link-state.ts';

const connection = (more: Partial<Connection>): Connection => ({
  state: 'live',
  lostSince: null,
  lastHeardAt: 100_000,
  attempts: 0,
  clockOffsetMs: 5_000,
  serverPosition: 1,
  position: 1,
  epoch: 'e',
  skippedTicks: 0,
  skippedReadings: 0,
  lastSkip: null,
  recordsDelayedSince: null,
  faults: 0,
  ...more,
});

it('counts the age by our own clock, not by the difference of two', () => {
  expect(linkOf(connection({}), 108_500)).toEqual({ state: 'live', ageS: 3 });
});

it('is not live when nothing was heard, or when the records stand still', () => {
  expect(linkOf(connection({}), 112_000)).toMatchObject({ state: 'resyncing', ageS: 7 });
  expect(linkOf(connection({ recordsDelayedSince: 1 }), 106_000).state).toBe('delayed');
  expect(linkOf(connection({ state: 'lost' }), 115_000)).toEqual({ state: 'lost', ageS: 10 });
});

it('says no age that it does not know', () => {
  expect(linkOf(connection({ lastHeardAt: null, state: 'connecting' }), 1)).toEqual({
    state: 'connecting',
    ageS: null,
  });
  expect(linkOf(connection({}), null).ageS).toBeNull();
});
