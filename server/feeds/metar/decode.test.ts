import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { decode, maxFrameBytes } from './decode.ts';
import type { Metar, Taf } from './message.ts';
import { readVisibility, readWeather, readWind } from './read-groups.ts';
import { bytesOf, reports } from './testing/reports.ts';

function read(text: string): Metar | Taf {
  const document = decode(bytesOf(text));
  if (isRefusal(document)) throw new Error(`${document.refused}: ${document.detail}`);
  expect(document.reports).toHaveLength(1);
  return document.reports[0]!;
}
const observation = (text: string): Metar => {
  const report = read(text);
  if (report.type === 'TAF') throw new Error('a forecast');
  return report;
};

describe('observations', () => {
  it('are read group by group', () => {
    expect(observation(reports.plain)).toEqual({
      type: 'METAR',
      station: 'ZSNJ',
      issued: { day: 24, hour: 14, minute: 30 },
      filedAt: null,
      correction: 0,
      nil: false,
      auto: false,
      conditions: {
        wind: {
          raw: '22006G12MPS',
          directionDeg: 220,
          variable: false,
          speedMps: 6,
          gustMps: 12,
          bound: null,
          unit: 'MPS',
          fromDeg: 180,
          toDeg: 260,
        },
        cavok: false,
        visibility: { raw: '3000', metres: 3000, bound: null, direction: null },
        visibilityTowards: [{ raw: '1200SW', metres: 1200, bound: null, direction: 'SW' }],
        weather: [
          { raw: '-TSRA', intensity: 'light', vicinity: false, recent: false, descriptors: ['TS'], phenomena: ['RA'] },
          { raw: 'BR', intensity: 'moderate', vicinity: false, recent: false, descriptors: [], phenomena: ['BR'] },
          { raw: 'RERA', intensity: 'moderate', vicinity: false, recent: true, descriptors: [], phenomena: ['RA'] },
        ],
        weatherMissing: false,
        noWeather: false,
        clouds: [
          { raw: 'FEW010', amount: 'FEW', baseM: 305, type: null },
          { raw: 'SCT023CB', amount: 'SCT', baseM: 701, type: 'CB' },
          { raw: 'BKN040', amount: 'BKN', baseM: 1219, type: null },
        ],
        windShear: [],
        lowestQnhHpa: null,
        layers: [],
      },
      runwayRanges: [
        {
          raw: 'R06/0800V1200U',
          runway: '06',
          metres: 800,
          bound: null,
          toMetres: 1200,
          toBound: null,
          tendency: 'up',
        },
      ],
      runwayStates: [],
      temperatureCel: 26,
      dewPointCel: 24,
      temperatureRaw: '26/24',
      pressures: [{ raw: 'Q1003', hPa: 1003 }],
      sea: null,
      rain: null,
      colour: null,
      maintenance: false,
      trends: [expect.objectContaining({ type: 'NOSIG', raw: 'NOSIG' })],
      remarks: null,
      unread: [],
      flags: [],
      raw: reports.plain.slice(0, -1),
    });
  });

  it('know variable winds, bounds, fog, frost and wind shear', () => {
    const report = observation(reports.speci);
    expect(report).toMatchObject({
      type: 'SPECI',
      conditions: {
        wind: { directionDeg: null, variable: true, speedMps: 2 },
        clouds: [{ amount: 'VV', baseM: 91 }],
        weather: [{ intensity: 'heavy', descriptors: ['SH'] }, { phenomena: ['FG'] }],
        windShear: ['WS R06'],
      },
      runwayRanges: [
        { runway: '06L', metres: 2000, bound: 'more', tendency: 'none' },
        { runway: '24', metres: 50, bound: 'less', tendency: 'down' },
      ],
      temperatureCel: -1,
      dewPointCel: -3,
      unread: [],
    });
    expect(report.trends).toMatchObject([
      {
        type: 'TEMPO',
        times: [
          { kind: 'FM', hour: 15, minute: 0 },
          { kind: 'TL', hour: 16, minute: 0 },
        ],
        visibility: { metres: 300 },
        weather: [{ raw: '+TSRA' }],
      },
    ]);
  });

  it('know corrections, calm and CAVOK', () => {
    expect(observation(reports.cavok)).toMatchObject({
      correction: 1,
      conditions: { wind: { directionDeg: null, variable: false, speedMps: 0 }, cavok: true, visibility: null },
    });
  });

  it('keep what was not measured', () => {
    expect(observation(reports.auto)).toMatchObject({
      auto: true,
      conditions: {
        wind: { directionDeg: null, speedMps: null },
        visibility: { metres: null },
        weatherMissing: true,
        clouds: [{ amount: null, baseM: null }],
      },
      temperatureCel: null,
      temperatureRaw: '/////',
      pressures: [{ raw: 'Q////', hPa: null }],
      unread: [],
    });
  });

  it('read miles, feet, inches and remarks', () => {
    expect(observation(reports.american)).toMatchObject({
      correction: 2,
      conditions: {
        wind: { speedMps: 7.717, gustMps: 12.861, unit: 'KT' },
        visibility: { metres: 2414 },
        weather: [{ raw: '-SN' }, { raw: 'BLSN', descriptors: ['BL'] }],
      },
      runwayRanges: [{ runway: '04R', metres: 671, toMetres: 1372, tendency: 'down' }],
      temperatureCel: -5,
      dewPointCel: -8,
      pressures: [{ hPa: 1013.2 }],
      remarks: 'AO2 SLP134 T10501083 $',
      flags: ['maintenance'],
      unread: [],
    });
  });

  it('read the sea, runway states and colours', () => {
    expect(observation(reports.sea)).toMatchObject({
      conditions: { wind: { speedMps: 13.889, unit: 'KMH' }, clouds: [{ amount: 'NSC' }] },
      sea: { temperatureCel: 8, waveM: 1.5 },
      runwayStates: ['R18/290155', 'R88/CLRD70'],
      colour: 'BLU+',
      trends: [{ type: 'BECMG', times: [{ kind: 'AT', hour: 16, minute: 0 }], cavok: true }],
      unread: [],
    });
    expect(observation(reports.nil)).toMatchObject({ nil: true, unread: [] });
  });

  it('keep groups that nobody knows', () => {
    expect(observation('ZSNJ 241430Z 22006MPS 9999 AAA037 VCMI 28/20 Q1003').unread).toEqual(['AAA037', 'VCMI']);
  });
});

