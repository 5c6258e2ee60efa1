import type { QualityFlag } from '@/server/wire/record.ts';
import type { BitReader } from './bit-reader.ts';

export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };
export type Fields = Record<string, Value>;
export type Into = { readonly fields: Fields; readonly flags: Set<QualityFlag>; readonly mmsi: number };

/** One entry of a message's table: reads its bits and names its value. */
export type Field = (bits: BitReader, into: Into) => void;

type Scale = {
  readonly signed?: boolean;
  readonly per?: number;
  /** The raw value that means "not available". */
  readonly none?: number;
  /** Raw values the standard allows, `none` apart. */
  readonly within?: readonly [number, number];
  /** The raw value that means "this or more". */
  readonly top?: number;
};

/** A number: null where it is not available, and where it cannot be (flag `over_range`). */
export const number =
  (name: string, count: number, scale: Scale = {}): Field =>
  (bits, { fields, flags }) => {
    const raw = scale.signed ? bits.signed(count) : bits.unsigned(count);
    if (raw === null) return;
    const { none, within, top, per = 1 } = scale;
    const outside = within !== undefined && (raw < within[0] || raw > within[1]);
    if (raw === top || (outside && raw !== none)) flags.add('over_range');
    fields[name] = raw === none || outside ? null : raw / per;
  };

export const flag =
  (name: string): Field =>
  (bits, { fields }) => {
    const raw = bits.unsigned(1);
    if (raw !== null) fields[name] = raw === 1;
  };

export const text =
  (name: string, count: number): Field =>
  (bits, { fields }) => {
    const read = bits.text(count);
    if (read !== null) fields[name] = read === '' ? null : read;
  };

/** Text to the end of the message. */
export const restText =
  (name: string): Field =>
  (bits, into) =>
    text(name, bits.left - (bits.left % 6))(bits, into);

/** A number that stands for a word: both are kept. */
export const code =
  (name: string, count: number, words: (raw: number) => string | null): Field =>
  (bits, { fields, flags }) => {
    const raw = bits.unsigned(count);
    if (raw === null) return;
    const word = words(raw);
    if (word === null) flags.add('enum_unknown');
    fields[name] = raw;
    fields[`${name}Name`] = word;
  };

export const spare =
  (count: number): Field =>
  (bits) =>
    bits.skip(count);

export const each = (...fields: readonly Field[]): Field => {
  return (bits, into) => {
    for (const field of fields)
      if (bits.left > 0) field(bits, into);
      else {
        bits.short = true;
        return;
      }
  };
};

/** As many of a group as the message still holds. */
export const list =
  (name: string, { bits: size, most, fields }: { bits: number; most: number; fields: readonly Field[] }): Field =>
  (bits, into) => {
    const items: Fields[] = [];
    while (items.length < most && bits.left >= size) {
      const item: Fields = {};
      const end = bits.at + size;
      for (const field of fields) field(bits, { ...into, fields: item });
      bits.skip(end - bits.at);
      items.push(item);
    }
    into.fields[name] = items;
  };

/** Degrees from 1/10000 or 1/10 of a minute; 181 and 91 mean "not available". */
export const lonLat = (perMinute: 10_000 | 10 = 10_000, names: readonly [string, string] = ['lon', 'lat']): Field => {
  const per = perMinute * 60;
  const [lonBits, latBits] = perMinute === 10 ? [18, 17] : [28, 27];
  return each(
    number(names[0], lonBits, { signed: true, per, none: 181 * per, within: [-180 * per, 180 * per] }),
    number(names[1], latBits, { signed: true, per, none: 91 * per, within: [-90 * per, 90 * per] }),
  );
};

export const mmsi = (name: string): Field => number(name, 30);
export const speedKn = number('speedKn', 10, { per: 10, none: 1023, top: 1022 });
export const courseDeg = number('courseDeg', 12, { per: 10, none: 3600, within: [0, 3599] });
export const headingDeg = number('headingDeg', 9, { none: 511, within: [0, 359] });
/** 60 not available, 61 entered by hand, 62 estimated, 63 out of order: the number stays, because each says something else. */
export const second = number('second', 6);
export const dimensions = each(
  number('toBowM', 9),
  number('toSternM', 9),
  number('toPortM', 6),
  number('toStarboardM', 6),
);
