import { describe, expect, it } from 'vitest';
import type {
  AlertRecord,
  CapacityRecord,
  CaseRecord,
  FeedRecord,
  PositionRecord,
  ReadingRecord,
} from '@/server/wire/record.ts';
import {
  classA,
  classAStatic,
  classB,
  classBStatic,
  type VesselPosition,
  type VesselStatic,
} from '@/sim/ais/messages.ts';
import { sentences } from '@/sim/ais/sentence.ts';
import { bundle } from '@/sim/fhir/report.ts';
import { analogueValues, component, componentStates, resetOperation, system } from '@/sim/gb26875/data.ts';
import * as fireLine from '@/sim/gb26875/frame.ts';
import * as hjFrame from '@/sim/hj212/frame.ts';
import * as hj from '@/sim/hj212/message.ts';
import { metar as metarText, taf, visibilityGroup } from '@/sim/metar/report.ts';
import { notification, offStreetParking, touristAttraction, weatherObserved } from '@/sim/ngsi/entity.ts';
import { requestsJson } from '@/sim/open311/request.ts';
import { collection, thing } from '@/sim/sensorthings/observation.ts';
import * as slFrame from '@/sim/sl651/frame.ts';
import { asciiReport, classes, hourlyRain, keepAlive, type Report, report } from '@/sim/sl651/report.ts';
import { ais } from './ais/ais.ts';
import type { Protocol } from './contract.ts';
import { fhir } from './fhir/fhir.ts';
import { gb26875 } from './gb26875/gb26875.ts';
import { hj212 } from './hj212/hj212.ts';
import { metar } from './metar/metar.ts';
import { ngsi } from './ngsi/ngsi.ts';
import { open311 } from './open311/open311.ts';
import { isRefusal } from './refusal.ts';
import { sensorthings } from './sensorthings/sensorthings.ts';
import { sl651 } from './sl651/sl651.ts';

/**
 * Two readings of each standard, written apart (as in sim-agreement.test.ts): what the simulator means must be what the platform understands,
 * and the answers that the platform owes must be ones the simulator takes for the end of its exchange.
 */
const atMs = Date.parse('2026-06-20T02:15:30Z');
const text = (value: string) => new TextEncoder().encode(value);
const glued = (...pieces: readonly Uint8Array[]) => Uint8Array.from(Buffer.concat(pieces));

/** Everything a stream says, through frame, decode, session and map, with the answers it is owed. */
function heard(protocol: Protocol, bytes: Uint8Array): { records: FeedRecord[]; answers: Buffer[] } {
  const options = protocol.options.parse({});
  const { frames, rest, noise, closed } = protocol.frame(bytes);
  expect([closed ? 0 : rest.length, noise]).toEqual([0, 0]);
  const session = protocol.session?.(options, true) ?? null;
  let state = session?.start;
  const records: FeedRecord[] = [];
  const answers: Buffer[] = [];
  for (const frame of closed && rest.length > 0 ? [...frames, rest] : frames) {
    const read = protocol.decode(frame);
    if (isRefusal(read)) throw new Error(`${read.refused}: ${read.detail}`);
    const step = session?.step(state, read, atMs);
    if (step?.refusal) throw new Error(`${step.refusal.refused}: ${step.refusal.detail}`);
    state = step?.state;
    const message = step ? step.message : read;
    const answer = protocol.answer?.(step?.answering ?? message ?? read, { serial: 1, accepted: true, now: atMs });
    if (answer) answers.push(Buffer.from(answer));
    if (message === null) continue;
    for (const record of protocol.map(message, { receivedAt: atMs + 1_000, crs: protocol.crs, options })) {
      if (isRefusal(record)) throw new Error(`${record.refused}: ${record.detail}`);
      records.push(record);
    }
  }
  return { records, answers };
}

const readings = (records: readonly FeedRecord[]) =>
  (records as ReadingRecord[]).map(({ property, statistic, value, unit }) => [property, statistic, value, unit]);