describe('groups', () => {
  it.each([
    ['22006MPS', 220, 6, 'MPS'],
    ['36010KT', 0, 5.144, 'KT'],
    ['220100KMH', 220, 27.778, 'KMH'],
    ['VRB01KT', null, 0.514, 'KT'],
    ['240P49MPS', 240, 49, 'MPS'],
    ['00000KT', null, 0, 'KT'],
    ['///05KT', null, 2.572, 'KT'],
  ])('read the wind %s', (token, directionDeg, speedMps, unit) => {
    expect(readWind(token, false)).toMatchObject({ directionDeg, speedMps, unit });
  });
  it.each(['22006', '37010KT', '2206KT', 'KT', '22006G5KT'])('is no wind: %s', (token) => {
    expect(readWind(token, false)).toBeNull();
  });

  it.each([
    ['9999', 10_000, 'more'],
    ['0050', 50, null],
    ['0000', 0, null],
    ['4000NDV', 4000, null],
    ['10SM', 16_093, null],
    ['P6SM', 9656, 'more'],
    ['M1/4SM', 402, 'less'],
    ['3/4SM', 1207, null],
    ['1 1/2SM', 2414, null],
    ['11/2SM', 2414, null],
    ['21/4SM', 3621, null],
    ['15/16SM', 1509, null],
    ['10KM', 10_000, null],
    ['////', null, null],
  ])('read the visibility %s', (token, metres, bound) => {
    expect(readVisibility(token)).toMatchObject({ metres, bound });
  });
  it.each(['1/0SM', '9/4SM', '999', 'SM', '12345'])('is no visibility: %s', (token) => {
    expect(readVisibility(token)).toBeNull();
  });

  it.each([
    ['+TSRAGR', 'heavy', ['TS'], ['RA', 'GR']],
    ['TS', 'moderate', ['TS'], []],
    ['VCSH', 'moderate', ['SH'], []],
    ['-FZDZ', 'light', ['FZ'], ['DZ']],
    ['MIFG', 'moderate', ['MI'], ['FG']],
    ['RETS', 'moderate', ['TS'], []],
    ['+FC', 'heavy', [], ['FC']],
  ])('read the weather %s', (token, intensity, descriptors, phenomena) => {
    expect(readWeather(token)).toMatchObject({ intensity, descriptors, phenomena });
  });
  it.each(['', 'VCMI', 'SH', 'RAX', '+', 'NOSIG'])('is no weather: "%s"', (token) => {
    expect(readWeather(token)).toBeNull();
  });
});

