import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { GazetteerEntry } from './gazetteer.ts';
import { loadCity } from './load-city.ts';
import { placesIn } from './place-in-text.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const road = (
  name: string,
  level: 'road' | 'crossing' = 'road',
  at: [number, number] = [118.78, 32.04],
): GazetteerEntry => ({
  code: null,
  level,
  name,
  bare: name,
  aliases: level === 'crossing' ? [] : [],
  pinyin: [],
  initials: [],
  choice: true,
  rough: null,
  surveyed: { at, box: level === 'road' ? [118.7, 32, 118.8, 32.1] : null },
});
const more = [
  road('中山路'),
  road('汉中路'),
  road('绕城高速'),
  { ...road('中山路与汉中路路口', 'crossing'), aliases: ['汉中路与中山路路口', '中山路汉中路'] },
];
const plain = loadCity(root, 'nanjing');
const imported = loadCity(root, 'nanjing', () => more);
const read = (text: string, city = imported, datum: 'wgs84' | 'gcj02' = 'wgs84') =>
  placesIn(text, { gazetteer: city.gazetteer, bbox: city.bbox, datum });
const first = (text: string, city = imported) => read(text, city)[0];

describe('places that a story names', () => {
  it.each([
    ['我在中山路与汉中路交叉口，两辆车撞了', 'crossing', '中山路与汉中路路口'],
    ['汉中路和中山路路口有人晕倒', 'crossing', '中山路与汉中路路口'],
  ])('%s: the crossing, with its point', (text, kind, name) => {
    expect(first(text)).toMatchObject({ kind, candidate: { name, lonLat: [118.78, 32.04] } });
  });

  it('a house number and a stake keep the road to look at, and no point is invented', () => {
    expect(first('着火了，在中山路18号楼下的店里，哦是中山路18号')).toMatchObject({
      kind: 'house',
      said: '中山路18号',
      candidate: { level: 'road', lonLat: null, district: null },
    });
    expect(first('绕城高速往机场方向k12+300追尾')).toMatchObject({ kind: 'stake', said: '绕城高速K12+300' });
    expect(first('就在绕城高速K12+3')).toMatchObject({ kind: 'stake', said: '绕城高速K12+3' });
  });

  it('a landmark is found in running words; the road beside it is proposed after it', () => {
    expect(first('夫子庙大成殿门口挤满了人')).toMatchObject({ kind: 'landmark', candidate: { name: '夫子庙' } });
  });

  it('without an imported map the words themselves are proposed', () => {
    expect(first('在虹悦路与青溪路路口', plain)).toMatchObject({
      kind: 'crossing',
      said: '虹悦路与青溪路路口',
      candidate: null,
    });
    expect(first('家住虹悦路18号，一楼进水', plain)).toMatchObject({ kind: 'house', said: '虹悦路18号' });
  });

  it.each([
    '位置118.80123, 32.06045，快来',
    '北纬32.06045 东经118.80123附近',
    '导航发的坐标：32.06045,118.80123',
    '坐标N32°03′37.62″ E118°48′04.43″，路边',
    '东经118°48′4.43″，北纬32°3′37.62″',
  ])('%s: coordinates before all else', (text) => {
    const found = first(text);
    expect(found?.kind).toBe('coordinates');
    expect(found?.candidate?.lonLat?.[0]).toBeCloseTo(118.80123, 4);
    expect(found?.candidate?.lonLat?.[1]).toBeCloseTo(32.06045, 4);
  });

  it('takes the datum that is named, else the chosen one', () => {
    const byWord = first('118.80500,32.05800（高德）');
    expect(byWord?.candidate?.datum).toBe('gcj02');
    expect(read('118.80500,32.05800', imported, 'gcj02')[0]?.candidate?.lonLat).toEqual(byWord?.candidate?.lonLat);
  });

  it('figures that are no position are none', () => {
    for (const text of ['伤了2,3个人', '车牌苏A12345，18楼', '电话13912345678', '下午3.15到4.20之间', ''])
      expect(read(text)).toEqual([]);
  });

  it('any text gives an answer', () => {
    for (const text of ['😀'.repeat(3000), '路路路路与路与路', 'K+K+', '((((', '号号号18号号'])
      expect(Array.isArray(read(text))).toBe(true);
  });
});
