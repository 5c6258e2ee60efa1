import { describe, expect, it } from 'vitest';
import { readAdditional } from './vehicle-additional.ts';
import { readLocation } from './vehicle-location.ts';
import { vehiclePosition } from './vehicle-position.ts';

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replace(/\s/g, ''), 'hex'));
/** 80 km/h, 25 m, 32.060255 N, 118.796877 E, ignition on, brake, fixed; terminal T000001, alarm 3 with 2 files. */
const shared = '50 0019 01e9335f 0714b24d 260615083000 0411';
const sign = '54303030303031 260615083000 03 02 00';
const longSign = `54303030303031${'00'.repeat(23)} 260615083000 03 02 0000`;
const sharedValues = {
  speedKmh: 80,
  altitudeM: 25,
  lat: 32.060255,
  lon: 118.796877,
  time: '2026-06-15T08:30:00+08:00',
  vehicleState: ['acc', 'brake', 'fixed'],
  terminalId: 'T000001',
  alarmTime: '2026-06-15T08:30:00+08:00',
  alarmSerial: 3,
  attachments: 2,
};
const valuesOf = (hex: string) => readAdditional(bytesOf(hex)).items[0]?.values;

describe('items of the active safety profile', () => {
  it('reads driver assistance', () => {
    expect(valuesOf(`64 2f 0000000c 01 02 03 3c 14 01 00 00 ${shared} ${sign}`)).toEqual({
      alarmId: 12,
      stage: 1,
      type: 2,
      typeName: 'laneDeparture',
      level: 3,
      frontSpeedKmh: 60,
      frontDistanceS: 2,
      deviation: 1,
      roadSign: 0,
      roadSignValue: 0,
      ...sharedValues,
    });
  });

  it('reads the long number of 2019 terminals', () => {
    expect(valuesOf(`65 47 0000000d 02 01 01 07 00000000 ${shared} ${longSign}`)).toEqual({
      alarmId: 13,
      stage: 2,
      type: 1,
      typeName: 'fatigue',
      level: 1,
      fatigueDegree: 7,
      ...sharedValues,
    });
  });

  it('reads tyres', () => {
    const tyres = '02 00 0004 00c8 0019 0050 03 0042 0000 fffb 0005';
    expect(valuesOf(`66 3b 0000000e 00 ${shared} ${sign} ${tyres}`)).toEqual({
      alarmId: 14,
      stage: 0,
      ...sharedValues,
      tyrePositions: [0, 3],
      tyreAlarms: ['pressureLow', 'pressureHigh+slowLeak'],
      tyrePressuresKpa: [200, 0],
      tyreTemperaturesCel: [25, -5],
      tyreBatteriesPercent: [80, 5],
    });
  });

  it('reads the blind spot, which has no level, and harsh driving', () => {
    const blind = valuesOf(`67 29 0000000f 01 03 ${shared} ${sign}`);
    expect(blind).toEqual({ alarmId: 15, stage: 1, type: 3, typeName: 'rightBehind', ...sharedValues });
    expect(valuesOf(`70 2f 00000010 01 02 0003 0028 0000 ${shared} ${sign}`)).toMatchObject({
      type: 2,
      typeName: 'braking',
      thresholdS: 3,
      threshold1: 40,
      threshold2: 0,
      terminalId: 'T000001',
    });
  });

  it('keeps two alarms of one report apart in the record', () => {
    const head = '00000000 00000003 01e9335f 0714b24d 0019 025d 005a 260615083000';
    const blind = `67 29 0000000f 01 03 ${shared} ${sign}`;
    const location = readLocation(
      bytesOf(`${head} 65 47 0000000d 02 01 01 07 00000000 ${shared} ${longSign} ${blind}`),
    );
    if ('refused' in location) throw new Error(location.detail);
    const { extras } = vehiclePosition(location, {
      subject: { scheme: 'jt808', key: '000000000001' },
      receivedAt: null,
      crs: 'wgs84',
      flags: [],
      serial: 1,
      extras: {},
    });
    expect(extras).toMatchObject({ 'io.dsm.alarmId': 13, 'io.bsd.alarmId': 15, 'io.bsd.typeName': 'rightBehind' });
  });
});