describe('HJ 212', () => {
  const head = { st: hj.systems.ambientAir, mn: '320100012200000001EF0000', password: '123456' };
  const qn = hj.requestNumber(atMs + 7);

  it('agrees with the worked example of annex A', () => {
    const example =
      'QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&';
    expect(hjFrame.encodeFrame(example).toString()).toBe(`##0101${example}1C80\r\n`);
  });

  it('says values with their marks, and takes the answer for the end', () => {
    const groups = hj.realTimeGroups([
      { code: 'a34004', value: 35.2, decimals: 1, mark: 'N' },
      { code: 'a21005', value: 0.81, decimals: 2, mark: 'T' },
    ]);
    const { records, answers } = heard(
      hj212 as Protocol,
      hj.packets(head, hj.commands.realTime, { qn, dataAtMs: atMs, groups })[0]!,
    );
    expect(readings(records)).toEqual([
      ['a34004', 'instant', 35.2, 'ug/m3'],
      ['a21005', 'instant', 0.81, 'mg/m3'],
    ]);
    expect(records[0]).toMatchObject({
      subject: { scheme: 'hj212', key: head.mn },
      observedAt: atMs,
      quality: { state: 'good' },
    });
    expect(records[1]!.quality).toEqual({ state: 'suspect', flags: ['over_range'] });
    expect(hjFrame.cutFrames(answers[0]!).frames.map(hj.answered)).toEqual([hj.confirmKey(head.mn, qn, 1)]);
  });

  it('says minute and hour values of ten factors in packets, none longer than the standard allows', () => {
    const codes = Array.from({ length: 24 }, (_, index) => `w210${String(index + 1).padStart(2, '0')}`);
    const groups = hj.summaryGroups(
      codes.map((code) => ({ code, min: 1, avg: 2.125, max: 3, decimals: 3, mark: 'N' as const })),
    );
    const sent = hj.packets({ ...head, st: '21' }, hj.commands.hour, { qn, dataAtMs: atMs, groups });
    expect(sent.length).toBeGreaterThan(1);
    for (const packet of sent) expect(packet.length).toBeLessThanOrEqual(1_024 + 12);
    const { records, answers } = heard(hj212 as Protocol, glued(...sent));
    expect(
      (records as ReadingRecord[]).filter(({ statistic }) => statistic === 'mean').map(({ property }) => property),
    ).toEqual(codes);
    expect(
      new Set((records as ReadingRecord[]).map(({ observedAt, intervalS }) => `${observedAt} ${intervalS}`)),
    ).toEqual(new Set([`${atMs} 3600`]));
    const keys = answers.flatMap((answer) => hjFrame.cutFrames(answer).frames.map(hj.answered));
    expect(keys).toEqual(sent.map((_, index) => hj.confirmKey(head.mn, qn, index + 1)));
  });
});

describe('SL 651', () => {
  const station = '0060190001';
  const of: Report = {
    head: { centre: 5, station, password: 0x1234 },
    class: classes.river,
    serial: 0x7e7e,
    sentAtMs: atMs,
    observedAtMs: Date.parse('2026-06-20T02:15:00Z'),
    elements: [
      { name: 'Z', value: -1.72 },
      { name: 'Q', value: 1234.567 },
      { name: 'VT', value: 12.65 },
    ],
  };
  const meant = [
    ['Z', 'instant', -1.72, 'm'],
    ['Q', 'instant', 1234.567, 'm3/s'],
    ['VT', 'instant', 12.65, 'V'],
  ];

  for (const [form, encode] of [
    ['hexadecimal', report],
    ['ASCII', asciiReport],
  ] as const)
    it(`says a report in the ${form} form, minus and all, and takes the confirmation for the end`, () => {
      const { records, answers } = heard(sl651 as Protocol, encode(of, 'timed'));
      expect(readings(records)).toEqual(meant);
      expect(records[0]).toMatchObject({
        subject: { scheme: 'sl651', key: station },
        observedAt: of.observedAtMs,
        sourceAt: atMs,
      });
      expect(slFrame.cutFrames(answers[0]!).frames.map(slFrame.answered)).toEqual([
        slFrame.confirmKey(station, of.serial),
      ]);
    });

  it('says the twelve rains of an hour at their times, and what was not measured as missing', () => {
    const hour: Report = {
      ...of,
      class: classes.rain,
      sentAtMs: Date.parse('2026-06-20T03:00:05Z'),
      observedAtMs: Date.parse('2026-06-20T03:00:00Z'),
      elements: [{ name: 'P1', value: 12.3 }],
    };
    const rains = [0, 0.5, 1.2, null, 3, 2.5, 2, 1.1, 0.6, 0.4, 0.5, 0.5];
    const { records } = heard(sl651 as Protocol, hourlyRain(hour, rains));
    const row = (records as ReadingRecord[]).filter(({ property }) => property === 'DRP');
    expect(row.map(({ value }) => value)).toEqual(rains);
    expect(row.map(({ observedAt }) => (observedAt! - hour.observedAtMs) / 60_000)).toEqual(
      rains.map((_, index) => -55 + index * 5),
    );
    expect(readings(records).at(-1)).toEqual(['P1', 'sum', 12.3, 'mm']);
  });

  it('keeps the line alive without being answered', () => {
    expect(heard(sl651 as Protocol, keepAlive(of.head, 3, atMs))).toEqual({ records: [], answers: [] });
  });
});

