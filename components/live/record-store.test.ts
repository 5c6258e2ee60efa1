import { describe, expect, it } from 'vitest';
import type { RecordChange } from '@/server/wire/realtime.ts';
import { createRecordStore } from './record-store.ts';

const change = (id: string, version: number, body: unknown = { id, version }): RecordChange =>
  ({ type: 'incident', id, version, body }) as RecordChange;
const setUp = () => {
  const store = createRecordStore();
  store.applySnapshot({ position: 10, epoch: 'e', changes: [change('a', 1), change('b', 4)] });
  return store;
};

describe('record store', () => {
  it('takes ranges that join, drops old ones, refuses a gap', () => {
    const store = setUp();
    expect(store.applyBatch({ from: 12, upTo: 13, changes: [change('a', 9)] })).toBe('gap');
    expect(store.get('incident', 'a')?.version).toBe(1);
    expect(store.position).toBe(10);
    expect(store.applyBatch({ from: 4, upTo: 10, changes: [change('a', 9)] })).toBe('old');
    expect(store.applyBatch({ from: 10, upTo: 12, changes: [change('a', 2)] })).toBe('next');
    expect(store.applyBatch({ from: 11, upTo: 13, changes: [change('a', 3)] })).toBe('next');
    expect(store.get('incident', 'a')?.version).toBe(3);
    expect(store.position).toBe(13);
  });

  it('wants a snapshot before anything', () => {
    expect(createRecordStore().applyBatch({ from: 0, upTo: 1, changes: [] })).toBe('gap');
  });

  it('moves on over ranges in which there is nothing for this viewer', () => {
    const store = setUp();
    expect(store.applyBatch({ from: 10, upTo: 500, changes: [] })).toBe('next');
    expect(store.position).toBe(500);
  });

  it('never goes back to an older version, not even to one of a record that is gone', () => {
    const store = setUp();
    store.applyBatch({ from: 10, upTo: 11, changes: [change('b', 3), change('a', 5, null)] });
    expect(store.get('incident', 'b')?.version).toBe(4);
    expect(store.get('incident', 'a')).toBeNull();
    store.applyBatch({ from: 10, upTo: 12, changes: [change('a', 4)] });
    expect(store.get('incident', 'a')).toBeNull();
    store.applyBatch({ from: 12, upTo: 13, changes: [change('a', 6)] });
    expect(store.get('incident', 'a')?.version).toBe(6);
  });

  it('a snapshot leaves out what is gone and keeps the objects that have not changed', () => {
    const store = setUp();
    const held = store.get('incident', 'b');
    store.applySnapshot({ position: 20, epoch: 'e', changes: [change('b', 4), change('c', 1)] });
    expect(store.get('incident', 'a')).toBeNull();
    expect(store.get('incident', 'b')).toBe(held);
    expect(store.get('incident', 'c')?.version).toBe(1);
  });

  it('takes a snapshot of another database even where its versions are lower', () => {
    const store = setUp();
    store.applySnapshot({ position: 2, epoch: 'other', changes: [change('b', 1)] });
    expect(store.get('incident', 'b')?.version).toBe(1);
    expect([store.position, store.epoch]).toEqual([2, 'other']);
  });

  it('gives the same map until something in it changes, and says what changed', () => {
    const store = setUp();
    const told: string[][] = [];
    store.subscribe((types) => told.push([...types]));
    const before = store.all('incident');
    const signals = store.all('signal');
    store.applyBatch({ from: 10, upTo: 11, changes: [change('b', 4)] });
    expect(store.all('incident')).toBe(before);
    store.applyBatch({ from: 11, upTo: 12, changes: [change('b', 5)] });
    expect(store.all('incident')).not.toBe(before);
    expect(before.get('b')?.version).toBe(4);
    expect(store.all('signal')).toBe(signals);
    expect(told).toEqual([[], ['incident']]);
  });
});