describe('forecasts', () => {
  it('are read with their changes', () => {
    const report = read(reports.taf) as Taf;
    expect(report).toMatchObject({
      type: 'TAF',
      station: 'ZSNJ',
      issued: { day: 24, hour: 11, minute: 5 },
      amended: true,
      from: { day: 24, hour: 12 },
      until: { day: 25, hour: 18 },
      conditions: { wind: { speedMps: 4 }, visibility: { metres: 6000 }, weather: [{ raw: '-RA' }] },
      temperatures: [
        { kind: 'highest', celsius: 31, at: { day: 25, hour: 6 } },
        { kind: 'lowest', celsius: -1, at: { day: 24, hour: 21 } },
      ],
      remarks: 'NXT FCST BY 24Z',
      unread: [],
    });
    expect(report.trends).toMatchObject([
      { type: 'BECMG', from: { day: 24, hour: 14 }, until: { hour: 15 }, visibility: { metres: 3000 } },
      { type: 'FM', from: { day: 25, hour: 3 }, until: null, wind: { directionDeg: 180 }, cavok: true },
      {
        type: 'PROB30 TEMPO',
        from: { day: 25, hour: 6 },
        weather: [{ raw: 'TSRA' }],
        clouds: [{ type: 'CB' }],
        noWeather: true,
        windShear: ['WS020/24045KT'],
      },
    ]);
  });

  it('may be cancelled, old, end at 24, or come without their word', () => {
    expect(read('TAF ZSNJ 241105Z 2412/2518 CNL=')).toMatchObject({ cancelled: true, unread: [] });
    expect(read('TAF ZSNJ 241105Z NIL=')).toMatchObject({ nil: true, from: null });
    expect(read('TAF ZSNJ 241105Z 241221 20004MPS=')).toMatchObject({
      from: { day: 24, hour: 12 },
      until: { hour: 21 },
    });
    expect(read('ZSNJ 241105Z 2412/2424 20004MPS CAVOK=')).toMatchObject({ type: 'TAF', until: { day: 24, hour: 24 } });
    expect(read('TAF TAF FMMI 082300Z 0900/1006 16006KT 9999')).toMatchObject({ station: 'FMMI', trends: [] });
  });
});

describe('documents', () => {
  it('hold many reports, on lines or on one, and keep what is none', () => {
    const document = decode(
      bytesOf(`2025/06/24 14:30\n${reports.plain}\n${reports.speci} ${reports.cavok}\nMETAR ZSNJ 99Z\n${reports.taf}`),
    );
    expect(document).toMatchObject({
      name: '4 reports',
      reports: [
        { type: 'METAR', filedAt: Date.UTC(2025, 5, 24, 14, 30) },
        { type: 'SPECI', filedAt: null },
        {},
        { type: 'TAF' },
      ],
      unreadable: [{ refused: 'schema' }],
    });
    const glued = [reports.plain, reports.speci, reports.taf].map((one) => one.replace('=', '')).join(' ');
    expect(decode(bytesOf(glued))).toMatchObject({ reports: [{}, {}, {}] });
  });

  it.each([
    ['', 'empty'],
    [' \n', 'not_protocol'],
    ['<html><body>503</body></html>', 'not_protocol'],
    ['{"metar": "ZSNJ"}', 'not_protocol'],
    ['METAR', 'not_protocol'],
    ['METAR ZSNJ', 'schema'],
    ['METAR ZSNJ 2414Z 22006MPS', 'schema'],
    ['METAR ZSNJ 322500Z 22006MPS', 'value'],
    ['METAR 241430Z 22006MPS', 'schema'],
    ['2025/06/24 14:30\n', 'not_protocol'],
  ])('refuses "%s"', (text, reason) => {
    expect(decode(bytesOf(text))).toMatchObject({ refused: reason });
  });

  it('refuses what is too large', () => {
    expect(decode(new Uint8Array(maxFrameBytes + 1).fill(0x41))).toMatchObject({ refused: 'too_large' });
  });
});