describe('GB/T 26875.3', () => {
  const source = '320100000001';
  const head = { serial: 0x2323, sentAtMs: atMs, source, target: '000000000001' };
  const smoke = {
    system: system.fireAlarm,
    systemAddress: 1,
    type: component.smoke,
    address: 0x0102,
    text: '3号楼12层走廊',
  };
  const states = (set: Parameters<typeof componentStates>[0][number]['set'], serial = 1) =>
    fireLine.encodeFrame({ ...head, serial }, fireLine.commands.send, componentStates([{ part: smoke, set, atMs }]));

  it('opens a fire and ends it with a reset, as one alert and its cancel', () => {
    const reset = fireLine.encodeFrame(
      { ...head, serial: 2 },
      fireLine.commands.send,
      resetOperation(system.fireAlarm, 1, 9, atMs + 5_000),
    );
    const { records, answers } = heard(gb26875 as Protocol, glued(states(['normal', 'fire']), reset));
    const alerts = records.filter(({ kind }) => kind === 'alert') as AlertRecord[];
    expect(alerts.map(({ msgType, subject }) => [msgType, subject.key])).toEqual([
      ['Alert', `${source}/1.1.${smoke.address}`],
      ['Cancel', `${source}/1.1.${smoke.address}`],
    ]);
    expect(alerts[0]).toMatchObject({ observedAt: atMs, status: 'Actual' });
    expect(alerts[0]!.headline).toContain('3号楼12层走廊');
    expect(alerts[1]!.references).toEqual([alerts[0]!.dedupeKey]);
    expect(answers.flatMap((answer) => fireLine.cutFrames(answer).frames.map(fireLine.answered))).toEqual(
      [1, 2].map((serial) => fireLine.confirmKey(source, serial)),
    );
  });

  it('says faults, and analogue values in their units', () => {
    const fault = heard(gb26875 as Protocol, states(['normal', 'fault'])).records as ReadingRecord[];
    expect(fault.find(({ property }) => property === 'fault')?.value).toBe(1);
    expect(fault.some(({ kind }) => (kind as string) === 'alert')).toBe(false);
    const tank = { ...smoke, system: system.hydrant, type: component.tank };
    const values = analogueValues([
      { part: tank, kind: 'height', value: 3.45, atMs },
      { part: { ...tank, type: component.heat }, kind: 'temperature', value: -8.5, atMs },
      { part: { ...tank, type: component.pressureSwitch }, kind: 'pressure', value: 412.3, atMs },
    ]);
    expect(
      readings(heard(gb26875 as Protocol, fireLine.encodeFrame(head, fireLine.commands.send, values)).records),
    ).toEqual([
      ['height', 'instant', 3.45, 'm'],
      ['temperature', 'instant', -8.5, 'Cel'],
      ['pressure', 'instant', 412.3, 'kPa'],
    ]);
  });
});

