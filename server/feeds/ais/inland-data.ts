import { each, type Field, lonLat, number, spare, text } from './fields.ts';

/** Where on the inland waterways (ISRS code): country, place, section, terminal and hectometre, as text. */
const place = each(
  text('country', 12),
  text('location', 18),
  text('section', 30),
  text('terminal', 30),
  text('hectometre', 30),
);
const arrival = each(
  number('month', 4, { none: 0, within: [1, 12] }),
  number('day', 5, { none: 0 }),
  number('hour', 5, { none: 24, within: [0, 23] }),
  number('minute', 6, { none: 60, within: [0, 59] }),
);
/** Years are counted from 2000; 0 is not known. */
const date = (prefix: string): Field => {
  const parts = each(number('year', 8, { none: 0 }), number('month', 4, { none: 0 }), number('day', 5, { none: 0 }));
  return (bits, into) => {
    const fields: Record<string, number | null> = {};
    parts(bits, { ...into, fields });
    for (const [name, value] of Object.entries(fields))
      into.fields[`${prefix}${name[0]!.toUpperCase()}${name.slice(1)}`] =
        value === null ? null : value + (name === 'year' ? 2000 : 0);
  };
};

/** ES-RIS (Inland AIS) application data, besides the ship's own: DAC 200. */
export const inlandData: Readonly<Record<string, { name: string; field: Field }>> = {
  '200/21': {
    name: 'arrival at lock, bridge or terminal',
    field: each(
      place,
      arrival,
      number('tugs', 3, { none: 7 }),
      number('airDraughtM', 12, { per: 100, none: 0 }),
      spare(5),
    ),
  },
  '200/22': {
    name: 'requested arrival at lock, bridge or terminal',
    field: each(place, arrival, number('status', 2, { none: 3 }), spare(2)),
  },
  '200/23': {
    name: 'weather warning of waterways',
    field: each(
      date('from'),
      date('until'),
      number('fromHour', 5, { none: 24, within: [0, 23] }),
      number('fromMinute', 6, { none: 60, within: [0, 59] }),
      number('untilHour', 5, { none: 24, within: [0, 23] }),
      number('untilMinute', 6, { none: 60, within: [0, 59] }),
      lonLat(10_000, ['fromLon', 'fromLat']),
      lonLat(10_000, ['untilLon', 'untilLat']),
      number('weather', 4, { none: 0 }),
      signedLimit('minimum'),
      signedLimit('maximum'),
      number('classification', 2, { none: 0 }),
      number('windDirection', 4, { none: 0 }),
      spare(6),
    ),
  },
  '200/40': {
    name: 'signal status',
    field: each(
      lonLat(),
      number('form', 4, { none: 0 }),
      number('orientationDeg', 9, { none: 511, within: [0, 359] }),
      number('impact', 3, { none: 0 }),
      number('lights', 30),
      spare(11),
    ),
  },
};

/** A sign (1 is plus) and eight bits; 255 is not known. */
function signedLimit(name: string): Field {
  return (bits, { fields }) => {
    const plus = bits.unsigned(1);
    const raw = bits.unsigned(8);
    if (plus !== null && raw !== null) fields[name] = raw === 255 ? null : plus === 1 ? raw : -raw;
  };
}
