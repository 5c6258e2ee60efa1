import { describe, expect, it } from 'vitest';
import { ringsAround, traceArcs } from './border-arcs.ts';
import { closeGaps, createRaster, dropSpecks, type GridPoint, paintRings } from './label-raster.ts';
import { metricAround, ribbon, ringArea, simplify } from './lines.ts';

const square = (x: number, y: number, side: number): GridPoint[] => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
];

const width = 52;
const cell = (column: number, row: number) => (row + 6) * width + column + 6;

/** Two squares that overlap by a column and leave a gap of another to a third. */
function three() {
  const raster = createRaster(-6, -6, width, 30);
  paintRings(raster, [square(2, 2, 11)], 1);
  paintRings(raster, [square(12, 2, 10)], 2);
  paintRings(raster, [square(24, 2, 10)], 3);
  closeGaps(raster, 3);
  return raster;
}

describe('label raster', () => {
  it('gives each cell one owner, closes gaps, leaves the outside alone', () => {
    const raster = three();
    const row = Array.from(raster.labels.slice(cell(-6, 6), cell(-6, 7)));
    expect(row.join('').replace(/(.)\1*/g, '$1')).toBe('01230');
    expect(row.filter((label) => label === 1).length).toBe(11);
    expect(raster.labels.slice(0, width * 6).every((label) => label === 0)).toBe(true);
  });

  it('gives specks to the neighbour with the longest edge', () => {
    const raster = three();
    raster.labels[cell(6, 6)] = 2;
    dropSpecks(raster, 3);
    expect(raster.labels[cell(6, 6)]).toBe(1);
  });
});

describe('borders', () => {
  it('are shared: rings of all owners close and their areas add up', () => {
    const raster = three();
    const arcs = traceArcs(raster);
    const areas = [1, 2, 3].map((owner) => ringsAround(arcs, owner).reduce((sum, ring) => sum + ringArea(ring), 0));
    const cells = [1, 2, 3].map((owner) => raster.labels.filter((label) => label === owner).length);
    expect(areas).toEqual(cells);
    const between = arcs.filter(({ left, right }) => (left === 2 && right === 1) || (left === 1 && right === 2));
    expect(between).toHaveLength(1);
  });

  it('go round holes the other way', () => {
    const raster = createRaster(0, 0, 20, 20);
    paintRings(raster, [square(2, 2, 16), square(8, 8, 4)], 1);
    const rings = ringsAround(traceArcs(raster), 1);
    expect(rings.map(ringArea).sort((a, b) => a - b)).toEqual([-16, 256]);
  });
});

describe('lines', () => {
  it('simplify keeps what deviates and never lets a ring collapse', () => {
    expect(
      simplify(
        [
          [0, 0],
          [1, 0.01],
          [2, 0],
          [3, 5],
          [4, 0],
        ],
        0.1,
      ),
    ).toEqual([
      [0, 0],
      [2, 0],
      [3, 5],
      [4, 0],
    ]);
    const ring = simplify(
      [
        [0, 0],
        [1, 0],
        [2, 0],
        [2, 2],
        [0, 2],
        [0, 0],
      ],
      0.5,
    );
    expect(ring.length).toBeGreaterThanOrEqual(4);
  });

  it('a ribbon has its width', () => {
    const metric = metricAround(118.8, 32.06);
    const pieces = ribbon([metric.to([118.8, 32.06]), metric.to([118.9, 32.06])], [800, 800]);
    const ys = pieces.flat().map(([, y]) => y);
    expect(Math.max(...ys) - Math.min(...ys)).toBeCloseTo(800, 6);
  });
});
