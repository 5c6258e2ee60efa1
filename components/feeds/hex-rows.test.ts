import { expect, it } from 'vitest';
import { hexRows } from './hex-rows.ts';

it('cuts into rows of sixteen and marks the byte at which reading stopped', () => {
  const rows = hexRows('7e0200'.padEnd(40, '41'), 17);
  expect(rows.map((row) => [row.offset, row.bytes.length])).toEqual([
    [0, 16],
    [16, 4],
  ]);
  expect(rows[0]?.bytes.slice(0, 3).map((byte) => byte.hex + byte.char)).toEqual(['7e~', '02·', '00·']);
  expect(rows.flatMap((row) => row.bytes).findIndex((byte) => byte.marked)).toBe(17);
});

it('shows nothing of nothing', () => {
  expect(hexRows('', null)).toEqual([]);
});
