import { describe, expect, it } from 'vitest';
import { distanceM } from '@/server/domain/distance.ts';
import { circleRing } from '@/server/domain/follow-up-area.ts';
import { freshPen, shapeOf, withoutLast, withPoint } from './drawing-pen.ts';
import {
  anchorOf,
  areaM2,
  drawingDashes,
  drawingMeanings,
  drawingSigns,
  geometryOf,
  lengthM,
} from './drawing-shapes.ts';

const at = [118.79, 32.04] as [number, number];
const east = [118.8, 32.04] as [number, number];
const north = [118.79, 32.05] as [number, number];

describe('shapes on the ground', () => {
  it('a circle is as far from its middle everywhere as it says', () => {
    const ring = circleRing(at, 5_000);
    for (const point of ring) expect(Math.abs(distanceM(at, point) - 5_000)).toBeLessThan(10);
    expect(ring[0]).toEqual(ring.at(-1));
  });

  it('have a closed ring, a length and an area', () => {
    expect(geometryOf({ kind: 'area', points: [at, east, north] })).toEqual({
      type: 'Polygon',
      coordinates: [[at, east, north, at]],
    });
    const [width, height] = [distanceM(at, east), distanceM(at, north)];
    expect(lengthM([at, east])).toBeCloseTo(width, 6);
    expect(Math.abs(areaM2([at, east, north]) / ((width * height) / 2) - 1)).toBeLessThan(0.001);
  });

  it('carry their words at the top of an area and in the middle of a line', () => {
    expect(anchorOf({ kind: 'area', points: [at, east, north] })).toEqual(north);
    const [lon, lat] = anchorOf({ kind: 'line', points: [at, east] });
    expect([lon.toFixed(6), lat]).toEqual(['118.795000', 32.04]);
    expect(anchorOf({ kind: 'line', points: [at, at] })).toEqual(at);
  });

  it('are told apart without colour', () => {
    expect(new Set(drawingMeanings.map((one) => drawingSigns[one])).size).toBe(drawingMeanings.length);
    expect(new Set(drawingMeanings.map((one) => String(drawingDashes[one]))).size).toBe(drawingMeanings.length);
  });
});

describe('the pen', () => {
  it('makes a shape of its points, and takes the last one back', () => {
    let line = freshPen('i', 'line', 'route');
    expect(shapeOf(line)).toBeNull();
    line = withPoint(withPoint(withPoint(line, at), east), east);
    expect(shapeOf(line)).toEqual({ kind: 'line', points: [at, east] });
    expect(shapeOf(withoutLast(line))).toBeNull();
    expect(shapeOf({ ...line, kind: 'area' })).toBeNull();
    expect(shapeOf(withPoint(withPoint(freshPen('i', 'point', 'note'), at), east))).toEqual({
      kind: 'point',
      at: east,
    });
  });

  it('draws a circle by its middle and its rim, or by a figure', () => {
    const middle = withPoint(freshPen('i', 'circle', 'danger'), at);
    expect(shapeOf(middle)).toBeNull();
    const whole = withPoint(middle, east);
    expect(shapeOf(whole)).toEqual({ kind: 'circle', at, radiusM: Math.round(distanceM(at, east)) });
    expect(withoutLast(whole)).toEqual(middle);
    expect(shapeOf({ ...middle, radiusM: 300 })).toMatchObject({ radiusM: 300 });
    expect(shapeOf({ ...middle, radiusM: 300_000 })).toBeNull();
  });
});
