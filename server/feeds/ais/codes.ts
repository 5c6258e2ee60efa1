const from =
  (words: readonly (string | null)[]) =>
  (raw: number): string | null =>
    words[raw] ?? null;

/** ITU-R M.1371-5 table 47 ff. */
export const navigationStatus = from([
  'under way using engine',
  'at anchor',
  'not under command',
  'restricted manoeuvrability',
  'constrained by draught',
  'moored',
  'aground',
  'fishing',
  'under way sailing',
  'reserved 9',
  'reserved 10',
  'towing astern',
  'pushing ahead or towing alongside',
  'reserved 13',
  'AIS-SART active',
  'undefined',
]);

export const positionFixer = from([
  'undefined',
  'GPS',
  'GLONASS',
  'GPS and GLONASS',
  'Loran-C',
  'Chayka',
  'integrated navigation',
  'surveyed',
  'Galileo',
  'BeiDou',
  'reserved 10',
  'reserved 11',
  'reserved 12',
  'reserved 13',
  'reserved 14',
  'internal GNSS',
]);

export const manoeuvre = from(['not available', 'none', 'special']);

const cargo = ['', ', hazard A', ', hazard B', ', hazard C', ', hazard D', '', '', '', '', ''];
const hulls: Readonly<Record<number, string>> = {
  2: 'wing in ground',
  4: 'high speed craft',
  6: 'passenger',
  7: 'cargo',
  8: 'tanker',
  9: 'other',
};
const special: Readonly<Record<number, string>> = {
  30: 'fishing',
  31: 'towing',
  32: 'towing, large',
  33: 'dredging or under water operations',
  34: 'diving operations',
  35: 'military operations',
  36: 'sailing',
  37: 'pleasure craft',
  50: 'pilot vessel',
  51: 'search and rescue',
  52: 'tug',
  53: 'port tender',
  54: 'anti-pollution',
  55: 'law enforcement',
  56: 'local vessel 56',
  57: 'local vessel 57',
  58: 'medical transport',
  59: 'not party to an armed conflict',
};

export function shipType(raw: number): string | null {
  if (raw === 0) return 'not available';
  const hull = hulls[Math.floor(raw / 10)];
  return hull && raw < 100 ? `${hull}${cargo[raw % 10]}` : (special[raw] ?? null);
}

export const aidType = from([
  'not specified',
  'reference point',
  'RACON',
  'fixed structure off shore',
  'emergency wreck marking buoy',
  'light without sectors',
  'light with sectors',
  'leading light front',
  'leading light rear',
  'beacon, cardinal N',
  'beacon, cardinal E',
  'beacon, cardinal S',
  'beacon, cardinal W',
  'beacon, port hand',
  'beacon, starboard hand',
  'beacon, preferred channel port hand',
  'beacon, preferred channel starboard hand',
  'beacon, isolated danger',
  'beacon, safe water',
  'beacon, special mark',
  'cardinal mark N',
  'cardinal mark E',
  'cardinal mark S',
  'cardinal mark W',
  'port hand mark',
  'starboard hand mark',
  'preferred channel port hand',
  'preferred channel starboard hand',
  'isolated danger',
  'safe water',
  'special mark',
  'light vessel, LANBY or rig',
]);

export const stationType = from([
  'all mobiles',
  'class A',
  'class B',
  'airborne search and rescue',
  'class B SO',
  'class B CS',
  'inland waterways',
  'regional 7',
  'regional 8',
  'regional 9',
  'base station coverage',
]);

export type MmsiKind =
  | 'ship'
  | 'coast'
  | 'group'
  | 'sar aircraft'
  | 'aid'
  | 'craft'
  | 'sart'
  | 'man overboard'
  | 'epirb'
  | 'handheld';

const prefixes: readonly (readonly [string, MmsiKind])[] = [
  ['00', 'coast'],
  ['0', 'group'],
  ['111', 'sar aircraft'],
  ['970', 'sart'],
  ['972', 'man overboard'],
  ['974', 'epirb'],
  ['98', 'craft'],
  ['99', 'aid'],
  ['8', 'handheld'],
];

/** ITU-R M.585: what a number is given to; null where nobody has such a number. */
export function mmsiKind(key: string): MmsiKind | null {
  if (key.length !== 9 || /^0+$/.test(key)) return null;
  const found = prefixes.find(([prefix]) => key.startsWith(prefix));
  return found?.[1] ?? (/^[2-7]/.test(key) ? 'ship' : null);
}

/** The number as nine digits; a larger one than there is stays as it is. */
export const mmsiKey = (mmsi: number): string => String(mmsi).padStart(9, '0');
