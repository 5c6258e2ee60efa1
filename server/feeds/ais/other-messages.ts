import { application } from './application-data.ts';
import { positionFixer, shipType, stationType } from './codes.ts';
import {
  code,
  dimensions,
  each,
  type Field,
  flag,
  list,
  lonLat,
  mmsi,
  number,
  restText,
  spare,
  text,
} from './fields.ts';
import type { MessageKind } from './message.ts';
import { radio } from './radio.ts';

const acknowledge = (name: string): MessageKind => ({
  name,
  bits: [72, 168],
  fields: [spare(2), list('acknowledged', { bits: 32, most: 4, fields: [mmsi('mmsi'), number('sequence', 2)] })],
});

/** Part A is the name, part B the rest; an auxiliary craft gives its mother ship where others give their dimensions. */
const staticParts: Field = (bits, into) => {
  const part = bits.unsigned(2);
  into.fields.part = part === 0 ? 'A' : part === 1 ? 'B' : null;
  if (part === 0) text('shipName', 120)(bits, into);
  else if (part === 1) partB(bits, into);
  else into.flags.add('enum_unknown');
};
const partB: Field = (bits, into) => {
  each(
    code('shipType', 8, shipType),
    text('vendorId', 18),
    number('unitModel', 4),
    number('unitSerial', 20),
    text('callSign', 42),
  )(bits, into);
  const craft = Math.floor(into.mmsi / 10_000_000) === 98;
  (craft ? mmsi('motherShip') : dimensions)(bits, into);
  // Earlier devices left these six bits free.
  if (bits.left >= 6) code('fixer', 4, positionFixer)(bits, into);
};

/** Bit 139 says whether the 70 bits before name two stations or an area. */
const channelArea: Field = (bits, into) => {
  const from = bits.at;
  bits.skip(70);
  const addressed = bits.unsigned(1) === 1;
  bits.at = from;
  if (addressed) each(mmsi('destination1'), spare(5), mmsi('destination2'), spare(5))(bits, into);
  else each(lonLat(10, ['eastLon', 'northLat']), lonLat(10, ['westLon', 'southLat']))(bits, into);
  into.fields.addressed = addressed;
  bits.skip(1);
};

/** Four free bits, more or fewer where the data does not end on a byte: the state of the radio is always the last. */
const toRadio: Field = (bits) => bits.skip(Math.max(0, bits.left - 20));

/** Messages 25 and 26: two bits say whether a destination and an application follow; 26 ends with the state of the radio. */
const slotData =
  (tail: number): Field =>
  (bits, into) => {
    const addressed = bits.unsigned(1) === 1;
    const structured = bits.unsigned(1) === 1;
    if (addressed) each(mmsi('destination'), spare(2))(bits, into);
    application(structured, tail)(bits, into);
  };

const reservations = { bits: 30, most: 4 };

export const otherMessages: Readonly<Record<number, MessageKind>> = {
  5: {
    name: 'static and voyage data',
    bits: [270, 424],
    fields: [
      number('aisVersion', 2),
      number('imo', 30, { none: 0 }),
      text('callSign', 42),
      text('shipName', 120),
      code('shipType', 8, shipType),
      dimensions,
      code('fixer', 4, positionFixer),
      number('etaMonth', 4, { none: 0, within: [1, 12] }),
      number('etaDay', 5, { none: 0 }),
      number('etaHour', 5, { none: 24, within: [0, 23] }),
      number('etaMinute', 6, { none: 60, within: [0, 59] }),
      number('draughtM', 8, { per: 10, none: 0, top: 255 }),
      text('destination', 120),
      flag('dteMissing'),
      spare(1),
    ],
  },
  6: {
    name: 'addressed binary message',
    bits: [88, 1008],
    fields: [number('sequence', 2), mmsi('destination'), flag('retransmitted'), spare(1), application(true, 0)],
  },
  7: acknowledge('binary acknowledgement'),
  8: { name: 'broadcast binary message', bits: [56, 1008], fields: [spare(2), application(true, 0)] },
  10: { name: 'UTC inquiry', bits: [70, 72], fields: [spare(2), mmsi('destination'), spare(2)] },
  12: {
    name: 'addressed safety message',
    bits: [72, 1008],
    fields: [number('sequence', 2), mmsi('destination'), flag('retransmitted'), spare(1), restText('text')],
  },
  13: acknowledge('safety acknowledgement'),
  14: { name: 'safety broadcast', bits: [40, 1008], fields: [spare(2), restText('text')] },
  15: {
    name: 'interrogation',
    bits: [88, 160],
    fields: [
      spare(2),
      mmsi('station1'),
      number('type1', 6),
      number('offset1', 12),
      optional(20, [spare(2), number('type2', 6), number('offset2', 12)]),
      optional(50, [spare(2), mmsi('station2'), number('station2Type', 6), number('station2Offset', 12), spare(2)]),
    ],
  },
  16: {
    name: 'assignment command',
    bits: [92, 144],
    fields: [
      spare(2),
      list('assignments', {
        bits: 52,
        most: 2,
        fields: [mmsi('mmsi'), number('offset', 12), number('increment', 10)],
      }),
    ],
  },
  17: {
    name: 'differential corrections',
    bits: [80, 816],
    fields: [
      spare(2),
      lonLat(10),
      spare(5),
      optional(40, [
        number('correctionType', 6),
        number('station', 10),
        number('zCount', 13),
        number('sequence', 3),
        number('words', 5),
        number('health', 3),
      ]),
      (bits, { fields }) => {
        fields.data = bits.hex(bits.left);
      },
    ],
  },
  20: {
    name: 'data link management',
    bits: [70, 160],
    fields: [
      spare(2),
      list('reservations', {
        ...reservations,
        fields: [number('offset', 12), number('slots', 4), number('timeoutMin', 3), number('increment', 11)],
      }),
    ],
  },
  22: {
    name: 'channel management',
    bits: [140, 168],
    fields: [
      spare(2),
      number('channelA', 12),
      number('channelB', 12),
      number('mode', 4),
      flag('lowPower'),
      channelArea,
      flag('narrowA'),
      flag('narrowB'),
      number('zoneSize', 3),
      spare(23),
    ],
  },
  23: {
    name: 'group assignment',
    bits: [154, 160],
    fields: [
      spare(2),
      lonLat(10, ['eastLon', 'northLat']),
      lonLat(10, ['westLon', 'southLat']),
      code('stationType', 4, stationType),
      code('shipType', 8, shipType),
      spare(22),
      number('mode', 2),
      number('interval', 4),
      number('quietMin', 4, { none: 0 }),
      spare(6),
    ],
  },
  24: { name: 'class B static data', bits: [132, 168], fields: [staticParts] },
  25: { name: 'single slot binary message', bits: [40, 168], fields: [slotData(0)] },
  26: { name: 'multiple slot binary message', bits: [60, 1064], fields: [slotData(24), toRadio, radio('selected')] },
};

/** A group that is there or not, by the length of the message. */
function optional(least: number, fields: readonly Field[]): Field {
  return (bits, into) => {
    if (bits.left >= least) each(...fields)(bits, into);
  };
}
