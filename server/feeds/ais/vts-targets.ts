import { type Field, list, number, spare } from './fields.ts';

const idKinds = ['mmsi', 'imo', 'callSign', 'other'] as const;

/** 42 bits that are a number or seven letters, as the two bits in front of them say. */
const identity: Field = (bits, { fields }) => {
  const kind = bits.unsigned(2);
  if (kind === null) return;
  fields.idKind = idKinds[kind]!;
  fields.id = kind === 2 ? bits.text(42) : bits.unsigned(42);
};

export const targetBits = 120;

/** IMO SN.1/Circ.289 and SN/Circ.236: what a traffic centre sees by radar or sensor and tells to ships. */
export const vtsTargets: Field = list('targets', {
  bits: targetBits,
  most: 7,
  fields: [
    identity,
    spare(4),
    number('lat', 24, { signed: true, per: 60_000, none: 5_460_000, within: [-5_400_000, 5_400_000] }),
    number('lon', 25, { signed: true, per: 60_000, none: 10_860_000, within: [-10_800_000, 10_800_000] }),
    number('courseDeg', 9, { none: 360, within: [0, 359] }),
    number('second', 6),
    number('speedKn', 8, { none: 255, top: 254 }),
  ],
});
