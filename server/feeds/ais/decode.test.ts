import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { decode } from './decode.ts';
import type { AisMessage } from './message.ts';
import { type Bits, bytesOf, checked, lat, lon, messages, sentence } from './testing/build.ts';

function read(text: string): AisMessage {
  const message = decode(bytesOf(text));
  if (isRefusal(message) || message.kind !== 'message') throw new Error(JSON.stringify(message));
  return message;
}
const place = { lon: lon / 600_000, lat: lat / 600_000 };

describe('messages', () => {
  const expected: Record<keyof typeof messages, [type: number, mmsi: string, fields: object]> = {
    classA: [
      1,
      '413771018',
      {
        status: 0,
        statusName: 'under way using engine',
        rotDegPerMin: 19.686,
        speedKn: 10.3,
        accurate: true,
        ...place,
        courseDeg: 90.5,
        headingDeg: 91,
        second: 30,
        manoeuvreName: 'none',
        raim: true,
        radio: { raw: 0x4000 + (13 << 9) + (45 << 2), syncState: 0, slotTimeout: 1, utcHour: 13, utcMinute: 45 },
      },
    ],
    nothing: [
      3,
      '413771018',
      {
        statusName: 'undefined',
        rotDegPerMin: null,
        speedKn: null,
        lon: null,
        lat: null,
        courseDeg: null,
        headingDeg: null,
        second: 60,
        radio: { raw: (250 << 4) + 5, syncState: 0, slotIncrement: 250, slots: 2, keep: true },
      },
    ],
    base: [
      4,
      '004132100',
      { year: 2025, month: 6, day: 24, hour: 7, minute: 30, utcSecond: 10, ...place, fixerName: 'surveyed' },
    ],
    voyage: [
      5,
      '413771018',
      {
        imo: 9_356_945,
        callSign: 'BCDE7',
        shipName: 'CHANG JIANG 9',
        shipType: 79,
        shipTypeName: 'cargo',
        toBowM: 80,
        toSternM: 20,
        toPortM: 10,
        toStarboardM: 6,
        etaMonth: 6,
        etaDay: 25,
        etaHour: 18,
        etaMinute: 0,
        draughtM: 4.7,
        destination: 'NANJING>WUHU',
      },
    ],
    addressed: [
      6,
      '413771018',
      {
        sequence: 1,
        destination: 412_000_001,
        retransmitted: true,
        dac: 1,
        fi: 16,
        application: 'persons on board',
        content: { persons: 37 },
      },
    ],
    acknowledged: [
      7,
      '413771018',
      {
        acknowledged: [
          { mmsi: 412_000_001, sequence: 1 },
          { mmsi: 412_000_002, sequence: 3 },
        ],
      },
    ],
    inland: [
      8,
      '413771018',
      {
        dac: 200,
        fi: 10,
        application: 'inland ship static data',
        content: {
          eni: '02326723',
          lengthM: 110,
          beamM: 11.4,
          eriType: 8020,
          blueCones: 1,
          draughtM: 3.25,
          loaded: 2,
          speedGood: true,
          courseGood: false,
          headingGood: true,
        },
      },
    ],
    aircraft: [
      9,
      '111413001',
      { altitudeM: 350, speedKn: 120, courseDeg: 180, second: 5, barometric: true, radio: { slots: 4, keep: true } },
    ],
    inquiry: [10, '413771018', { destination: 412_000_001 }],
    response: [11, '413771018', { utcSecond: 11, fixerName: 'GPS' }],
    safetyTo: [12, '413771018', { sequence: 2, destination: 412_000_001, retransmitted: false, text: 'CALL VTS' }],
    safetyAcknowledged: [13, '413771018', { acknowledged: [{ mmsi: 412_000_001, sequence: 2 }] }],
    safety: [14, '970123456', { text: 'SART ACTIVE' }],
    interrogation: [
      15,
      '413771018',
      {
        station1: 412_000_001,
        type1: 5,
        offset1: 10,
        type2: 24,
        offset2: 20,
        station2: 412_000_002,
        station2Type: 3,
        station2Offset: 30,
      },
    ],
    assignment: [16, '413771018', { assignments: [{ mmsi: 412_000_001, offset: 200, increment: 15 }] }],
    corrections: [
      17,
      '004132100',
      {
        lon: 118.72,
        lat: 19_255 / 600,
        correctionType: 9,
        station: 33,
        zCount: 77,
        sequence: 1,
        words: 1,
        data: 'abcdef',
      },
    ],
    classB: [
      18,
      '413771018',
      {
        speedKn: 4.8,
        courseDeg: 250.3,
        headingDeg: null,
        second: 4,
        carrierSense: true,
        dsc: true,
        radio: { raw: 393_222 },
      },
    ],
    classBExtended: [
      19,
      '413771018',
      { shipName: 'XIAO YU', shipTypeName: 'fishing', headingDeg: 359, second: 59, toBowM: 80, dteMissing: true },
    ],
    slots: [20, '004132100', { reservations: [{ offset: 100, slots: 5, timeoutMin: 7, increment: 750 }] }],
    aid: [
      21,
      '994131001',
      {
        aidTypeName: 'starboard hand mark',
        aidName: 'NANJING CHANGJIANG BUOY4',
        offPosition: true,
        virtual: true,
        second: 61,
        toBowM: 0,
      },
    ],
    channels: [
      22,
      '004132100',
      {
        channelA: 2087,
        channelB: 2088,
        lowPower: true,
        eastLon: 71_300 / 600,
        southLat: 32,
        addressed: false,
        narrowB: true,
        zoneSize: 4,
      },
    ],
    channelsTo: [
      22,
      '004132100',
      { destination1: 412_000_001, destination2: 412_000_002, addressed: true, zoneSize: 2 },
    ],
    group: [
      23,
      '004132100',
      { westLon: 71_200 / 600, stationTypeName: 'inland waterways', mode: 1, interval: 9, quietMin: 5 },
    ],
    partA: [24, '413771018', { part: 'A', shipName: 'XIAO YU' }],
    partB: [
      24,
      '413771018',
      {
        part: 'B',
        shipTypeName: 'sailing',
        vendorId: 'SRT',
        unitModel: 1,
        unitSerial: 12_345,
        callSign: 'BXYZ',
        toBowM: 80,
      },
    ],
    partBCraft: [24, '984131234', { part: 'B', motherShip: 413_771_018, callSign: 'BXYZ' }],
    slotTo: [25, '413771018', { destination: 412_000_001, dac: 413, fi: 5, data: 'beef' }],
    slotToAll: [25, '413771018', { data: 'beef' }],
    slotsToAll: [
      26,
      '413771018',
      { dac: 1, fi: 16, content: { persons: 37 }, radio: { slotTimeout: 3, receivedStations: 120 } },
    ],
    longRange: [
      27,
      '413771018',
      { statusName: 'moored', lon: 118.72, lat: 19_256 / 600, speedKn: 12, courseDeg: 359, latent: true },
    ],
    sart: [1, '970123456', { statusName: 'AIS-SART active', speedKn: 0 }],
  };

  it.each(Object.keys(messages) as (keyof typeof messages)[])('reads %s', (name) => {
    const [type, mmsi, fields] = expected[name];
    const message = read(sentence(messages[name]));
    expect(message).toMatchObject({ type, mmsi, repeat: 0, fields, flags: [] });
    if ('lon' in message.fields && name !== 'nothing' && type < 17)
      expect(message.fields.lon).toBeCloseTo(place.lon, 9);
  });

  it('covers every type of the standard', () => {
    const types = new Set(Object.values(expected).map(([type]) => type));
    expect([...types, 2].sort((one, other) => one - other)).toEqual(Array.from({ length: 27 }, (_, at) => at + 1));
  });

  const classA = (field: number, value: number): AisMessage => {
    const bits: Bits = messages.classA.map((one, at) => (at === field ? [value, one[1] as number] : one));
    return read(sentence(bits));
  };
  it.each([
    [4, 127, { rotDegPerMin: null, turning: 'right' }, []],
    [4, -127, { rotDegPerMin: null, turning: 'left' }, []],
    [4, -126, { rotDegPerMin: -708.709 }, []],
    [5, 1022, { speedKn: 102.2 }, ['over_range']],
    [5, 1023, { speedKn: null }, []],
    [7, 180 * 600_000, { lon: 180 }, []],
    [7, 180 * 600_000 + 1, { lon: null }, ['over_range']],
    [8, -91 * 600_000, { lat: null }, ['over_range']],
    [9, 3599, { courseDeg: 359.9 }, []],
    [9, 3601, { courseDeg: null }, ['over_range']],
    [10, 360, { headingDeg: null }, ['over_range']],
    [12, 3, { manoeuvre: 3, manoeuvreName: null }, ['enum_unknown']],
  ])('knows the special values of field %i: %i', (field, value, fields, flags) => {
    expect(classA(field, value)).toMatchObject({ fields, flags });
  });

  it('reads weather by the fairway', () => {
    const bits: Bits = [
      ...messages.inland.slice(0, 4),
      [1, 10],
      [31, 6],
      [7_123_206, 25],
      [1_925_550, 24],
      [1, 1],
      [24, 5],
      [7, 5],
      [30, 6],
      [12, 7],
      [127, 7],
      [220, 9],
      [360, 9],
      [-55, 11],
      [88, 7],
      [-70, 10],
      [204, 9],
      [1, 2],
      [55, 8],
      [1234, 12],
      [0, 2],
      [255, 8],
      [360, 9],
      [0, 8],
    ];
    expect(read(sentence(bits)).fields).toMatchObject({
      application: 'weather and water',
      content: {
        lon: 118.7201,
        windKn: 12,
        gustKn: null,
        windDirectionDeg: 220,
        airCel: -5.5,
        humidityPercent: 88,
        dewPointCel: -7,
        pressureHpa: 1003,
        visibilityNm: 5.5,
        waterLevelM: 2.34,
        currentKn: null,
      },
    });
  });
});

