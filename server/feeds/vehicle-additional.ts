import { ByteReader, toHex } from './byte-reader.ts';
import { assistanceKind, readAssistance } from './vehicle-assistance.ts';
import { behaviourBits, namesOf, signalBits, videoAlarmBits } from './vehicle-bits.ts';

type Value = string | number | boolean | null | readonly (string | number | null)[];

/** One additional item of a location report. `raw` is always there: vendors give the standard's ids other meanings. */
export type AdditionalItem = {
  readonly id: string;
  readonly name: string;
  /** In front of the names of its values, where several items of one report have the same. */
  readonly prefix?: string;
  readonly values: Readonly<Record<string, Value>> | null;
  readonly raw: string;
};

type Item = {
  name: string;
  /** Lengths the standard allows; any other is a vendor's own meaning and stays raw. */
  lengths: readonly number[];
  read: (reader: ByteReader, length: number) => Record<string, Value>;
};

const areaKinds = ['none', 'circle', 'rectangle', 'polygon', 'route'];
/** All bits set: the terminal does not know. */
const known = (tenths: number): number | null => (tenths === 0xffffffff ? null : tenths / 10);
const kindOf = (code: number): string => areaKinds[code] ?? `unknown ${code}`;
/** The standard writes temperatures with the sign in the highest bit, not as two's complement. */
const signMagnitude = (word: number): number => (word & 0x8000 ? -(word & 0x7fff) : word);
const word = (name: string, key: string, scale: (raw: number) => number = (raw) => raw): Item => ({
  name,
  lengths: [2],
  read: (reader) => ({ [key]: scale(reader.u16()) }),
});
const bits32 = (name: string, key: string, names: readonly string[] | null): Item => ({
  name,
  lengths: [4],
  read: (reader) => {
    const flags = reader.u32();
    return { [key]: names ? namesOf(flags, names) : channelsOf(flags) };
  },
});
const channelsOf = (flags: number): number[] =>
  Array.from({ length: 32 }, (_, at) => at + 1).filter((channel) => (flags >>> (channel - 1)) & 1);

const items: Readonly<Record<number, Item>> = {
  1: { name: 'mileage', lengths: [4], read: (reader) => ({ mileageKm: known(reader.u32()) }) },
  2: word('fuel', 'fuelL', (raw) => raw / 10),
  3: word('recorder speed', 'recorderSpeedKmh', (raw) => raw / 10),
  4: word('alarm to be confirmed by a person', 'eventId'),
  5: {
    name: 'tyre pressure',
    lengths: [30],
    read: (reader) => ({ tyrePressurePa: [...reader.take(30)].map((byte) => (byte === 0xff ? null : byte)) }),
  },
  6: word('compartment temperature', 'compartmentCel', signMagnitude),
  17: {
    name: 'overspeed',
    lengths: [1, 5],
    read: (reader, length) => ({ area: kindOf(reader.u8()), ...(length === 5 && { areaId: reader.u32() }) }),
  },
  18: {
    name: 'area or route crossing',
    lengths: [6],
    read: (reader) => ({
      area: kindOf(reader.u8()),
      areaId: reader.u32(),
      direction: reader.u8() === 0 ? 'in' : 'out',
    }),
  },
  19: {
    name: 'segment time',
    lengths: [7],
    read: (reader) => ({
      segmentId: reader.u32(),
      drivenS: reader.u16(),
      result: reader.u8() === 0 ? 'short' : 'long',
    }),
  },
  20: bits32('video alarms', 'videoAlarms', videoAlarmBits),
  21: bits32('video signal lost', 'lostChannels', null),
  22: bits32('video signal covered', 'coveredChannels', null),
  23: {
    name: 'storage fault',
    lengths: [2],
    read: (reader) => ({ faultyStores: channelsOf(reader.u16()) }),
  },
  24: {
    name: 'abnormal driving',
    lengths: [2, 3],
    read: (reader, length) => ({
      behaviours: namesOf(reader.u16(), behaviourBits),
      ...(length === 3 && { fatigueDegree: reader.u8() }),
    }),
  },
  37: bits32('vehicle signals', 'signals', signalBits),
  42: {
    name: 'input and output',
    lengths: [2],
    read: (reader) => {
      const flags = reader.u16();
      return { deepSleep: (flags & 1) === 1, sleep: (flags & 2) === 2 };
    },
  },
  43: { name: 'analogue', lengths: [4], read: (reader) => ({ analogue1: reader.u16(), analogue0: reader.u16() }) },
  48: { name: 'radio signal', lengths: [1], read: (reader) => ({ radioSignal: reader.u8() }) },
  49: { name: 'satellites', lengths: [1], read: (reader) => ({ satellites: reader.u8() }) },
};

export type Additional = {
  readonly items: readonly AdditionalItem[];
  /** Bytes after the last whole item, as hex; null when there are none. */
  readonly torn: string | null;
};

export function readAdditional(bytes: Uint8Array): Additional {
  const found: AdditionalItem[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = bytes[at + 1];
    if (length === undefined || at + 2 + length > bytes.length)
      return { items: found, torn: toHex(bytes.subarray(at)) };
    found.push(readItem(bytes[at]!, bytes.subarray(at + 2, at + 2 + length)));
    at += 2 + length;
  }
  return { items: found, torn: null };
}

const idOf = (id: number): string => `0x${id.toString(16).padStart(2, '0')}`;

function readItem(id: number, value: Uint8Array): AdditionalItem {
  const assistance = assistanceKind(id);
  if (assistance) {
    const values = readAssistance(id, value, new ByteReader(value));
    return { id: idOf(id), name: assistance.name, prefix: assistance.prefix, values, raw: toHex(value) };
  }
  const item = items[id];
  const known = item?.lengths.includes(value.length);
  return {
    id: idOf(id),
    name: item?.name ?? (id >= 0xe0 ? 'vendor' : 'unknown'),
    values: item && known ? item.read(new ByteReader(value), value.length) : null,
    raw: toHex(value),
  };
}
