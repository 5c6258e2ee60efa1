import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unitStatuses } from '@/server/domain/unit.ts';
import {
  cellAt,
  cellBox,
  cellsInBounds,
  createCellGrid,
  latitude,
  longitude,
  mercatorX,
  mercatorY,
  metresPerWorld,
  nanjingGrid,
  quantise,
  unquantise,
} from './cell-grid.ts';
import {
  decodeFrames,
  encodeCellFrame,
  encodeResetFrame,
  encodeTotalsFrame,
  freshnessOfByte,
  headingByte,
  headingOfByte,
  packStatus,
  statusCodeOf,
  statusOfByte,
  statusOfCode,
} from './frame.ts';

const grid = createCellGrid(nanjingGrid);
const u16 = fc.integer({ min: 0, max: 65_535 });
const u8 = fc.integer({ min: 0, max: 255 });
const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 999 }), u16, u16, u8, u8), { maxLength: 300 });
const heads = fc.record({
  cell: u16,
  tick: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  timeMs: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
});

const columnsOf = (of: readonly (readonly [number, number, number, number, number])[]) => {
  const columns = {
    x: new Uint16Array(1_000),
    y: new Uint16Array(1_000),
    heading: new Uint8Array(1_000),
    status: new Uint8Array(1_000),
  };
  for (const [slot, x, y, heading, status] of of) {
    columns.x[slot] = x;
    columns.y[slot] = y;
    columns.heading[slot] = heading;
    columns.status[slot] = status;
  }
  return columns;
};

describe('frames', () => {
  it('give back what was put in, however many share a message and wherever it lies in memory', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(heads, rows), { maxLength: 4 }), fc.integer({ min: 0, max: 9 }), (list, shift) => {
        const encoded = list.map(([head, units]) => {
          const slots = [...new Set(units.map(([slot]) => slot))];
          const columns = columnsOf(units);
          return { head, slots, columns, bytes: encodeCellFrame(head, slots, { count: slots.length, columns }) };
        });
        const message = Buffer.concat([Buffer.alloc(shift), ...encoded.map(({ bytes }) => bytes)]).subarray(shift);
        const frames = decodeFrames(message);
        if ('fault' in frames) throw new Error(frames.fault);
        expect(frames.length).toBe(encoded.length);
        frames.forEach((frame, k) => {
          const { head, slots, columns } = encoded[k]!;
          if (frame.type !== 'cell') throw new Error(frame.type);
          expect({ cell: frame.cell, tick: frame.tick, timeMs: frame.timeMs }).toEqual(head);
          expect([...frame.slots]).toEqual(slots);
          expect([...frame.x]).toEqual(slots.map((slot) => columns.x[slot]));
          expect([...frame.y]).toEqual(slots.map((slot) => columns.y[slot]));
          expect([...frame.heading]).toEqual(slots.map((slot) => columns.heading[slot]));
          expect([...frame.status]).toEqual(slots.map((slot) => columns.status[slot]));
        });
      }),
      { numRuns: 100 },
    );
  });

  it('take 16 bytes and 8 a unit', () => {
    const columns = columnsOf([]);
    expect(encodeCellFrame({ cell: 1, tick: 1, timeMs: 1 }, [1, 2, 3], { count: 3, columns }).byteLength).toBe(40);
  });

  it('lay their bytes out as documented, little-endian', () => {
    const columns = columnsOf([[7, 0x1234, 0xfedc, 64, packStatus(3, 2)]]);
    const bytes = encodeCellFrame({ cell: 0x0203, tick: 5, timeMs: 0x0102030405 }, [7], { count: 1, columns });
    expect(Buffer.from(bytes).toString('hex')).toBe(
      ['01', '01', '0302', '0100', '0100', '05040302', '05000000', '0700', '3412', 'dcfe', '40', '43'].join(''),
    );
  });

  it('carry totals and resets', () => {
    const totals = [
      { cell: 3, x: 10, y: 20, counts: [1, 2, 3, 4], notFresh: 5 },
      { cell: 9, x: 0, y: 0, counts: [0, 0, 0, 0], notFresh: 0 },
    ];
    const head = { cell: 65_535, tick: 2, timeMs: 3 };
    const message = Buffer.concat([encodeResetFrame(head), encodeTotalsFrame(head, totals)]);
    const frames = decodeFrames(message);
    if ('fault' in frames) throw new Error(frames.fault);
    expect(frames.map((frame) => frame.type)).toEqual(['reset', 'totals']);
    expect(frames[1]).toMatchObject({ totals });
  });

  it('refuse any bytes they cannot read, and never throw', () => {
    const whole = encodeResetFrame({ cell: 1, tick: 1, timeMs: 1 });
    expect(decodeFrames(whole.slice(0, 15))).toEqual({ fault: 'trailing', offset: 0 });
    expect(decodeFrames(Uint8Array.from(whole, (byte, k) => (k === 1 ? 9 : byte)))).toMatchObject({ fault: 'version' });
    expect(decodeFrames(Uint8Array.from(whole, (byte, k) => (k === 0 ? 7 : byte)))).toMatchObject({ fault: 'type' });
    const columns = columnsOf([]);
    const cut = encodeCellFrame({ cell: 1, tick: 1, timeMs: 1 }, [1, 2], { count: 2, columns }).slice(0, 30);
    expect(decodeFrames(cut)).toEqual({ fault: 'short', offset: 0 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        decodeFrames(bytes);
      }),
      { numRuns: 500 },
    );
  });

  it('pack status and freshness in one byte, for every status', () => {
    for (const [code, status] of unitStatuses.entries())
      for (let freshness = 0; freshness < 4; freshness++) {
        const byte = packStatus(code, freshness);
        expect([statusOfByte(byte), freshnessOfByte(byte)]).toEqual([code, freshness]);
        expect(statusOfCode(statusCodeOf(status))).toBe(status);
      }
    expect(statusOfCode(statusCodeOf(null))).toBeNull();
  });

  it('keep headings to less than a degree, and unknown apart from north', () => {
    expect(headingOfByte(headingByte(null))).toBeNull();
    expect(headingOfByte(headingByte(0))).toBe(0);
    expect(headingOfByte(headingByte(360))).toBe(0);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 360, noNaN: true }), (headingDeg) => {
        const back = headingOfByte(headingByte(headingDeg)) ?? Number.NaN;
        const off = Math.abs(back - headingDeg) % 360;
        expect(Math.min(off, 360 - off)).toBeLessThan(0.71);
      }),
    );
  });
});

