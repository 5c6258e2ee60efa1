import { describe, expect, it } from 'vitest';
import type { ReadingRecord } from '@/server/wire/record.ts';
import { isRefusal } from '../refusal.ts';
import { decode } from './decode.ts';
import { map } from './map.ts';
import type { Metar, Taf } from './message.ts';
import { bytesOf } from './testing/reports.ts';

function read(text: string): Metar | Taf {
  const document = decode(bytesOf(text));
  if (isRefusal(document)) throw new Error(`${document.refused}: ${document.detail}`);
  expect(document).toMatchObject({ unreadable: [], reports: [{}] });
  return document.reports[0]!;
}
const observed = (groups: string) => read(`METAR ZZZZ 120300Z ${groups}=`) as Metar;
const forecast = (groups: string) => read(`TAF ZZZZ 120500Z ${groups}=`) as Taf;

describe('winds as fingers write them', () => {
  it.each([
    ['26026G40', 260, 26, 40],
    ['09010K', 90, 10, null],
    ['06012G22TK', 60, 12, 22],
    ['09010LT', 90, 10, null],
    ['VAB04KT', null, 4, null],
    ['360G17G32KT', 0, 17, 32],
    ['15015GT20KT', 150, 15, 20],
    ['09010G7KT', 90, 10, 7],
    ['09010GMMKT', 90, 10, null],
    ['O9O1OKT', 90, 10, null],
  ])('%s', (token, directionDeg, knots, gust) => {
    const { conditions, flags, unread } = observed(`${token} 9999 10/05 Q1012`);
    const mps = (value: number | null) => (value === null ? null : Math.round((value * 1852) / 3.6) / 1000);
    expect(conditions.wind).toMatchObject({ directionDeg, speedMps: mps(knots), gustMps: mps(gust), raw: token });
    expect([flags, unread]).toEqual([['unit_assumed'], []]);
  });
  it('calm in a word, and a time said twice', () => {
    expect(observed('CALM 9999').conditions.wind).toMatchObject({ speedMps: 0, directionDeg: null });
    expect(observed('120300Z11020KT Q1015')).toMatchObject({ conditions: { wind: { directionDeg: 110 } }, unread: [] });
    expect(observed('26003KT 200V300KT 8000').conditions.wind).toMatchObject({ fromDeg: 200, toDeg: 300 });
  });
  it('no wind is made of anything else', () => {
    expect(observed('90010KT 9999').conditions.wind).toBeNull();
    expect(observed('3000 BR 10/09 Q1012').conditions).toMatchObject({ wind: null, visibility: { metres: 3000 } });
  });
});