describe('AIS', () => {
  const position: VesselPosition = {
    mmsi: 413_000_126,
    at: [118.705, 32.078],
    speedKn: 7.4,
    courseDeg: 213.7,
    headingDeg: 214,
    status: 0,
    second: 30,
  };
  const vessel: VesselStatic = {
    mmsi: position.mmsi,
    imo: 0,
    callSign: 'SIM126',
    name: 'NING HUO 0126',
    type: 70,
    bowM: 60,
    sternM: 20,
    portM: 7,
    starboardM: 7,
    draughtM: 4.2,
    destination: 'NANJING',
  };
  const said = (...messages: readonly string[]) =>
    text(messages.flatMap((bits, group) => sentences(bits, { name: 'NJ01', atMs }, { group, channel: 'A' })).join(''));

  for (const [kind, of, statics] of [
    ['class A', classA, [classAStatic(vessel)]],
    ['class B', classB, classBStatic(vessel)],
  ] as const)
    it(`says where a ${kind} vessel is, and who it is`, () => {
      const { records } = heard(ais as Protocol, said(...statics, of(position)));
      const [record] = records as PositionRecord[];
      expect(record).toMatchObject({
        subject: { scheme: 'ais', key: '413000126' },
        observedAt: atMs,
        headingDeg: 214,
        accuracyM: 10,
      });
      const at = record!.geometry?.type === 'Point' ? record!.geometry.coordinates : [0, 0];
      expect(at[0]).toBeCloseTo(position.at[0], 5);
      expect(at[1]).toBeCloseTo(position.at[1], 5);
      expect(record!.speedMps).toBeCloseTo((7.4 * 1_852) / 3_600, 2);
      expect(record!.extras).toMatchObject({
        courseDeg: 213.7,
        'vessel.shipName': 'NING HUO 0126',
        'vessel.callSign': 'SIM126',
      });
    });

  it('says that course and heading are not there', () => {
    const [record] = heard(
      ais as Protocol,
      said(classA({ ...position, courseDeg: null, headingDeg: null, speedKn: 0, status: 1 })),
    ).records as PositionRecord[];
    expect([record!.headingDeg, record!.speedMps, record!.extras.status]).toEqual([null, 0, 1]);
  });
});

