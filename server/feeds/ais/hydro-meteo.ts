import { each, type Field, flag, number } from './fields.ts';

/** hPa = count + 799; 0 is "799 or less", 402 "1201 or more". */
const pressure: Field = (bits, { fields, flags }) => {
  const raw = bits.unsigned(9);
  if (raw === null) return;
  if (raw === 0 || raw === 402) flags.add('over_range');
  fields.pressureHpa = raw > 402 ? null : raw + 799;
};

/** Centimetres above −10 m. */
const waterLevel: Field = (bits, { fields }) => {
  const raw = bits.unsigned(12);
  if (raw !== null) fields.waterLevelM = raw > 4000 ? null : Math.round(raw - 1000) / 100;
};

const current = (which: 2 | 3): Field =>
  each(
    number(`current${which}Kn`, 8, { per: 10, none: 255, top: 251 }),
    number(`current${which}DirectionDeg`, 9, { none: 360, within: [0, 359] }),
    number(`current${which}DepthM`, 5, { none: 31, top: 30 }),
  );
const waves = (kind: 'wave' | 'swell'): Field =>
  each(
    number(`${kind}HeightM`, 8, { per: 10, none: 255, top: 251 }),
    number(`${kind}PeriodS`, 6, { none: 63, within: [0, 60] }),
    number(`${kind}DirectionDeg`, 9, { none: 360, within: [0, 359] }),
  );

/** IMO SN.1/Circ.289 table: wind, air, water and sea as a station by the fairway measures them. */
export const hydroMeteo: Field = each(
  number('lon', 25, { signed: true, per: 60_000, none: 10_860_000, within: [-10_800_000, 10_800_000] }),
  number('lat', 24, { signed: true, per: 60_000, none: 5_460_000, within: [-5_400_000, 5_400_000] }),
  flag('accurate'),
  number('day', 5, { none: 0 }),
  number('hour', 5, { none: 24, within: [0, 23] }),
  number('minute', 6, { none: 60, within: [0, 59] }),
  number('windKn', 7, { none: 127, top: 126 }),
  number('gustKn', 7, { none: 127, top: 126 }),
  number('windDirectionDeg', 9, { none: 360, within: [0, 359] }),
  number('gustDirectionDeg', 9, { none: 360, within: [0, 359] }),
  number('airCel', 11, { signed: true, per: 10, none: -1024, within: [-600, 600] }),
  number('humidityPercent', 7, { none: 101, within: [0, 100] }),
  number('dewPointCel', 10, { signed: true, per: 10, none: 501, within: [-200, 500] }),
  pressure,
  number('pressureTrend', 2, { none: 3 }),
  number('visibilityNm', 8, { per: 10, none: 127 }),
  waterLevel,
  number('waterTrend', 2, { none: 3 }),
  number('currentKn', 8, { per: 10, none: 255, top: 251 }),
  number('currentDirectionDeg', 9, { none: 360, within: [0, 359] }),
  current(2),
  current(3),
  waves('wave'),
  waves('swell'),
  number('seaState', 4, { none: 13, within: [0, 12] }),
  number('waterCel', 10, { signed: true, per: 10, none: 501, within: [-100, 500] }),
  number('precipitation', 3, { none: 7 }),
  number('salinityPermille', 9, { per: 10, none: 510, within: [0, 501] }),
  number('ice', 2, { none: 3 }),
);

/** A count above a zero of its own; all bits set: not available. */
const above = (name: string, count: number, { zero, per }: { zero: number; per: number }): Field => {
  const none = 2 ** count - 1;
  return (bits, { fields }) => {
    const raw = bits.unsigned(count);
    if (raw !== null) fields[name] = raw === none ? null : Math.round(raw + zero * per) / per;
  };
};

/** The form of 2004 (IMO SN/Circ.236), withdrawn in 2013 and still on the air: latitude first, and other zeros. */
export const hydroMeteo2004: Field = each(
  number('lat', 24, { signed: true, per: 60_000, none: 8_388_607, within: [-5_400_000, 5_400_000] }),
  number('lon', 25, { signed: true, per: 60_000, none: 16_777_215, within: [-10_800_000, 10_800_000] }),
  number('day', 5, { none: 0 }),
  number('hour', 5, { none: 31, within: [0, 23] }),
  number('minute', 6, { none: 63, within: [0, 59] }),
  number('windKn', 7, { none: 127 }),
  number('gustKn', 7, { none: 127 }),
  number('windDirectionDeg', 9, { none: 511, within: [0, 359] }),
  number('gustDirectionDeg', 9, { none: 511, within: [0, 359] }),
  above('airCel', 11, { zero: -60, per: 10 }),
  number('humidityPercent', 7, { none: 127, within: [0, 100] }),
  above('dewPointCel', 10, { zero: -20, per: 10 }),
  above('pressureHpa', 9, { zero: 800, per: 1 }),
  number('pressureTrend', 2, { none: 3 }),
  number('visibilityNm', 8, { per: 10, none: 255 }),
  above('waterLevelM', 9, { zero: -10, per: 10 }),
  number('waterTrend', 2, { none: 3 }),
  number('currentKn', 8, { per: 10, none: 255 }),
  number('currentDirectionDeg', 9, { none: 511, within: [0, 359] }),
  number('current2Kn', 8, { per: 10, none: 255 }),
  number('current2DirectionDeg', 9, { none: 511, within: [0, 359] }),
  number('current2DepthM', 5, { none: 31 }),
  number('current3Kn', 8, { per: 10, none: 255 }),
  number('current3DirectionDeg', 9, { none: 511, within: [0, 359] }),
  number('current3DepthM', 5, { none: 31 }),
  number('waveHeightM', 8, { per: 10, none: 255 }),
  number('wavePeriodS', 6, { none: 63 }),
  number('waveDirectionDeg', 9, { none: 511, within: [0, 359] }),
  number('swellHeightM', 8, { per: 10, none: 255 }),
  number('swellPeriodS', 6, { none: 63 }),
  number('swellDirectionDeg', 9, { none: 511, within: [0, 359] }),
  number('seaState', 4, { none: 15, within: [0, 12] }),
  above('waterCel', 10, { zero: -10, per: 10 }),
  number('precipitation', 3, { none: 7 }),
  number('salinityPermille', 9, { per: 10, none: 511 }),
  number('ice', 2, { none: 3 }),
);