describe('groups in other orders and spellings', () => {
  it.each([
    ['+SNSH', { intensity: 'heavy', descriptors: ['SH'], phenomena: ['SN'] }],
    ['DSTS', { descriptors: ['TS'], phenomena: ['DS'] }],
    ['+VCTSRA', { intensity: 'heavy', vicinity: true, descriptors: ['TS'], phenomena: ['RA'] }],
    ['RESHUP', { recent: true, descriptors: ['SH'], phenomena: ['UP'] }],
  ])('%s', (token, expected) => {
    expect(observed(`20005KT 5000 ${token} BKN010 05/04 Q1000`)).toMatchObject({
      conditions: { weather: [expected] },
      unread: [],
    });
  });
  it('weather in two words, and one or the other', () => {
    expect(forecast('1206/1306 20005KT P6SM VC RA BKN020').conditions.weather).toMatchObject([
      { vicinity: true, phenomena: ['RA'] },
    ]);
    expect(forecast('1206/1306 20005KT 3000 SA/TSRA').conditions.weather).toMatchObject([
      { phenomena: ['SA'] },
      { descriptors: ['TS'], phenomena: ['RA'] },
    ]);
  });
  it('a range whose upper end alone is bounded is not itself more than it says', () => {
    const { runwayRanges } = observed('15011KT 0600 R35/3500VP6000FT/D R12/P6000FT/U R08/6000FT/ FG');
    expect(runwayRanges).toMatchObject([
      { metres: 1067, bound: null, toMetres: 1829, toBound: 'more', tendency: 'down' },
      { metres: 1829, bound: 'more', toMetres: null, tendency: 'up' },
      { metres: 1829, bound: null, tendency: null },
    ]);
  });
  it.each(['R88/60D', '09SNOCLO', 'R01R/SNOCLO', 'R33///////', 'R32/01//70', '09690692', 'R31/CLRD//'])(
    '%s is the state of a runway',
    (token) =>
      expect(observed(`20005KT 9999 05/04 Q1000 ${token} NOSIG`)).toMatchObject({ runwayStates: [token], unread: [] }),
  );
  it.each([
    ['10///', 10, null],
    ['///20', null, 20],
    ['M62/', -62, null],
    ['00/M00', 0, 0],
    ['XX/01', null, 1],
  ])('temperatures %s', (token, temperatureCel, dewPointCel) => {
    expect(observed(`20005KT 9999 ${token} Q1000`)).toMatchObject({ temperatureCel, dewPointCel, unread: [] });
  });
  it.each([
    ['Q 1000', 1000],
    ['Q.1000', 1000],
    ['Q1000/10', 1000],
    ['A 2992', 1013.2],
    ['QNH2992INS', 1013.2],
  ])('pressure %s', (written, hPa) => {
    expect(observed(`20005KT 9999 10/05 ${written}`)).toMatchObject({ pressures: [{ hPa }], unread: [] });
  });
  it.each([
    ['/1/4SM', 402, null],
    ['6SPM', 9656, 'more'],
    ['P1 1/2SM', 2414, 'more'],
    ['1 5/8SM', 2615, null],
    ['45SM', 72_420, null],
  ])('visibility %s', (written, metres, bound) => {
    expect(observed(`20005KT ${written} 10/05 Q1000`)).toMatchObject({
      conditions: { visibility: { metres, bound } },
      unread: [],
    });
  });
  it('layers with clouds of other kinds, or not seen at all', () => {
    const { conditions, unread } = observed('20005KT 9999 FEW020CU BKN030SC //////TCU ///////// 10/05 Q1000');
    expect(conditions.clouds.map(({ amount, baseM, type }) => [amount, baseM, type])).toEqual([
      ['FEW', 610, null],
      ['BKN', 914, null],
      [null, null, 'TCU'],
      [null, null, null],
    ]);
    expect(unread).toEqual([]);
  });
});

describe('words behind the pressure without RMK', () => {
  it('are no weather of now', () => {
    const report = observed('00000KT 9999 BKN030TCU 33/26 Q1012 TCU ALL HZ');
    expect(report).toMatchObject({ conditions: { weather: [] }, unread: ['TCU', 'ALL', 'HZ'] });
  });
  it('are neither a second wind nor a second visibility; recent weather and shear are what they are', () => {
    const report = observed('25006KT 9999 BKN037 20/15 Q1020 RERA WS RWY25 BLU 25008KT 8000 SCT050');
    expect(report.conditions).toMatchObject({
      visibilityTowards: [],
      weather: [{ recent: true }],
      windShear: ['WS RWY25'],
    });
    expect(report).toMatchObject({ colour: 'BLU', unread: ['25008KT', '8000'] });
  });
  it('a trend goes on behind them', () => {
    expect(observed('27048KT 4000 23/11 Q1014 TEMPO FM 1300 32030G40KT 1500 SA').trends).toMatchObject([
      { times: [{ kind: 'FM', hour: 13, minute: 0 }], visibility: { metres: 1500 }, wind: { directionDeg: 320 } },
    ]);
  });
});

it('rain of ten minutes, or none measured', () => {
  const readings = (rain: string) =>
    map(
      { name: '', reports: [observed(`AUTO 08013KT 9999 // NCD 21/M03 Q1026 ${rain}`)], unreadable: [] },
      { receivedAt: Date.UTC(2026, 5, 12, 4), crs: 'wgs84', options: {} },
    ).filter((one) => 'property' in one && one.property === 'precipitation') as ReadingRecord[];
  expect(readings('RF01.2/012.4')).toMatchObject([
    { value: 1.2, unit: 'mm', statistic: 'sum', intervalS: 600, quality: { state: 'good' } },
  ]);
  expect(readings('RMK RF00.4/001.0 CLD:BKN010')).toMatchObject([{ value: 0.4, intervalS: 600 }]);
  expect(readings('RF//.//////./')).toEqual([]);
  expect(readings('RF00.0////./')).toMatchObject([{ value: 0 }]);
});

