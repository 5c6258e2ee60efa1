import { each, type Field, type Fields, flag, list, number, restText, spare, text } from './fields.ts';
import { hydroMeteo, hydroMeteo2004 } from './hydro-meteo.ts';
import { inlandData } from './inland-data.ts';
import { targetBits, vtsTargets } from './vts-targets.ts';

/** Inland AIS: a sign bit (1 above, 0 below the gauge's zero) and centimetres; 0 is not known. */
const gaugeLevel: Field = (bits, { fields }) => {
  const above = bits.unsigned(1);
  const raw = bits.unsigned(13);
  if (above !== null && raw !== null) fields.levelM = raw === 0 ? null : ((above === 1 ? 1 : -1) * raw) / 100;
};

/** IMO SN.1/Circ.289 area notice: circles and points are read, other shapes keep their bits. */
const noticeArea: Field = (bits, into) => {
  const { fields } = into;
  const shape = bits.unsigned(3);
  fields.shape = shape;
  if (shape !== 0) {
    fields.data = bits.hex(84);
    return;
  }
  const scale = bits.unsigned(2) ?? 0;
  each(
    number('lon', 25, { signed: true, per: 60_000, none: 10_860_000, within: [-10_800_000, 10_800_000] }),
    number('lat', 24, { signed: true, per: 60_000, none: 5_460_000, within: [-5_400_000, 5_400_000] }),
    number('decimals', 3),
    number('radiusM', 12, { per: 10 ** -scale }),
  )(bits, into);
};
const areaNotice = {
  name: 'area notice',
  field: each(
    number('link', 10),
    number('notice', 7),
    number('month', 4, { none: 0, within: [1, 12] }),
    number('day', 5, { none: 0 }),
    number('hour', 5, { none: 24, within: [0, 23] }),
    number('minute', 6, { none: 60, within: [0, 59] }),
    number('durationMin', 18, { none: 262_143 }),
    list('areas', { bits: 87, most: 10, fields: [noticeArea] }),
  ),
};

/** Where the standard or the field defines what an application id carries (designated area code / function). */
const applications: Readonly<Record<string, { name: string; field: Field }>> = {
  '1/0': { name: 'text telegram', field: each(flag('acknowledge'), number('textSequence', 11), restText('text')) },
  '1/2': { name: 'function interrogation', field: each(number('requestedDac', 10), number('requestedFi', 6)) },
  '1/3': { name: 'capability interrogation', field: each(number('requestedDac', 10)) },
  '1/11': { name: 'weather and water of 2004', field: hydroMeteo2004 },
  /** One number of two circulars: long ones are a traffic centre's targets, short ones a head count. */
  '1/16': {
    name: 'persons on board',
    field: (bits, into) => (bits.left >= targetBits ? vtsTargets : number('persons', 13, { none: 0 }))(bits, into),
  },
  '1/17': { name: 'targets of a traffic centre', field: vtsTargets },
  '1/22': areaNotice,
  '1/23': areaNotice,
  '1/31': { name: 'weather and water', field: hydroMeteo },
  ...inlandData,
  '200/10': {
    name: 'inland ship static data',
    field: each(
      text('eni', 48),
      number('lengthM', 13, { per: 10, none: 0 }),
      number('beamM', 10, { per: 10, none: 0 }),
      number('eriType', 14, { none: 0 }),
      number('blueCones', 3, { none: 5, within: [0, 4] }),
      number('draughtM', 11, { per: 100, none: 0 }),
      number('loaded', 2, { none: 0 }),
      flag('speedGood'),
      flag('courseGood'),
      flag('headingGood'),
      spare(8),
    ),
  },
  '200/24': {
    name: 'water levels',
    field: each(
      text('country', 12),
      list('gauges', { bits: 25, most: 4, fields: [number('gauge', 11, { none: 0 }), gaugeLevel] }),
    ),
  },
  '200/55': {
    name: 'inland persons on board',
    field: each(
      number('crew', 8, { none: 255 }),
      number('passengers', 13, { none: 8191 }),
      number('staff', 8, { none: 255 }),
    ),
  },
};

/**
 * The application part of messages 6, 8, 25 and 26. The bytes are always kept, as hex; what is known of them stands beside.
 * `tail` bits at the end belong to the message itself.
 */
export const application =
  (identified: boolean, tail: number): Field =>
  (bits, into) => {
    const { fields } = into;
    if (identified) each(number('dac', 10), number('fi', 6))(bits, into);
    const from = bits.at;
    const length = Math.max(0, bits.left - tail);
    fields.data = bits.hex(length);
    const known = identified ? applications[`${fields.dac}/${fields.fi}`] : undefined;
    if (!known) return;
    bits.at = from;
    const inner: Fields = {};
    const whole = bits.short;
    known.field(bits, { ...into, fields: inner });
    // A short application part is the application's own matter; the message around it is whole.
    bits.short = whole;
    bits.at = from + length;
    fields.application = known.name;
    fields.content = inner;
  };
