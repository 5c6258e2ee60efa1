/** What is measured decides the unit together with the code: no message states one. */
export type Medium = 'ambient' | 'flue' | 'water' | 'sound' | 'unknown';

const media: Readonly<Record<Exclude<Medium, 'unknown'>, readonly string[]>> = {
  ambient: ['22', '27', '39'],
  flue: ['31', '51'],
  water: ['21', '24', '26', '32', '33', '34', '52'],
  sound: ['23', '36', '37'],
};

const mediumOfSystem = new Map(
  Object.entries(media).flatMap(([medium, systems]) => systems.map((system) => [system, medium as Medium] as const)),
);
export const mediumOf = (system: string): Medium => mediumOfSystem.get(system) ?? 'unknown';

/** UCUM. `assumed`: from the family of the code, or of a system that is not known to measure that. */
export type Unit = { readonly unit: string | null; readonly assumed: boolean };

const table = (rows: readonly (readonly [unit: string, codes: string])[]): ReadonlyMap<string, string> =>
  new Map(rows.flatMap(([unit, codes]) => codes.split(' ').map((code) => [code, unit] as const)));

/** HJ 212-2017 annex B: codes whose unit does not depend on the site. */
const fixed = table([
  ['m3/s', 'a00000 B02'],
  ['Cel', 'a01001 a01012 a01015 w01010 S03 S06'],
  ['%', 'a01002 a01014 a19001 S01 S05'],
  ['kPa', 'a01006 a01013 a01017 S04 S08'],
  ['m/s', 'a01007 a01011 S02'],
  ['deg', 'a01008 l01001 l01002'],
  ['m2', 'a01016 S07'],
  ['1', 'a01010 w01002'],
  ['L/s', 'w00000 B01'],
  ['[pH]', 'w01001'],
  ['{NTU}', 'w01003'],
  ['uS/cm', 'w01014'],
  ['/L', 'w02003 w02006'],
  ['Bq/L', 'w03001 w03002'],
  ['dB', 'LA Leq L5 L10 L50 L90 L95 Ld Ln Ldn LMx LMn'],
  ['mg/L', 'w01006 w01009 w01012 w01017 w01018 w01019 w01020 w19001 w19002'],
  ['mg/L', 'w20012 w20023 w20038 w20061 w20089 w20092 w20111 w20113 w20115 w20116 w20117 w20119 w20120 w20121 w20122'],
  ['mg/L', 'w20123 w20124 w20125 w20126 w20127 w20128 w20138 w20139 w20140 w20141 w20142 w20143 w20144'],
  ['mg/L', 'w21001 w21003 w21004 w21006 w21007 w21011 w21016 w21017 w21019 w21022 w21038 w22001 w23002'],
]);

/** Substances in air: µg/m³ in ambient air (carbon monoxide mg/m³), mg/m³ in flue gas. */
const airborne = new Set(
  (
    'a05001 a05002 a05024 a20007 a20016 a20025 a20043 a20057 a21001 a21002 a21003 a21004 a21005 a21017 a21018 a21022 a21024 ' +
    'a21026 a21028 a23001 a24003 a24087 a24088 a25002 a25003 a25005 a29017 a30001 a31001 a31002 a34001 a34002 a34004 a34005 ' +
    'a34013 a34017'
  ).split(' '),
);
const carbonMonoxide = 'a21005';

/** HJ/T 212-2005 annex B, still sent. The numbers mean different things at different sites. */
const oldWater = table([
  ['[pH]', '001'],
  ['1', '002'],
  ['mg/L', '003 010 011 020 021 022 023 024 025 026 027 028 029 030 031 032 033 034 035 036 037 038 039 040 041'],
  ['mg/L', '060 061 065 080 101'],
]);
const oldFlue = table([['mg/m3', '01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20']]);

const families: readonly (readonly [RegExp, Readonly<Partial<Record<Medium, string>>>])[] = [
  [/^a[23]\d{4}$/, { ambient: 'ug/m3', flue: 'mg/m3' }],
  [/^w2\d{4}$/, { water: 'mg/L' }],
  [/^n\d{5}$/, { sound: 'dB' }],
];

const inAir = (code: string, medium: Medium): string => {
  if (medium === 'flue') return 'mg/m3';
  return code === carbonMonoxide ? 'mg/m3' : 'ug/m3';
};

export function unitOf(sent: string, medium: Medium): Unit {
  const code = /^[AWN]\d{5}$/.test(sent) ? sent.toLowerCase() : sent;
  const own = fixed.get(code);
  if (own !== undefined) return { unit: own, assumed: false };
  const isAir = medium === 'ambient' || medium === 'flue';
  if (airborne.has(code)) return isAir ? { unit: inAir(code, medium), assumed: false } : { unit: null, assumed: false };
  const old = medium === 'water' ? oldWater.get(code) : medium === 'flue' ? oldFlue.get(code) : undefined;
  if (old !== undefined) return { unit: old, assumed: false };
  const family = families.find(([pattern]) => pattern.test(code))?.[1][medium];
  return family === undefined ? { unit: null, assumed: false } : { unit: family, assumed: true };
}

const flows = new Set(['a00000', 'B02', 'w00000', 'B01']);

/** What an interval brought in all: cubic metres of a flow, kilograms of a substance, nothing where a sum has no sense. */
export function sumUnitOf(code: string, medium: Medium): Unit {
  if (flows.has(code)) return { unit: 'm3', assumed: false };
  const { unit, assumed } = unitOf(code, medium);
  return unit === 'mg/L' || unit === 'mg/m3' ? { unit: 'kg', assumed } : { unit: null, assumed: false };
}