describe('forecasts', () => {
  it('go on behind a remark on the first line', () => {
    const report = read(
      'TAF ZZZZ 300939Z 3010/3022 VRB03KT 6SM -SN OVC015 RMK FCST BASED ON AUTO OBS. NXT FCST BY 301400Z\n' +
        ' TEMPO 3010/3012 11/2SM -SN OVC009 FM301200 10008KT 2SM\nPROB40 TEMPO 3012/3022 3/4SM RMK LAST\n',
    ) as Taf;
    expect(report.trends.map(({ type }) => type)).toEqual(['TEMPO', 'FM', 'PROB40 TEMPO']);
    expect(report).toMatchObject({ remarks: 'FCST BASED ON AUTO OBS. NXT FCST BY 301400Z LAST', unread: [] });
  });
  it('of air forces name the lowest pressure, icing and turbulence', () => {
    const report = forecast(
      '1206/1312 VRB06KT 9999 SCT250 610105 QNH2992INS BECMG 1217/1218 10010G15KT 530009 QNH2980INS',
    );
    expect(report).toMatchObject({ conditions: { lowestQnhHpa: 1013.2, layers: ['610105'] }, unread: [] });
    expect(report.trends).toMatchObject([{ lowestQnhHpa: 1009.1, layers: ['530009'] }]);
  });
  it('may begin with their validity, and name extremes without X and N', () => {
    const report = read('TAF ZZZZ 1215/1315 27010KT 9999 SCT010 T30/1219Z T22/1309Z') as Taf;
    expect(report).toMatchObject({ issued: null, from: { day: 12, hour: 15 }, unread: [] });
    expect(report.temperatures.map(({ kind, celsius }) => [kind, celsius])).toEqual([
      ['highest', 30],
      ['lowest', 22],
    ]);
  });
  it('of before 2008 name the hours of their changes', () => {
    const report = forecast('121221 18004MPS 5000 BR TEMPO 1418 3000 FM1900 VRB02MPS');
    expect(report.trends).toMatchObject([
      { type: 'TEMPO', from: { day: 12, hour: 14 }, until: { day: 12, hour: 18 }, visibility: { metres: 3000 } },
      { type: 'FM', from: { day: 12, hour: 19, minute: 0 } },
    ]);
  });
  it('end a change at TL', () => {
    expect(forecast('1206/1306 18004KT FM120800 TL121200 VRB02KT').trends).toMatchObject([
      { from: { day: 12, hour: 8 }, until: { day: 12, hour: 12 } },
    ]);
  });
});

describe('reports where others would not look', () => {
  it('NIL by itself, without its time', () => {
    expect(read('METAR ZZZZ NIL=')).toMatchObject({ station: 'ZZZZ', issued: null, nil: true });
    const bulletin = decode(bytesOf('METAR\nZSNJ 120300Z 22006MPS CAVOK 28/20 Q1004=\nZSOF NIL=\n'));
    expect(bulletin).toMatchObject({ reports: [{ nil: false }, { station: 'ZSOF', nil: true }] });
    if (isRefusal(bulletin)) throw new Error('refused');
    const records = map(bulletin, { receivedAt: Date.UTC(2026, 5, 12, 4), crs: 'wgs84', options: {} });
    expect(records.every((one) => 'subject' in one && one.subject.key === 'ZSNJ')).toBe(true);
  });
  it('behind a word or a heading on the same line', () => {
    expect(read('SACI31 ZBBB 120300 METAR ZSNJ 120300Z 22006MPS CAVOK=')).toMatchObject({ station: 'ZSNJ' });
    expect(read('latest TAF TAF ZSNJ 120300Z 1206/1306 22006MPS CAVOK')).toMatchObject({
      type: 'TAF',
      station: 'ZSNJ',
    });
  });
  it('AUTO before the time, corrections of both kinds', () => {
    expect(read('METAR ZZZZ AUTO 120300Z 22006MPS')).toMatchObject({ auto: true, issued: { day: 12 } });
    expect(read('METAR ZZZZ 120300Z COR AUTO 22006MPS')).toMatchObject({ auto: true, correction: 1 });
  });
});
