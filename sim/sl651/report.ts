import { asciiFrame, functions, type Head, hexFrame, stamp } from './frame.ts';

/** Annex C: identifier of the ASCII form, its byte in the hexadecimal form, and how many BCD bytes with how many decimals. */
const elements = {
  P1: { id: 0x1a, bytes: 3, decimals: 1 },
  PJ: { id: 0x20, bytes: 3, decimals: 1 },
  PN05: { id: 0x22, bytes: 3, decimals: 1 },
  PT: { id: 0x26, bytes: 3, decimals: 1 },
  Q: { id: 0x27, bytes: 5, decimals: 3 },
  VT: { id: 0x38, bytes: 2, decimals: 2 },
  Z: { id: 0x39, bytes: 4, decimals: 3 },
  ZB: { id: 0x3a, bytes: 4, decimals: 3 },
  ZU: { id: 0x3b, bytes: 4, decimals: 3 },
  H: { id: 0x0e, bytes: 3, decimals: 2 },
  pH: { id: 0x46, bytes: 2, decimals: 2 },
  DO: { id: 0x47, bytes: 2, decimals: 1 },
  TURB: { id: 0x49, bytes: 2, decimals: 0 },
} as const;
export type ElementName = keyof typeof elements;
export const isElement = (name: string): name is ElementName => Object.hasOwn(elements, name);

/** Annex D: class of a station. */
export const classes = { rain: 0x50, river: 0x48 } as const;

export type Element = { readonly name: ElementName; readonly value: number };
export type Report = {
  readonly head: Omit<Head, 'function'>;
  readonly class: number;
  readonly serial: number;
  readonly sentAtMs: number;
  readonly observedAtMs: number;
  readonly elements: readonly Element[];
};

const f0 = (atMs: number) => Buffer.concat([Buffer.from([0xf0, 0xf0]), Buffer.from(stamp(atMs).slice(0, 10), 'hex')]);

/** Id, definition (bytes in the upper five bits, decimals in the lower three), packed digits; a minus is a leading FF. */
function element({ name, value }: Element): Buffer {
  const { id, bytes, decimals } = elements[name];
  const digits = Math.abs(Math.round(value * 10 ** decimals)).toString();
  if (digits.length > bytes * 2) throw new Error(`${name} ${value} does not fit ${bytes} bytes`);
  const packed = Buffer.from(digits.padStart(bytes * 2, '0'), 'hex');
  const signed = value < 0 ? Buffer.concat([Buffer.from([0xff]), packed]) : packed;
  return Buffer.concat([Buffer.from([id, (signed.length << 3) | decimals]), signed]);
}

function opening({ head, class: kind, serial, sentAtMs }: Report): Buffer {
  const start = Buffer.alloc(2);
  start.writeUInt16BE(serial & 0xffff);
  return Buffer.concat([
    start,
    Buffer.from(stamp(sentAtMs), 'hex'),
    Buffer.from([0xf1, 0xf1]),
    Buffer.from(head.station, 'hex'),
    Buffer.from([kind]),
  ]);
}

/** 32 (timed) and 33 (extra): the elements of one moment. */
export function report(of: Report, kind: 'timed' | 'extra'): Buffer {
  const body = Buffer.concat([opening(of), f0(of.observedAtMs), ...of.elements.map(element)]);
  return hexFrame({ ...of.head, function: functions[kind] }, body);
}

/**
 * 34 (hourly): F4, twelve five-minute rains of 0.1 mm in one binary byte each, FF where none was measured, from their first moment on, then the
 * elements of the full hour.
 */
export function hourlyRain(of: Report, rainMm: readonly (number | null)[]): Buffer {
  const firstMs = of.observedAtMs - 55 * 60_000;
  const cells = rainMm.map((mm) => (mm === null ? 0xff : Math.min(0xfe, Math.round(mm * 10))));
  const body = Buffer.concat([
    opening(of),
    f0(firstMs),
    Buffer.from([0xf4, (12 << 3) | 0, ...cells]),
    f0(of.observedAtMs),
    ...of.elements.map(element),
  ]);
  return hexFrame({ ...of.head, function: functions.hourly }, body);
}

/** 2F: serial and time, unanswered. */
export function keepAlive(head: Omit<Head, 'function'>, serial: number, sentAtMs: number): Buffer {
  const body = Buffer.alloc(8);
  body.writeUInt16BE(serial & 0xffff);
  body.set(Buffer.from(stamp(sentAtMs), 'hex'), 2);
  return hexFrame({ ...head, function: functions.keepAlive }, body);
}

/** The ASCII form of 32 and 33: serial in four hexadecimal characters, time, ST with address and class letter, TT, `identifier value` in a row. */
export function asciiReport(of: Report, kind: 'timed' | 'extra'): Buffer {
  const serial = (of.serial & 0xffff).toString(16).toUpperCase().padStart(4, '0');
  const words = of.elements.map(({ name, value }) => `${name} ${value.toFixed(elements[name].decimals)}`);
  const letter = of.class === classes.river ? 'H' : 'P';
  const body = `${serial}${stamp(of.sentAtMs)}ST ${of.head.station} ${letter} TT ${stamp(of.observedAtMs).slice(0, 10)} ${words.join(' ')} `;
  return asciiFrame({ ...of.head, function: functions[kind] }, body);
}
