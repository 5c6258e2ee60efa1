import { describe, expect, it } from 'vitest';
import { kilometreGrid } from '../kilometre-grid.ts';
import { gatherTotals } from './total-layer.ts';
import { placeLabels } from './unit-labels.ts';
import { matrixAtOrigin, tinyHalf, unitHalf } from './unit-program.ts';

describe('call signs', () => {
  const options = { widthOf: (text: string) => text.length * 10, height: 14, gap: 10, limit: 3, marks: [] };
  const label = (x: number, y: number, text = 'ab', strong = false) => ({ at: { x, y }, text, strong });

  it('cover neither a word nor a mark, but for what must be read', () => {
    const texts = (marks: { x: number; y: number }[], ...labels: ReturnType<typeof label>[]) =>
      placeLabels(labels, { ...options, marks }).map(({ text }) => text);
    expect(texts([], label(0, 0, 'a'), label(5, 3, 'b'), label(0, 40, 'c'))).toEqual(['a', 'c']);
    expect(texts([{ x: 15, y: 2 }], label(0, 0, 'a'))).toEqual([]);
    expect(texts([{ x: 15, y: 2 }], label(0, 0, 'a', true))).toEqual(['a']);
    expect(texts([], label(0, 0, 'a'), label(5, 3, 'urgent', true))).toEqual(['urgent']);
  });

  it('stop at their limit', () => {
    const many = Array.from({ length: 9 }, (_, i) => label(0, i * 40));
    expect(placeLabels(many, options)).toHaveLength(3);
  });
});

describe('marks of units', () => {
  it('grow with the zoom from dots to full marks', () => {
    const halves = [7, 8, 9, 10, 11, 12, 13, 14, 15, 18].map((zoom) => unitHalf(zoom, 1));
    expect(halves).toEqual([...halves].sort((a, b) => a - b));
    expect(unitHalf(9, 1)).toBeLessThan(tinyHalf);
    expect(unitHalf(12, 1)).toBeGreaterThan(tinyHalf);
    expect(unitHalf(13, 2)).toBe(unitHalf(12, 1) * 2);
  });

  it('keep their centimetres: the origin is folded in before the precision is lost', () => {
    const matrix = Float64Array.from([2e6, 0, 0, 0, 0, -2e6, 0, 0, 0, 0, 1, 0, -1_660_123.25, 812_345.75, 0, 1]);
    const [originX, originY] = [0.83001234567, 0.40617654321];
    const folded = matrixAtOrigin(matrix, originX, originY);
    const x = 2.5e-8;
    const clip = folded[0]! * x + folded[12]!;
    expect(clip).toBeCloseTo(2e6 * (originX + x) - 1_660_123.25, 3);
  });
});

describe('counts far away', () => {
  const cell = (x: number, y: number, counts: number[], notFresh = 0) => ({ x, y, counts, notFresh });

  it('become one circle where they would cover one another, at their common middle, and lose nobody', () => {
    const gathered = gatherTotals(
      [cell(0.5, 0.5, [3, 1, 0, 0]), cell(0.500001, 0.5, [0, 0, 0, 1], 1), cell(0.6, 0.5, [2, 0, 0, 0])],
      9,
    );
    expect(gathered).toHaveLength(2);
    expect(gathered[0]).toMatchObject({ counts: [3, 1, 0, 1], all: 5, notFresh: 1 });
    expect(gathered[0]?.x).toBeCloseTo(0.5000002, 9);
  });

  it('come apart when near, and leave empty cells out', () => {
    expect(
      gatherTotals([cell(0.5, 0.5, [1, 0, 0, 0]), cell(0.501, 0.5, [1, 0, 0, 0]), cell(0.7, 0.5, [0, 0, 0, 0])], 12),
    ).toHaveLength(2);
  });
});

describe('kilometre grid', () => {
  it('runs through the centre in steps of a kilometre', () => {
    const grid = kilometreGrid([118.7, 32.0, 118.9, 32.1], [118.8, 32.06]);
    const lines = (grid.features[0]!.geometry as GeoJSON.MultiLineString).coordinates;
    const meridians = lines.filter(([a, b]) => a![0] === b![0]).map(([a]) => a![0]!);
    expect(meridians.some((lon) => Math.abs(lon - 118.8) < 1e-9)).toBe(true);
    const step = (meridians[1]! - meridians[0]!) * 111_320 * Math.cos((32.06 * Math.PI) / 180);
    expect(step).toBeCloseTo(1_000, 3);
  });
});
