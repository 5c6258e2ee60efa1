import type { ReadingRecord } from '@/server/wire/record.ts';

export type Statistic = ReadingRecord['statistic'];
export type Element = {
  /** The identifier of the ASCII form; the property of readings in both forms. */
  readonly identifier: string;
  /** UCUM; null where the value is a code or a count without one. */
  readonly unit: string | null;
  readonly statistic: Statistic;
  readonly intervalS: number | null;
};

const instant = (identifier: string, unit: string | null): Element => ({
  identifier,
  unit,
  statistic: 'instant',
  intervalS: null,
});
const rain = (identifier: string, minutes: number | null): Element => ({
  identifier,
  unit: 'mm',
  statistic: 'sum',
  intervalS: minutes === null ? null : minutes * 60,
});

/** Eight of a kind in a row: `Q1`…`Q8`. */
const eight = (first: number, identifier: string, unit: string): [number, Element][] =>
  Array.from({ length: 8 }, (_, at) => [first + at, instant(`${identifier}${at + 1}`, unit)]);
const row = (first: number, unit: string | null, identifiers: string): [number, Element][] =>
  identifiers.split(' ').map((identifier, at) => [first + at, instant(identifier, unit)]);

/** SL 651-2014 annex C. The byte of the hexadecimal form → what it stands for. */
export const elements: ReadonlyMap<number, Element> = new Map<number, Element>([
  ...row(0x01, 'm2', 'AC'),
  ...row(0x02, 'Cel', 'AI C'),
  [0x06, rain('ED', 1_440)],
  [0x07, rain('EJ', null)],
  ...row(0x05, null, 'DT'),
  ...row(0x08, 'hPa', 'FL'),
  ...row(0x09, 'm', 'GH'),
  ...row(0x0a, null, 'GN GS GT'),
  ...row(0x0d, 'Cel', 'GTP'),
  ...row(0x0e, 'm', 'H HW'),
  ...row(0x10, '%', 'M10 M20 M30 M40 M50 M60 M80 M100 MST'),
  ...row(0x19, null, 'NS'),
  [0x1a, rain('P1', 60)],
  [0x1b, rain('P2', 120)],
  [0x1c, rain('P3', 180)],
  [0x1d, rain('P6', 360)],
  [0x1e, rain('P12', 720)],
  [0x1f, rain('PD', 1_440)],
  [0x20, rain('PJ', null)],
  [0x21, rain('PN01', 1)],
  [0x22, rain('PN05', 5)],
  [0x23, rain('PN10', 10)],
  [0x24, rain('PN30', 30)],
  [0x25, rain('PR', null)],
  [0x26, rain('PT', null)],
  ...row(0x27, 'm3/s', 'Q'),
  ...eight(0x28, 'Q', 'm3/s'),
  ...row(0x30, 'm3/s', 'QA QZ'),
  [0x32, { identifier: 'SW', unit: '10*4.t', statistic: 'sum', intervalS: null }],
  ...row(0x33, null, 'UC UE'),
  ...row(0x35, 'm/s', 'US VA VJ'),
  ...row(0x38, 'V', 'VT'),
  ...row(0x39, 'm', 'Z ZB ZU'),
  ...eight(0x3c, 'Z', 'm'),
  ...row(0x44, 'kg/m3', 'SQ'),
  ...row(0x45, null, 'ZT'),
  ...row(0x46, '[pH]', 'pH'),
  ...row(0x47, 'mg/L', 'DO'),
  ...row(0x48, 'uS/cm', 'COND'),
  ...row(0x49, '{NTU}', 'TURB'),
  ...row(0x4a, 'mg/L', 'CODMN'),
  ...row(0x4b, 'mV', 'REDOX'),
  ...row(0x4c, 'mg/L', 'NH4N TP TN TOC CU ZN SE AS THG CD PB CHLA'),
  ...eight(0x58, 'WP', 'kPa'),
  ...eight(0x60, 'SYL', 'm3'),
  ...eight(0x68, 'SBL', 'm3/h'),
  ...row(0x70, 'V', 'VTA VTB VTC'),
  ...row(0x73, 'A', 'VIA VIB VIC'),
]);

/** Numbers that are no measurement: gates without a leaf, shut, wide open, out of the water (§E.3.2.2); a well that is dry (§E.8.2.2). */
const codes: ReadonlyMap<string, ReadonlySet<number>> = new Map([
  ['GH', new Set([555, 444, 999, 888])],
  ['H', new Set([444])],
]);
export const isCode = (identifier: string, value: number | null): boolean =>
  value !== null && codes.get(identifier)?.has(value) === true;

export const stateElement = 0x45;
export const timeStepElement = 0x04;
export const durationElement = 0x05;

const byIdentifier = new Map([...elements.values()].map((element) => [element.identifier.toUpperCase(), element]));
export const elementNamed = (identifier: string): Element | null => byIdentifier.get(identifier.toUpperCase()) ?? null;

/** `F4`: twelve five-minute rains of the hour, one byte each; `F5`–`FC`: twelve levels above the gauge's own zero, two bytes each. */
export type HourArray = Element & {
  readonly id: string;
  readonly width: 1 | 2;
  /** Bytes of all its values. */
  readonly length: number;
  readonly scale: number;
  readonly stepS: number;
};

/** Null for a step of nothing: a row must go on in time. */
export function stepOf(days: number, hours: number, minutes: number): number | null {
  return days * 86_400 + hours * 3_600 + minutes * 60 || null;
}

const stepS = 300;
const hourRain: HourArray = {
  id: 'F4',
  identifier: 'DRP',
  unit: 'mm',
  statistic: 'sum',
  intervalS: stepS,
  width: 1,
  length: 12,
  scale: 10,
  stepS,
};

export function hourArray(id: number): HourArray | null {
  if (id === 0xf4) return hourRain;
  if (id < 0xf5 || id > 0xfc) return null;
  const name = `DRZ${id - 0xf4}`;
  return { ...instant(name, 'm'), id: id.toString(16).toUpperCase(), width: 2, length: 24, scale: 100, stepS };
}

export function hourArrayNamed(identifier: string): HourArray | null {
  const name = identifier.toUpperCase();
  if (name === 'DRP') return hourRain;
  const level = /^DRZ([1-8])$/.exec(name);
  return level ? hourArray(0xf4 + Number(level[1])) : null;
}