describe('sentences', () => {
  const a = sentence(messages.classA);

  it('reads tag blocks and remarks', () => {
    const heardAt = Date.parse('2025-06-24T07:30:00Z');
    const carrier = (text: string) => read(text).carrier;
    expect(
      carrier(sentence(messages.classA, { tag: 'g:1-2-77,n:4,s:r003669945,c:1750750200,t:nanjing', channel: '2' })),
    ).toEqual({
      talker: 'AI',
      formatter: 'VDM',
      channel: 'B',
      tag: {
        source: 'r003669945',
        destination: null,
        group: { number: 1, total: 2, id: '77' },
        line: 4,
        text: 'nanjing',
      },
      heardAt,
      station: 'r003669945',
    });
    expect(carrier(sentence(messages.classA, { tag: 'c:1750750200123' })).heardAt).toBe(heardAt + 123);
    expect(carrier(`${a},s22,d-101,t005929.00,T29.1,r003669945,1750750200`)).toMatchObject({
      heardAt,
      station: 'r003669945',
    });
    expect(carrier(`${a},raishub,1750750200`)).toMatchObject({ heardAt, station: 'raishub' });
    expect(carrier(a)).toMatchObject({ heardAt: null, station: null, tag: null, channel: 'A' });
  });

  it('reads parts, own reports, other talkers and other sentences', () => {
    expect(decode(bytesOf(`!${checked('AIVDM,2,1,7,B,533iFNT00003,0')}`))).toMatchObject({
      kind: 'part',
      number: 1,
      total: 2,
      sequence: '7',
      payload: '533iFNT00003',
    });
    const { payload } = /A,(?<payload>[^,]+),/.exec(a)?.groups ?? {};
    expect(read(`!${checked(`BSVDO,1,1,,,${payload},0`)}`).carrier).toMatchObject({
      talker: 'BS',
      formatter: 'VDO',
      channel: null,
    });
    expect(decode(bytesOf(`$${checked('PGHP,1,2025,6,24,7,30,0,10,338,2,,1,09')}`))).toMatchObject({
      kind: 'sentence',
      name: 'sentence PGHP',
      heardAt: Date.parse('2025-06-24T07:30:00.010Z'),
    });
    expect(decode(bytesOf(`$${checked('GPRMC,1')}`))).toMatchObject({ name: 'sentence GPRMC', heardAt: null });
  });

  it.each([
    ['', 'empty'],
    ['hello', 'not_protocol'],
    ['!AIVDM,1,1,,A,1', 'truncated'],
    ['!AIVDM,1,1,,A,15,0*5', 'truncated'],
    [a.replace(/..$/, '00'), 'checksum'],
    [`\\s:x*00\\${a}`, 'checksum'],
    [`\\s:x\\${a}`, 'truncated'],
    [`!${checked('aivdm,1,1,,A,1,0')}`, 'framing'],
    [`!${checked('AIVDM,1,1')}`, 'schema'],
    [`!${checked('AIVDM,2,3,,A,1,0')}`, 'value'],
    [`!${checked('AIVDM,0,0,,A,1,0')}`, 'value'],
    [`!${checked('AIVDM,1,1,,A,1,6')}`, 'value'],
    [`!${checked('AIVDM,1,1,,A,,0')}`, 'empty'],
    [`!${checked('AIVDM,1,1,,A,15N1u<PP1FJuvSRHOE6QIwwh0HQ~,0')}`, 'encoding'],
    [`!${checked('AIVDM,1,1,,A,15N1u,0')}`, 'truncated'],
    [`!${checked('AIVDM,1,1,,A,15N1u<PP1FJuvS,0')}`, 'truncated'],
    [`!${checked('AIVDM,1,1,,A,05N1u<PP1FJuvSRHOE6QIwwh0HQ6,0')}`, 'unsupported'],
    [`!${checked('AIVDM,1,1,,A,L5N1u<PP1FJuvSRHOE6QIwwh0HQ6,0')}`, 'unsupported'],
  ])('refuses %s', (text, reason) => {
    expect(decode(bytesOf(text))).toMatchObject({ refused: reason });
  });

  it('flags messages that end early or late', () => {
    const short = messages.voyage.slice(0, -3);
    expect(read(sentence(short))).toMatchObject({ fields: { draughtM: 4.7 }, flags: ['partial'] });
    expect(read(sentence([...messages.classA, [0, 12]])).flags).toEqual(['length_bad']);
    expect(read(sentence([...messages.classA, [0, 6]])).flags).toEqual([]);
  });
});
