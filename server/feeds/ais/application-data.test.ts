import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { decode } from './decode.ts';
import { type Bits, bytesOf, sentence } from './testing/build.ts';

/** A broadcast with this application part, laid out by hand: what was read of it. */
function content(dac: number, fi: number, fields: Bits) {
  const head: Bits = [
    [8, 6],
    [0, 2],
    [413_771_018, 30],
    [0, 2],
    [dac, 10],
    [fi, 6],
  ];
  const read = decode(bytesOf(sentence([...head, ...fields])));
  if (isRefusal(read) || read.kind !== 'message') throw new Error(JSON.stringify(read));
  return { application: read.fields.application, ...(read.fields.content as Record<string, unknown>) };
}
const noon: Bits = [
  [6, 4],
  [15, 5],
  [12, 5],
  [30, 6],
];

describe('weather and water', () => {
  it('reads the whole of the present form', () => {
    const head: Bits = [
      [7_123_206, 25],
      [1_925_550, 24],
      [1, 1],
      [15, 5],
      [8, 5],
      [30, 6],
      [12, 7],
      [20, 7],
      [90, 9],
      [100, 9],
    ];
    const air: Bits = [
      [-52, 11],
      [80, 7],
      [-61, 10],
      [214, 9],
      [2, 2],
      [55, 8],
    ];
    const water: Bits = [
      [1235, 12],
      [1, 2],
      [21, 8],
      [180, 9],
      [15, 8],
      [181, 9],
      [5, 5],
      [255, 8],
      [360, 9],
      [31, 5],
    ];
    const sea: Bits = [
      [12, 8],
      [6, 6],
      [200, 9],
      [34, 8],
      [11, 6],
      [210, 9],
      [4, 4],
      [-11, 10],
      [4, 3],
      [345, 9],
      [0, 2],
      [0, 10],
    ];
    const read = content(1, 31, [...head, ...air, ...water, ...sea]);
    expect(read).toMatchObject({
      application: 'weather and water',
      airCel: -5.2,
      dewPointCel: -6.1,
      pressureHpa: 1013,
    });
    expect(read).toMatchObject({ waterLevelM: 2.35, currentKn: 2.1, currentDirectionDeg: 180 });
    expect(read).toMatchObject({ current2Kn: 1.5, current2DirectionDeg: 181, current2DepthM: 5, current3Kn: null });
    expect(read).toMatchObject({ current3DirectionDeg: null, current3DepthM: null, waveHeightM: 1.2, wavePeriodS: 6 });
    expect(read).toMatchObject({ waveDirectionDeg: 200, swellHeightM: 3.4, swellPeriodS: 11, swellDirectionDeg: 210 });
    expect(read).toMatchObject({ seaState: 4, waterCel: -1.1, precipitation: 4, salinityPermille: 34.5, ice: 0 });
  });

  it('reads the form of 2004 with its own zeros', () => {
    const head: Bits = [
      [1_925_550, 24],
      [7_123_206, 25],
      [15, 5],
      [8, 5],
      [30, 6],
      [12, 7],
      [127, 7],
      [90, 9],
      [511, 9],
    ];
    const air: Bits = [
      [548, 11],
      [80, 7],
      [139, 10],
      [213, 9],
      [1, 2],
      [55, 8],
      [123, 9],
      [0, 2],
      [21, 8],
      [180, 9],
    ];
    const deep: Bits = [
      [255, 8],
      [511, 9],
      [31, 5],
      [255, 8],
      [511, 9],
      [31, 5],
    ];
    const sea: Bits = [
      [12, 8],
      [6, 6],
      [200, 9],
      [255, 8],
      [63, 6],
      [511, 9],
      [15, 4],
      [89, 10],
      [7, 3],
      [511, 9],
      [3, 2],
      [0, 6],
    ];
    const read = content(1, 11, [...head, ...air, ...deep, ...sea]);
    expect(read).toMatchObject({ application: 'weather and water of 2004', lat: 32.0925, lon: 118.7201, gustKn: null });
    expect(read).toMatchObject({
      airCel: -5.2,
      dewPointCel: -6.1,
      pressureHpa: 1013,
      waterLevelM: 2.3,
      waterCel: -1.1,
    });
    expect(read).toMatchObject({
      current2Kn: null,
      swellHeightM: null,
      seaState: null,
      salinityPermille: null,
      ice: null,
    });
  });
});

describe('traffic centres', () => {
  const target: Bits = [
    [0, 2],
    [412_000_001, 42],
    [0, 4],
    [1_925_550, 24],
    [7_123_206, 25],
    [245, 9],
    [33, 6],
    [12, 8],
  ];
  const values = { lat: 32.0925, lon: 118.7201, courseDeg: 245, second: 33, speedKn: 12 };

  it.each([16, 17])('reads targets under 1/%i', (fi) => {
    const other: Bits = [[2, 2], 'BXYZ:7', [0, 4], [5_460_000, 24], [10_860_000, 25], [360, 9], [60, 6], [255, 8]];
    const unknown = { lat: null, lon: null, courseDeg: null, second: 60, speedKn: null };
    expect(content(1, fi, [...target, ...other])).toMatchObject({
      targets: [
        { idKind: 'mmsi', id: 412_000_001, ...values },
        { idKind: 'callSign', id: 'BXYZ', ...unknown },
      ],
    });
  });

  it('reads a head count under the same number', () => {
    expect(
      content(1, 16, [
        [42, 13],
        [0, 3],
      ]),
    ).toMatchObject({ persons: 42 });
  });
});

describe('inland waterways', () => {
  const place: Bits = ['CN:2', 'NKG:3', '00012:5', 'T0001:5', '00345:5'];
  const named = { country: 'CN', location: 'NKG', section: '00012', terminal: 'T0001', hectometre: '00345' };
  const at = { month: 6, day: 15, hour: 12, minute: 30 };

  it('reads arrivals at locks', () => {
    expect(content(200, 21, [...place, ...noon, [2, 3], [850, 12], [0, 5]])).toMatchObject({
      ...named,
      ...at,
      tugs: 2,
      airDraughtM: 8.5,
    });
    expect(content(200, 22, [...place, ...noon, [1, 2], [0, 2]])).toMatchObject({ ...named, ...at, status: 1 });
  });

  it('reads warnings and signals', () => {
    const dates: Bits = [
      [26, 8],
      [6, 4],
      [15, 5],
      [26, 8],
      [6, 4],
      [16, 5],
      [8, 5],
      [0, 6],
      [20, 5],
      [30, 6],
    ];
    const line: Bits = [
      [71_232_060, 28],
      [19_255_500, 27],
      [71_832_060, 28],
      [19_855_500, 27],
    ];
    const weather: Bits = [
      [3, 4],
      [0, 1],
      [12, 8],
      [1, 1],
      [255, 8],
      [2, 2],
      [5, 4],
      [0, 6],
    ];
    expect(content(200, 23, [...dates, ...line, ...weather])).toMatchObject({
      fromYear: 2026,
      untilDay: 16,
      fromHour: 8,
      untilMinute: 30,
      fromLon: 118.7201,
      untilLat: 33.0925,
      weather: 3,
      minimum: -12,
      maximum: null,
      classification: 2,
      windDirection: 5,
    });
    const signal: Bits = [
      [71_232_060, 28],
      [19_255_500, 27],
      [4, 4],
      [511, 9],
      [1, 3],
      [123_000_000, 30],
      [0, 11],
    ];
    expect(content(200, 40, signal)).toMatchObject({ form: 4, orientationDeg: null, impact: 1, lights: 123_000_000 });
  });
});