describe('METAR and TAF', () => {
  const of = {
    station: 'ZSNJ',
    observedAtMs: Date.parse('2026-06-20T02:00:00Z'),
    windDirectionDeg: 4,
    windSpeedMps: 6.2,
    gustMps: 12.4,
    visibilityM: 2_790,
    weather: ['+TSRA', 'BR'],
    cloud: { amount: 'BKN' as const, baseM: 457 },
    temperatureC: -0.3,
    dewPointC: -2.6,
    qnhHpa: 1004.9,
  };

  it('says what the aerodrome measures', () => {
    const line = metarText(of);
    expect(line).toBe('METAR ZSNJ 200200Z 36006G12MPS 2700 +TSRA BR BKN015 M00/M03 Q1004 NOSIG=');
    const { records } = heard(metar as Protocol, text(`${line}\n`));
    const values = new Map((records as ReadingRecord[]).map(({ property, value }) => [property, value]));
    expect(records[0]).toMatchObject({ subject: { scheme: 'metar', key: 'ZSNJ' }, observedAt: of.observedAtMs });
    for (const [property, value] of [
      ['windDirection', 0],
      ['windSpeed', 6],
      ['windGust', 12],
      ['visibility', 2_700],
      ['airTemperature', 0],
      ['dewPoint', -3],
      ['pressureQnh', 1_004],
      ['thunderstorm', 1],
    ] as const)
      expect(values.get(property), property).toBeCloseTo(value, 6);
  });

  it('says a forecast that is read to its end and makes no reading', () => {
    const line = taf(of, true);
    expect(heard(metar as Protocol, text(line)).records).toEqual([]);
    const read = metar.decode(text(line));
    expect(isRefusal(read) ? read : JSON.stringify(read)).toContain('TEMPO');
    expect(JSON.stringify(read)).not.toMatch(/"unread":\["/);
  });

  it('rounds visibility downward in the steps of the annex', () => {
    expect([12_000, 9_999, 5_000, 4_990, 2_750, 799, 30].map(visibilityGroup)).toEqual([
      '9999',
      '9000',
      '5000',
      '4900',
      '2700',
      '0750',
      '0000',
    ]);
  });
});

describe('NGSI-LD, SensorThings, FHIR, Open311', () => {
  const at = [118.79, 32.05] as const;

  it('says weather, visitors and parking of a broker’s notification', () => {
    const told = (id: string, values: [string, number][] = []) => ({
      id,
      name: '演示',
      at,
      observedAtMs: atMs,
      values: new Map(values),
    });
    const weather = weatherObserved(
      told('urn:ngsi-ld:WeatherObserved:nanjing:M0001', [
        ['airTemperature', 24.3],
        ['relativeHumidity', 81],
        ['airPressure', 1009.6],
        ['windSpeed', 3.1],
        ['precipitation', 12.5],
        ['visibility', 8_400],
      ]),
    );
    const scenic = touristAttraction(told('urn:ngsi-ld:TouristAttraction:nanjing:001'), {
      inside: 3_900,
      maximum: 4_500,
    });
    const parking = offStreetParking(told('urn:ngsi-ld:OffStreetParking:nanjing:001'), { available: 0, maximum: 210 });
    const { records } = heard(
      ngsi as Protocol,
      text(notification([weather, scenic, parking], { number: 1, atMs: atMs + 500 })),
    );
    const measured = records.filter(({ kind }) => kind === 'reading');
    expect(readings(measured)).toEqual([
      ['airTemperature', 'instant', 24.3, 'Cel'],
      ['relativeHumidity', 'instant', 81, '%'],
      ['airPressure', 'instant', 1009.6, 'hPa'],
      ['windSpeed', 'instant', 3.1, 'm/s'],
      ['precipitation', 'sum', 12.5, 'mm'],
      ['visibility', 'instant', 8_400, 'm'],
    ]);
    for (const record of records)
      expect([record.observedAt, record.quality]).toEqual([atMs, { state: 'good', flags: [] }]);
    const held = records.filter(({ kind }) => kind === 'capacity') as CapacityRecord[];
    expect(held.map(({ resource, available, maximum, state }) => [resource, available, maximum, state])).toEqual([
      ['site-visitors', 600, 4_500, 'limited'],
      ['parking', 0, 210, 'full'],
    ]);
  });

  it('says what a pole measures', () => {
    const pole = {
      id: 'nanjing-thing-0001',
      name: '演示杆',
      at,
      observedAtMs: atMs,
      values: [
        { property: 'airTemperature', value: 24.3 },
        { property: 'LAeq', value: 57.2 },
      ],
    };
    const { records } = heard(sensorthings as Protocol, text(collection([thing(pole)])));
    expect(readings(records)).toEqual([
      ['airTemperature', 'instant', 24.3, 'Cel'],
      ['LAeq', 'mean', 57.2, 'dB'],
    ]);
    for (const record of records) {
      expect(record.subject.key).toContain('nanjing-thing-0001');
      expect([record.observedAt, record.quality.state]).toEqual([atMs, 'good']);
    }
  });

  it('says how many beds are free', () => {
    const counts = [
      { resource: 'hospital-bed', total: 590, free: 143 },
      { resource: 'icu-bed', total: 24, free: 0 },
      { resource: 'emergency-bed', total: 48, free: 15 },
    ];
    const { records } = heard(
      fhir as Protocol,
      text(bundle([{ id: 'Location/nj-hospital-001', name: '演示医院', observedAtMs: atMs, counts }])),
    );
    expect(
      (records as CapacityRecord[]).map(({ resource, available, maximum, state, subject }) => [
        resource,
        available,
        maximum,
        state,
        subject.key,
      ]),
    ).toEqual([
      ['hospital-bed', 143, 590, 'open', 'Location/nj-hospital-001'],
      ['icu-bed', 0, 24, 'full', 'Location/nj-hospital-001'],
      ['emergency-bed', 15, 48, 'open', 'Location/nj-hospital-001'],
    ]);
    for (const record of records)
      expect([record.observedAt, record.quality]).toEqual([atMs, { state: 'good', flags: [] }]);
  });

  it('says what a district has filed', () => {
    const filed = {
      id: 'GL-1',
      state: 'open' as const,
      notes: null,
      serviceCode: '0103',
      serviceName: '井盖缺失',
      description: '路口 <井盖> 缺失',
      agency: '鼓楼区城管局',
      address: '中山路 1 号',
      at,
      requestedAtMs: atMs,
      updatedAtMs: atMs + 60_000,
      expectedAtMs: atMs + 86_400_000,
    };
    const records = heard(
      open311 as Protocol,
      text(requestsJson([filed, { ...filed, id: 'GL-2', state: 'closed', notes: '已处置' }])),
    ).records as CaseRecord[];
    expect(records.map(({ number, state, title, text: words }) => [number, state, title, words])).toEqual([
      ['GL-1', 'new', '井盖缺失', '路口 <井盖> 缺失'],
      ['GL-2', 'closed', '井盖缺失', expect.stringContaining('路口 <井盖> 缺失')],
    ]);
    expect(records[0]!.geometry).toEqual({ type: 'Point', coordinates: at });
  });
});