describe('cells', () => {
  it('number fewer than 16 bits and measure about 2.3 km', () => {
    expect(grid.cellCount).toBeLessThan(4_000);
    expect(grid.size * metresPerWorld(31.92)).toBeCloseTo(2_300, -1);
  });

  it('keep a position in the city to 4 cm, in its own cell', () => {
    fc.assert(
      fc.property(
        fc.double({ min: nanjingGrid.west, max: nanjingGrid.east, noNaN: true }),
        fc.double({ min: nanjingGrid.south, max: nanjingGrid.north, noNaN: true }),
        (lon, lat) => {
          const x = mercatorX(lon);
          const y = mercatorY(lat);
          const cell = cellAt(grid, x, y);
          expect(cell).toBeLessThan(grid.regionCell);
          const box = cellBox(grid, cell);
          const backX = unquantise(quantise(x, box.x, box.size), box.x, box.size);
          const backY = unquantise(quantise(y, box.y, box.size), box.y, box.size);
          expect(cellAt(grid, backX, backY)).toBe(cell);
          const metres = metresPerWorld(lat);
          expect(Math.abs(backX - x) * metres).toBeLessThan(0.04);
          expect(Math.abs(backY - y) * metres).toBeLessThan(0.04);
          expect(longitude(x)).toBeCloseTo(lon, 9);
          expect(latitude(y)).toBeCloseTo(lat, 9);
        },
      ),
    );
  });

  it('hold what lies outside: Shanghai in the region, Beijing in the world', () => {
    expect(cellAt(grid, mercatorX(121.47), mercatorY(31.23))).toBe(grid.regionCell);
    expect(cellAt(grid, mercatorX(116.4), mercatorY(39.9))).toBe(grid.worldCell);
  });

  it('of a view are those whose boxes it touches', () => {
    const bounds = [118.77, 32.03, 118.8, 32.05] as const;
    const cells = cellsInBounds(grid, bounds);
    expect(cells).toContain(cellAt(grid, mercatorX(118.78), mercatorY(32.04)));
    expect(cells.length).toBeLessThan(12);
    expect(cellsInBounds(grid, [100, 20, 130, 50]).length).toBe(grid.cellCount);
  });

  it('refuse a grid that needs more than 16 bits', () => {
    expect(() => createCellGrid({ ...nanjingGrid, cellM: 100 })).toThrow(/65,000/);
  });
});
