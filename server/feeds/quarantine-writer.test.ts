import { describe, expect, it } from 'vitest';
import { QuarantineWriter } from './quarantine-writer.ts';

const row = (feed: string, size = 10) => ({ feed, bytes: new Uint8Array(size) });
const budget = { rows: { burst: 3, perSecond: 1 }, bytes: { burst: 100, perSecond: 10 } };

describe('a flood of refusals', () => {
  it('is kept up to its budget, feed by feed, and goes on with time', async () => {
    const kept: { feed: string }[] = [];
    const clock = { now: 0 };
    const writer = new QuarantineWriter(async (rows) => void kept.push(...rows), { now: () => clock.now, budget });
    const answers = [];
    for (let i = 0; i < 6; i += 1) answers.push(await writer.add(row('a')));
    expect(answers).toEqual([true, true, true, false, false, false]);
    expect(await writer.add(row('b'))).toBe(true);
    expect(await writer.add(row('b', 91))).toBe(false);
    clock.now = 1_000;
    expect(await writer.add(row('a'))).toBe(true);
    expect(await writer.add(row('a'))).toBe(false);
    expect(kept).toHaveLength(5);
  });

  it('is written in batches, one at a time, and nobody hears "kept" before it is', async () => {
    const batches: number[] = [];
    let open: () => void = () => undefined;
    const gate = new Promise<void>((done) => {
      open = done;
    });
    const writer = new QuarantineWriter(
      async (rows) => {
        batches.push(rows.length);
        await gate;
      },
      { now: () => 0 },
    );
    let heard = 0;
    const all = Array.from({ length: 300 }, () => writer.add(row('a')).then(() => (heard += 1)));
    await Promise.resolve();
    expect([batches, heard]).toEqual([[1], 0]);
    open();
    await Promise.all(all);
    expect([batches, heard]).toEqual([[1, 299], 300]);
  });

  it('says so where it could not be stored', async () => {
    const writer = new QuarantineWriter(() => Promise.reject(new Error('gone')), { now: () => 0 });
    await expect(writer.add(row('a'))).rejects.toThrow('gone');
    await expect(writer.add(row('a'))).rejects.toThrow('gone');
  });
});
