import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { termsOf } from './gazetteer.ts';
import { loadCity } from './load-city.ts';

const city = loadCity(fileURLToPath(new URL('../..', import.meta.url)), 'nanjing');
const { search, byCode } = city.gazetteer;
const first = (text: string) => search(text)[0];

describe('search over the names of the city', () => {
  it.each([
    ['孝陵卫', '孝陵卫街道'],
    ['xiaolingwei', '孝陵卫街道'],
    ['xiao ling wei', '孝陵卫街道'],
    ['xlw', '孝陵卫街道'],
    ['gulouqu', '鼓楼区'],
    ['鼓楼', '鼓楼区'],
    ['xjk', '新街口街道'],
    ['luhe', '六合区'],
    ['liuhe', '六合区'],
    ['lishui', '溧水区'],
    ['moling', '秣陵街道'],
    ['江宁 东山', '东山街道'],
    ['江宁区东山街道', '东山街道'],
    ['320115001', '东山街道'],
    ['大行宫', '大行宫社区居委会'],
  ])('%s finds %s first', (text, name) => {
    expect(first(text)?.name).toBe(name);
  });

  it('offers a landmark after the street of the same name, with a rough place only', () => {
    const found = search('xjk').find(({ level }) => level === 'landmark');
    expect(found).toMatchObject({ name: '新街口', lonLat: null, approximateM: 600 });
    expect(found?.view?.centre).toEqual([118.7785, 32.0425]);
  });

  it('orders exact before prefix before contained, and district before street before community', () => {
    const ranks = search('鼓楼', { limit: 40 }).map(({ match }) => ['exact', 'prefix', 'contained'].indexOf(match));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    const levels = search('栖霞', { limit: 40 })
      .filter(({ match }) => match === 'exact')
      .map(({ level }) => level);
    expect(levels.slice(0, 2)).toEqual(['district', 'street']);
  });

  it('names the chain above and says that a community has no position', () => {
    expect(byCode('320115001001')).toMatchObject({
      parents: [
        { code: '320115', name: '江宁区' },
        { code: '320115001', name: '东山街道' },
      ],
      district: '320115',
      street: '320115001',
      community: '320115001001',
      lonLat: null,
      approximateM: null,
      view: { centre: city.districts.get('320115')?.centre },
    });
  });

  it('keeps farms, parks and prisons out of the choices unless asked', () => {
    expect(search('龙潭监狱')).toEqual([]);
    expect(search('龙潭监狱', { withZones: true })[0]?.name).toBe('龙潭监狱');
  });

  it('finds nothing for nothing', () => {
    for (const text of ['', '  ', '，', 'zzzzqq', '😀', '不存在的地方']) expect(search(text)).toEqual([]);
  });

  it('joins letters typed with spaces, keeps words apart', () => {
    expect(termsOf(' Xin  jie kou ')).toEqual(['xinjiekou']);
    expect(termsOf('江宁 dong shan')).toEqual(['江宁', 'dongshan']);
  });
});

describe('typed coordinates', () => {
  it.each([
    '118.80, 32.06',
    '118.80 32.06',
    '32.06, 118.80',
    '32.06N 118.80E',
    'E118.80 N32.06',
    '东经118.80 北纬32.06',
    '118°48′00″E 32°03′36″N',
    `32°3'36"N, 118°48'0"E`,
    '118.80°，32.06°',
    '东经118度48分 北纬32度3分36秒',
    '（118.80，32.06）',
  ])('reads %s', (text) => {
    const found = first(text);
    expect(found).toMatchObject({ level: 'coordinates', match: 'typed', datum: 'wgs84', outsideCity: false });
    expect(found?.lonLat?.[0]).toBeCloseTo(118.8, 6);
    expect(found?.lonLat?.[1]).toBeCloseTo(32.06, 6);
  });

  it('takes the shift of a Chinese datum away, by choice or by word', () => {
    const byChoice = search('118.805, 32.058', { datum: 'gcj02' })[0];
    expect(first('118.805, 32.058 高德')).toEqual(byChoice);
    expect(byChoice?.datum).toBe('gcj02');
    expect(byChoice!.lonLat![0]).toBeLessThan(118.801);
    expect(first('118.8115 32.0642 百度')?.datum).toBe('bd09');
  });

  it('says when a point lies outside and refuses what is no point', () => {
    expect(first('121.47, 31.23')).toMatchObject({ outsideCity: true, district: null });
    for (const text of ['200, 95', '118.80', '118.80, 32.06, 5', '118.80E 32.06E', '12 号线'])
      expect(first(text)?.level).not.toBe('coordinates');
  });
});
