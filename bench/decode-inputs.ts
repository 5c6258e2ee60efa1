import { classA } from '@/sim/ais/messages.ts';
import { sentences } from '@/sim/ais/sentence.ts';
import { encodeCap } from '@/sim/cap/encode.ts';
import { bulletin, type WarningName, warnings } from '@/sim/cap/warnings.ts';
import { bundle } from '@/sim/fhir/report.ts';
import { component, componentStates, system } from '@/sim/gb26875/data.ts';
import { commands as fireCommands, encodeFrame as fireFrame } from '@/sim/gb26875/frame.ts';
import { mobilePosition } from '@/sim/gb28181/manscdp.ts';
import { encodeSnapshot } from '@/sim/gtfs/feed.ts';
import { packets, realTimeGroups, requestNumber, systems } from '@/sim/hj212/message.ts';
import { type Location, locationBody, ids as vehicleIds } from '@/sim/jt808/body.ts';
import { encodeFrame as terminalFrame } from '@/sim/jt808/frame.ts';
import { locationMessage, ids as platformIds } from '@/sim/jt809/body.ts';
import { encodeFrame as platformFrame } from '@/sim/jt809/frame.ts';
import { metar } from '@/sim/metar/report.ts';
import { notification, weatherObserved } from '@/sim/ngsi/entity.ts';
import { requestsJson } from '@/sim/open311/request.ts';
import { batchBody } from '@/sim/push/record.ts';
import { collection, thing } from '@/sim/sensorthings/observation.ts';
import { report } from '@/sim/sl651/report.ts';

/** Messages of each protocol as the simulator encodes them; a stream holds many frames, a document is one frame. */
export type DecodeInput = { readonly what: string; readonly frames: number; readonly bytes: Buffer };

const atMs = Date.UTC(2026, 6, 1, 2);
const many = 300;
const each = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const stream = (what: string, make: (index: number) => Buffer | string): DecodeInput => ({
  what,
  frames: many,
  bytes: Buffer.concat(each(many, (index) => Buffer.from(make(index) as string))),
});
const document = (what: string, text: string | Buffer): DecodeInput => ({
  what,
  frames: 1,
  bytes: Buffer.from(text as string),
});
const place = (index: number) => [118.7 + (index % 100) / 1_000, 32 + (index % 70) / 1_000] as const;

const location = (index: number): Location => ({
  at: place(index) as [number, number],
  gcj02: false,
  fixed: true,
  accOn: true,
  emergency: false,
  altitudeM: 12,
  speedMps: 11,
  headingDeg: index % 360,
  observedAtMs: atMs + index * 1_000,
  mileageM: 1_000,
  fuelL: 30,
  satellites: 11,
});

const pushed = (index: number) => ({
  kind: 'position' as const,
  subject: { scheme: 'bench', key: `unit-${index}` },
  observedAt: new Date(atMs).toISOString(),
  sourceAt: new Date(atMs).toISOString(),
  relayedAt: null,
  geometry: { type: 'Point' as const, coordinates: place(index) as [number, number] },
  crsReceived: 'wgs84' as const,
  geometrySource: 'message' as const,
  quality: { state: 'good' as const, flags: [] },
  dedupeKey: `bench/${index}`,
  revision: 1,
  privacy: 'none' as const,
  altitudeM: null,
  speedMps: 11,
  headingDeg: 90,
  accuracyM: 8,
  fixed: true,
  extras: {},
});

const airCodes = [
  'a34004',
  'a34002',
  'a21026',
  'a21004',
  'a05024',
  'a21005',
  'a01001',
  'a01002',
  'a01006',
  'a01007',
] as const;
const airMessage = (index: number): Buffer =>
  Buffer.concat(
    packets({ st: systems.ambientAir, mn: `BENCH${String(index).padStart(19, '0')}`, password: '123456' }, '2011', {
      qn: requestNumber(atMs + index),
      dataAtMs: atMs + index * 1_000,
      groups: realTimeGroups(airCodes.map((code) => ({ code, value: 20 + (index % 9), decimals: 1, mark: 'N' }))),
    }),
  );

const gauge = (index: number): Buffer =>
  report(
    {
      head: { centre: 1, station: String(10_100_000 + index).padStart(10, '0'), password: 0x1234 },
      class: 0x48,
      serial: index,
      sentAtMs: atMs + index * 1_000,
      observedAtMs: atMs,
      elements: [
        { name: 'Z', value: 8.31 },
        { name: 'PJ', value: 1.5 },
        { name: 'PT', value: 120.5 },
        { name: 'VT', value: 12.6 },
      ],
    },
    'timed',
  );

const detector = (index: number): Buffer =>
  fireFrame(
    { serial: index, sentAtMs: atMs, source: '010203040506', target: '0a0b0c0d0e0f' },
    fireCommands.send,
    componentStates([
      {
        part: {
          system: system.fireAlarm,
          systemAddress: 1,
          type: component.smoke,
          address: index + 1,
          text: '一层东侧走廊',
        },
        set: index % 10 === 0 ? ['fire'] : [],
        atMs: atMs + index * 1_000,
      },
    ]),
  );

