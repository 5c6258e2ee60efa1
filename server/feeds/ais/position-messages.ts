import { aidType, manoeuvre, navigationStatus, positionFixer, shipType } from './codes.ts';
import {
  code,
  courseDeg,
  dimensions,
  each,
  type Field,
  flag,
  headingDeg,
  lonLat,
  number,
  second,
  spare,
  speedKn,
  text,
} from './fields.ts';
import type { MessageKind } from './message.ts';
import { radio } from './radio.ts';

/** Degrees a minute; −128 not available, ±127 "more than 5° in 30 s" from a device without a turn indicator. */
const rateOfTurn: Field = (bits, { fields }) => {
  const raw = bits.signed(8);
  if (raw === null) return;
  const fast = Math.abs(raw) === 127;
  const rate = Math.sign(raw) * (raw / 4.733) ** 2;
  fields.rotDegPerMin = raw === -128 || fast ? null : Math.round(rate * 1000) / 1000;
  if (fast) fields.turning = raw > 0 ? 'right' : 'left';
};

const classA = (name: string, comm: 'sotdma' | 'itdma'): MessageKind => ({
  name,
  bits: [143, 168],
  fields: [
    code('status', 4, navigationStatus),
    rateOfTurn,
    speedKn,
    flag('accurate'),
    lonLat(),
    courseDeg,
    headingDeg,
    second,
    code('manoeuvre', 2, manoeuvre),
    spare(3),
    flag('raim'),
    radio(comm),
  ],
});

const utc = each(
  number('year', 14, { none: 0, within: [1, 9999] }),
  number('month', 4, { none: 0, within: [1, 12] }),
  number('day', 5, { none: 0 }),
  number('hour', 5, { none: 24, within: [0, 23] }),
  number('minute', 6, { none: 60, within: [0, 59] }),
  number('utcSecond', 6, { none: 60, within: [0, 59] }),
);

const baseStation = (name: string): MessageKind => ({
  name,
  bits: [134, 168],
  fields: [
    utc,
    flag('accurate'),
    lonLat(),
    code('fixer', 4, positionFixer),
    flag('longRangeControl'),
    spare(9),
    flag('raim'),
    radio('sotdma'),
  ],
});

export const positionMessages: Readonly<Record<number, MessageKind>> = {
  1: classA('class A position report', 'sotdma'),
  2: classA('class A position report, assigned', 'sotdma'),
  3: classA('class A position report, interrogated', 'itdma'),
  4: baseStation('base station report'),
  9: {
    name: 'search and rescue aircraft position report',
    bits: [134, 168],
    fields: [
      number('altitudeM', 12, { none: 4095, top: 4094 }),
      number('speedKn', 10, { none: 1023, top: 1022 }),
      flag('accurate'),
      lonLat(),
      courseDeg,
      second,
      flag('barometric'),
      spare(7),
      flag('dteMissing'),
      spare(3),
      flag('assigned'),
      flag('raim'),
      radio('selected'),
    ],
  },
  11: baseStation('UTC and date response'),
  18: {
    name: 'class B position report',
    bits: [139, 168],
    fields: [
      spare(8),
      speedKn,
      flag('accurate'),
      lonLat(),
      courseDeg,
      headingDeg,
      second,
      spare(2),
      flag('carrierSense'),
      flag('display'),
      flag('dsc'),
      flag('wholeBand'),
      flag('message22'),
      flag('assigned'),
      flag('raim'),
      radio('selected'),
    ],
  },
  19: {
    name: 'extended class B position report',
    bits: [139, 312],
    fields: [
      spare(8),
      speedKn,
      flag('accurate'),
      lonLat(),
      courseDeg,
      headingDeg,
      second,
      spare(4),
      text('shipName', 120),
      code('shipType', 8, shipType),
      dimensions,
      code('fixer', 4, positionFixer),
      flag('raim'),
      flag('dteMissing'),
      flag('assigned'),
      spare(4),
    ],
  },
  21: {
    name: 'aid to navigation report',
    bits: [219, 360],
    fields: [
      code('aidType', 5, aidType),
      text('aidName', 120),
      flag('accurate'),
      lonLat(),
      dimensions,
      code('fixer', 4, positionFixer),
      second,
      flag('offPosition'),
      number('aidStatus', 8),
      flag('raim'),
      flag('virtual'),
      flag('assigned'),
      spare(1),
      nameExtension(),
    ],
  },
  27: {
    name: 'long range position report',
    bits: [94, 96],
    fields: [
      flag('accurate'),
      flag('raim'),
      code('status', 4, navigationStatus),
      lonLat(10),
      number('speedKn', 6, { none: 63, top: 62 }),
      number('courseDeg', 9, { none: 511, within: [0, 359] }),
      flag('latent'),
      spare(1),
    ],
  },
};

/** Up to 14 more letters where twenty were not enough. */
function nameExtension(): Field {
  return (bits, { fields }) => {
    const more = bits.text(bits.left - (bits.left % 6));
    if (more && typeof fields.aidName === 'string') fields.aidName = `${fields.aidName}${more}`;
  };
}
