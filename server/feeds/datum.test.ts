import { describe, expect, it } from 'vitest';
import { toWgs84 } from './datum.ts';

const metresBetween = (a: readonly number[], b: readonly number[]) =>
  Math.hypot(
    ((a[0] ?? 0) - (b[0] ?? 0)) * 111_320 * Math.cos(((a[1] ?? 0) * Math.PI) / 180),
    ((a[1] ?? 0) - (b[1] ?? 0)) * 110_900,
  );

describe('toWgs84', () => {
  it('moves GCJ-02 and BD-09 in Nanjing by the known distance', () => {
    const gcj = toWgs84([118.80517808597902, 32.0579195545077], 'gcj02');
    expect(metresBetween(gcj, [118.8, 32.06])).toBeLessThan(0.05);
    expect(metresBetween(toWgs84([118.8, 32.06], 'gcj02'), [118.8, 32.06])).toBeGreaterThan(400);
    expect(metresBetween(toWgs84([118.8, 32.06], 'bd09'), [118.8, 32.06])).toBeGreaterThan(800);
  });

  it('leaves WGS-84, CGCS2000 and undeclared positions alone', () => {
    for (const crs of ['wgs84', 'cgcs2000', 'unknown'] as const)
      expect(toWgs84([118.8, 32.06], crs)).toEqual([118.8, 32.06]);
  });

  it('leaves positions outside China alone, whatever their label', () => {
    expect(toWgs84([2.35, 48.85], 'gcj02')).toEqual([2.35, 48.85]);
    expect(toWgs84([-74, 40.7], 'bd09')).toEqual([-74, 40.7]);
    expect(toWgs84([0, 0], 'gcj02')).toEqual([0, 0]);
  });
});
