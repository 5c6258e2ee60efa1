import type { LonLat } from '../geo.ts';
import { bitString, type Field, signed, text, unsigned } from './bits.ts';

/** Where a vessel is and how it moves. A course, heading or rate that is null is sent as the standard's "not available". */
export type VesselPosition = {
  readonly mmsi: number;
  readonly at: LonLat;
  readonly speedKn: number;
  readonly courseDeg: number | null;
  readonly headingDeg: number | null;
  /** 0 under way using engine, 1 at anchor, 5 moored. */
  readonly status: number;
  readonly second: number;
};

export type VesselStatic = {
  readonly mmsi: number;
  readonly imo: number;
  readonly callSign: string;
  readonly name: string;
  /** Table 53: 60–69 passenger, 70–79 cargo, 80–89 tanker, 52 tug. */
  readonly type: number;
  readonly bowM: number;
  readonly sternM: number;
  readonly portM: number;
  readonly starboardM: number;
  readonly draughtM: number;
  readonly destination: string;
};

const perDegree = 600_000;
const place = ([lon, lat]: LonLat): Field[] => [signed(28, lon * perDegree), signed(27, lat * perDegree)];
const course = (deg: number | null) => unsigned(12, deg === null ? 3_600 : (deg * 10) % 3_600);
const heading = (deg: number | null) => unsigned(9, deg === null ? 511 : Math.round(deg) % 360);
/** 102.3 kn is "not available", 102.2 "that or more". */
const speed = (kn: number) => unsigned(10, Math.min(1_022, kn * 10));
const size = ({ bowM, sternM, portM, starboardM }: VesselStatic): Field[] => [
  unsigned(9, bowM),
  unsigned(9, sternM),
  unsigned(6, portM),
  unsigned(6, starboardM),
];

/** Message 1: class A position, 168 bits. The rate of turn is not available (−128). */
export const classA = (of: VesselPosition): string =>
  bitString([
    unsigned(6, 1),
    unsigned(2, 0),
    unsigned(30, of.mmsi),
    unsigned(4, of.status),
    signed(8, -128),
    speed(of.speedKn),
    unsigned(1, 1),
    ...place(of.at),
    course(of.courseDeg),
    heading(of.headingDeg),
    unsigned(6, of.second),
    unsigned(2, 0),
    unsigned(3, 0),
    unsigned(1, 0),
    unsigned(19, 0),
  ]);

/** Message 18: class B position, 168 bits; carrier-sense unit without display. */
export const classB = (of: VesselPosition): string =>
  bitString([
    unsigned(6, 18),
    unsigned(2, 0),
    unsigned(30, of.mmsi),
    unsigned(8, 0),
    speed(of.speedKn),
    unsigned(1, 1),
    ...place(of.at),
    course(of.courseDeg),
    heading(of.headingDeg),
    unsigned(6, of.second),
    unsigned(2, 0),
    ...[1, 0, 1, 1, 1, 0, 0, 1].map((bit) => unsigned(1, bit)),
    unsigned(19, 393_222 & 0x7ffff),
  ]);

/** Message 5: class A static and voyage data, 424 bits; the time of arrival is not available. */
export const classAStatic = (of: VesselStatic): string =>
  bitString([
    unsigned(6, 5),
    unsigned(2, 0),
    unsigned(30, of.mmsi),
    unsigned(2, 0),
    unsigned(30, of.imo),
    text(7, of.callSign),
    text(20, of.name),
    unsigned(8, of.type),
    ...size(of),
    unsigned(4, 1),
    unsigned(4, 0),
    unsigned(5, 0),
    unsigned(5, 24),
    unsigned(6, 60),
    unsigned(8, of.draughtM * 10),
    text(20, of.destination),
    unsigned(1, 0),
    unsigned(1, 0),
  ]);

/** Message 24, parts A and B: class B static data. */
export const classBStatic = (of: VesselStatic): readonly [string, string] => [
  bitString([unsigned(6, 24), unsigned(2, 0), unsigned(30, of.mmsi), unsigned(2, 0), text(20, of.name)]),
  bitString([
    unsigned(6, 24),
    unsigned(2, 0),
    unsigned(30, of.mmsi),
    unsigned(2, 1),
    unsigned(8, of.type),
    text(3, 'SIM'),
    unsigned(4, 0),
    unsigned(20, 0),
    text(7, of.callSign),
    ...size(of),
    unsigned(6, 0),
  ]),
];
