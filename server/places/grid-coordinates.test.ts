import { describe, expect, it } from 'vitest';
import { readGrid } from './grid-coordinates.ts';

/** A published pair: the CN Tower, 43°38′33.24″N 79°23′13.7″W. */
const tower = { lon: -(79 + 23 / 60 + 13.7 / 3600), lat: 43 + 38 / 60 + 33.24 / 3600 };

describe('UTM and MGRS', () => {
  it.each([
    '17T 630084 4833438',
    'UTM 17T 630084E 4833438N',
    '17T PJ 30084 33438',
    '17TPJ3008433438',
    'mgrs 17tpj 3008433438',
  ])('reads %s to the metre', (text) => {
    const [lon, lat] = readGrid(text)!;
    expect(Math.abs(lon - tower.lon) * 80_000).toBeLessThan(1.5);
    expect(Math.abs(lat - tower.lat) * 111_000).toBeLessThan(1.5);
  });

  it('reads both of the same place of the city alike', () => {
    const utm = readGrid('50R 669853 3549013')!;
    expect(utm[0]).toBeGreaterThan(118.7);
    expect(utm[0]).toBeLessThan(118.9);
    expect(utm[1]).toBeGreaterThan(32);
    expect(utm[1]).toBeLessThan(32.2);
    const square = [...'ABCDEFGHJKLMNPQRSTUV'].map((row) => readGrid(`50R P${row} 69853 49013`));
    expect(
      square.filter((at) => at && Math.abs(at[0] - utm[0]) < 1e-5 && Math.abs(at[1] - utm[1]) < 1e-5),
    ).toHaveLength(1);
  });

  it.each([
    '50R 999999 3549013',
    '61R 669853 3549013',
    '17T PJ 300 3343',
    '17T ZZ 30084 33438',
    '中山路 18 号',
    '',
    '118.8 32.06',
  ])('refuses %s', (text) => {
    expect(readGrid(text)).toBeNull();
  });
});
