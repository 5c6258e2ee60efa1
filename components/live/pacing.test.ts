import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClockOffset } from './clock-offset.ts';
import { createListeners } from './listeners.ts';
import { paced } from './paced.ts';
import { createSnapshotParts } from './snapshot-parts.ts';

describe('paced', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('tells at once, then at most twice a second, and never swallows the last word', () => {
    const source = createListeners();
    let told = 0;
    const stop = paced(
      source.add,
      2,
    )(() => {
      told++;
    });
    for (let k = 0; k < 10; k++) source.tell();
    expect(told).toBe(1);
    vi.advanceTimersByTime(499);
    expect(told).toBe(1);
    vi.advanceTimersByTime(1);
    expect(told).toBe(2);
    source.tell();
    stop();
    vi.advanceTimersByTime(5_000);
    expect(told).toBe(2);
  });

  it('at 0 Hz tells every time', () => {
    const source = createListeners();
    let told = 0;
    paced(
      source.add,
      0,
    )(() => {
      told++;
    });
    source.tell();
    source.tell();
    expect(told).toBe(2);
  });
});

describe('clock offset', () => {
  it('takes the message that waited least, and forgets after its window', () => {
    const clock = createClockOffset(3);
    expect(clock.offsetMs).toBeNull();
    clock.sample(1_000, 500);
    clock.sample(2_000, 1_700);
    expect(clock.offsetMs).toBe(500);
    clock.sample(3_000, 2_900);
    clock.sample(4_000, 3_950);
    expect(clock.offsetMs).toBe(300);
  });
});

describe('snapshot parts', () => {
  const part = (k: number, parts: number) => ({ position: 7, part: k, parts, changes: [{ id: `${k}` } as never] });

  it('count when the last is there; a new first part begins anew', () => {
    const parts = createSnapshotParts();
    expect(parts.take(part(0, 3))).toBeNull();
    expect(parts.take(part(0, 2))).toBeNull();
    expect(parts.take(part(1, 2))).toMatchObject({ position: 7, changes: [{ id: '0' }, { id: '1' }] });
  });

  it('a part out of turn is no snapshot', () => {
    const parts = createSnapshotParts();
    parts.take(part(0, 3));
    expect(parts.take(part(2, 3))).toBeNull();
  });
});

describe('listeners', () => {
  it('are all told, even if one throws', () => {
    const silent = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const source = createListeners();
    let told = 0;
    source.add(() => {
      throw new Error('one of them');
    });
    source.add(() => {
      told++;
    });
    source.tell();
    expect(told).toBe(1);
    silent.mockRestore();
  });
});
