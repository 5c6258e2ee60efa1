import { describe, expect, it } from 'vitest';
import { readGeometry } from './read-geometry.ts';

describe('a place', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY])('%s is no degree', (strange) => {
    for (const coordinates of [
      [strange, 32.05],
      [118.79, strange],
    ])
      expect(readGeometry({ type: 'Point', coordinates }, 'gcj02').geometry).toBeNull();
    const line = {
      type: 'LineString',
      coordinates: [
        [118.79, 32.05],
        [strange, 32],
      ],
    };
    expect(readGeometry(line, 'wgs84').geometry).toBeNull();
  });

  it('with its axes exchanged is told, and not put right', () => {
    expect(readGeometry({ type: 'Point', coordinates: [32.05, 118.79] }, 'wgs84')).toEqual({
      geometry: null,
      flags: ['crs_suspect'],
    });
  });
});