const vessel = (index: number): string =>
  sentences(
    classA({
      mmsi: 413_000_000 + index,
      at: place(index) as [number, number],
      speedKn: 8.4,
      courseDeg: index % 360,
      headingDeg: index % 360,
      status: 0,
      second: index % 60,
    }),
    { name: 'NJ01', atMs: atMs + index * 1_000 },
    { group: 1, channel: 'A' },
  ).join('');

const snapshot = (): Buffer =>
  encodeSnapshot({
    madeAtMs: atMs,
    delays: [],
    alerts: [],
    buses: each(many, (index) => ({
      id: `bus-${index}`,
      label: `${index}`,
      plate: `苏A${10_000 + index}`,
      trip: { tripId: `t${index}`, routeId: `r${index % 30}`, directionId: 0, startDate: '20260701' },
      at: place(index) as [number, number],
      headingDeg: index % 360,
      speedMps: 7,
      odometerM: 1_000,
      stop: { id: `s${index}`, sequence: 3, status: 'underway' },
      occupancy: 'manySeats',
      occupancyPercentage: 20,
      carriages: [],
      measuredAtMs: atMs,
    })),
  });

const weather = (): string =>
  notification(
    each(100, (index) =>
      weatherObserved({
        id: `urn:ngsi-ld:WeatherObserved:bench:${index}`,
        name: `站${index}`,
        at: place(index) as [number, number],
        observedAtMs: atMs,
        values: new Map([
          ['airTemperature', 28.5],
          ['relativeHumidity', 81],
          ['windSpeed', 3.2],
        ]),
      }),
    ),
    { number: 1, atMs },
  );

const poles = (): string =>
  collection(
    each(100, (index) =>
      thing({
        id: `pole-${index}`,
        name: `杆${index}`,
        at: place(index) as [number, number],
        observedAtMs: atMs,
        values: [
          { property: 'airTemperature', value: 28.5 },
          { property: 'LAeq', value: 61.2 },
        ],
      }),
    ),
  );

const requests = (): string =>
  requestsJson(
    each(100, (index) => ({
      id: `SR-${index}`,
      state: 'open' as const,
      notes: null,
      serviceCode: '0103',
      serviceName: '路面破损',
      description: '人行道地砖松动',
      agency: '城管局',
      address: '中山路 1 号',
      at: place(index) as [number, number],
      requestedAtMs: atMs,
      updatedAtMs: atMs,
      expectedAtMs: atMs + 86_400_000,
    })),
  );

const hospitals = (): string =>
  bundle(
    each(50, (index) => ({
      id: `h${index}`,
      name: `医院${index}`,
      observedAtMs: atMs,
      counts: [
        { resource: 'hospital-bed', total: 900, free: 40 },
        { resource: 'icu-bed', total: 60, free: 4 },
      ],
    })),
  );

/** By protocol id. */
export const decodeInputs = (): Readonly<Record<string, DecodeInput>> => ({
  jt808: stream('location reports', (index) =>
    terminalFrame({
      id: vehicleIds.location,
      edition: 2019,
      terminal: '014400000001',
      serial: index,
      body: locationBody(location(index)),
    }),
  ),
  jt809: stream('location messages', (index) =>
    platformFrame({
      id: platformIds.vehicles,
      edition: 2019,
      serial: index,
      centerId: 320_100,
      atMs,
      body: locationMessage(
        2019,
        { vehicle: { plate: `苏A${10_000 + index}`, colour: 2 }, location: location(index) },
        'BENCH',
      ),
    }),
  ),
  hj212: stream('messages of ten pollutants', airMessage),
  sl651: stream('timed reports of four elements', gauge),
  gb26875: stream('component states', detector),
  ais: stream('class A positions', vessel),
  metar: document(
    'reports',
    each(50, (index) =>
      metar({
        station: 'ZSNJ',
        observedAtMs: atMs + index * 1_800_000,
        windDirectionDeg: 90,
        windSpeedMps: 4,
        gustMps: null,
        visibilityM: 8_000,
        weather: ['-RA'],
        cloud: { amount: 'BKN', baseM: 600 },
        temperatureC: 27,
        dewPointC: 24,
        qnhHpa: 1_004,
      }),
    ).join('\n'),
  ),
  'gtfs-rt': document(`one snapshot of ${many} buses`, snapshot()),
  gb28181: document(
    'one position',
    mobilePosition(
      { sn: 1, deviceId: '32010000001320000001' },
      { atMs, at: [118.78, 32.05], speedMps: 8, headingDeg: 90, altitudeM: 12 },
    ),
  ),
  cap: document('one bulletin', encodeCap(bulletin(Object.keys(warnings)[0] as WarningName, atMs, []))),
  push: document('200 positions', Buffer.from(batchBody(each(200, pushed)))),
  ngsi: document('100 weather stations', weather()),
  sensorthings: document('100 things of two streams', poles()),
  open311: document('100 requests', requests()),
  fhir: document('50 hospitals', hospitals()),
});
