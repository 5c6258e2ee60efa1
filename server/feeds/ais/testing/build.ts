export { latin1 as bytesOf, latin1Of as textOf } from '../../testing/bytes.ts';

/** Bits from the standard's tables, written down by hand as [value, width], and their armour. Shares no code with the reader. */
export type Bits = readonly (readonly [value: number, width: number] | string)[];

const letters = '@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_ !"#$%&\'()*+,-./0123456789:;<=>?';

/** A text is written `name:20`: filled up with `@` to its letters. */
function bitsOf(field: Bits[number]): string {
  if (typeof field === 'string') {
    const at = field.lastIndexOf(':');
    const text = field.slice(0, at).padEnd(Number(field.slice(at + 1)), '@');
    return [...text].map((letter) => letters.indexOf(letter).toString(2).padStart(6, '0')).join('');
  }
  const [value, width] = field;
  return (value < 0 ? 2 ** width + value : value).toString(2).padStart(width, '0');
}

export function armour(fields: Bits): { payload: string; fill: number } {
  const bits = fields.map(bitsOf).join('');
  const fill = (6 - (bits.length % 6)) % 6;
  const padded = bits + '0'.repeat(fill);
  let payload = '';
  for (let at = 0; at < padded.length; at += 6) {
    const value = Number.parseInt(padded.slice(at, at + 6), 2);
    payload += String.fromCharCode(value < 40 ? value + 48 : value + 56);
  }
  return { payload, fill };
}

export function checked(body: string): string {
  let sum = 0;
  for (const letter of body) sum ^= letter.charCodeAt(0);
  return `${body}*${sum.toString(16).toUpperCase().padStart(2, '0')}`;
}

export const sentence = (fields: Bits, { channel = 'A', tag = '' } = {}): string => {
  const { payload, fill } = armour(fields);
  return `${tag ? `\\${checked(tag)}\\` : ''}!${checked(`AIVDM,1,1,,${channel},${payload},${fill}`)}`;
};

/** A message in `total` sentences, cut at whole letters. */
export function sentences(fields: Bits, { total = 2, id = '3', channel = 'B', tags = [] as string[] } = {}): string[] {
  const { payload, fill } = armour(fields);
  const size = Math.ceil(payload.length / total);
  return Array.from({ length: total }, (_, at) => {
    const last = at === total - 1;
    const part = payload.slice(at * size, last ? undefined : (at + 1) * size);
    const tag = tags[at] ? `\\${checked(tags[at]!)}\\` : '';
    return `${tag}!${checked(`AIVDM,${total},${at + 1},${id},${channel},${part},${last ? fill : 0}`)}`;
  });
}

/** Off Xiaguan on the Yangtze: 118.7201° E, 32.0925° N in 1/10000 of a minute. */
export const lon = 71_232_060;
export const lat = 19_255_500;
const ship = 413_771_018;
const head = (type: number, mmsi = ship): Bits => [
  [type, 6],
  [0, 2],
  [mmsi, 30],
];
/** Dimensions 80 + 20 by 10 + 6 m. */
const size: Bits = [
  [80, 9],
  [20, 9],
  [10, 6],
  [6, 6],
];
const place: Bits = [
  [lon, 28],
  [lat, 27],
];

export const messages = {
  /** Under way, ROT +20, 10.3 kn, 90.5°, heading 91, second 30; slot timeout 1: 13:45 UTC. */
  classA: [
    ...head(1),
    [0, 4],
    [21, 8],
    [103, 10],
    [1, 1],
    ...place,
    [905, 12],
    [91, 9],
    [30, 6],
    [1, 2],
    [0, 3],
    [1, 1],
    [0, 2],
    [1, 3],
    [13, 5],
    [45, 7],
    [0, 2],
  ],
  /** Everything that can be "not available". */
  nothing: [
    ...head(3),
    [15, 4],
    [-128, 8],
    [1023, 10],
    [0, 1],
    [181 * 600_000, 28],
    [91 * 600_000, 27],
    [3600, 12],
    [511, 9],
    [60, 6],
    [0, 2],
    [0, 3],
    [0, 1],
    [0, 2],
    [250, 13],
    [2, 3],
    [1, 1],
  ],
  /** 24 June 2025, 07:30:10 UTC. */
  base: [
    ...head(4, 4_132_100),
    [2025, 14],
    [6, 4],
    [24, 5],
    [7, 5],
    [30, 6],
    [10, 6],
    [1, 1],
    ...place,
    [7, 4],
    [0, 1],
    [0, 9],
    [0, 1],
    [0, 19],
  ],
  voyage: [
    ...head(5),
    [2, 2],
    [9_356_945, 30],
    'BCDE7:7',
    'CHANG JIANG 9:20',
    [79, 8],
    ...size,
    [1, 4],
    [6, 4],
    [25, 5],
    [18, 5],
    [0, 6],
    [47, 8],
    'NANJING>WUHU:20',
    [0, 1],
    [0, 1],
  ],
  addressed: [...head(6), [1, 2], [412_000_001, 30], [1, 1], [0, 1], [1, 10], [16, 6], [37, 13]],
  acknowledged: [...head(7), [0, 2], [412_000_001, 30], [1, 2], [412_000_002, 30], [3, 2]],
  /** Inland ship: 110.0 by 11.4 m, motor tanker 8020, one blue cone, draught 3.25 m, loaded. */
  inland: [
    ...head(8),
    [0, 2],
    [200, 10],
    [10, 6],
    '02326723:8',
    [1100, 13],
    [114, 10],
    [8020, 14],
    [1, 3],
    [325, 11],
    [2, 2],
    [1, 1],
    [0, 1],
    [1, 1],
    [0, 8],
  ],
  aircraft: [
    ...head(9, 111_413_001),
    [350, 12],
    [120, 10],
    [1, 1],
    ...place,
    [1800, 12],
    [5, 6],
    [1, 1],
    [0, 7],
    [0, 1],
    [0, 3],
    [0, 1],
    [1, 1],
    [1, 1],
    [9, 19],
  ],
  inquiry: [...head(10), [0, 2], [412_000_001, 30], [0, 2]],
  response: [
    ...head(11),
    [2025, 14],
    [6, 4],
    [24, 5],
    [7, 5],
    [30, 6],
    [11, 6],
    [0, 1],
    ...place,
    [1, 4],
    [0, 1],
    [0, 9],
    [0, 1],
    [0, 19],
  ],
  safetyTo: [...head(12), [2, 2], [412_000_001, 30], [0, 1], [0, 1], 'CALL VTS:8'],
  safetyAcknowledged: [...head(13), [0, 2], [412_000_001, 30], [2, 2]],
  safety: [...head(14, 970_123_456), [0, 2], 'SART ACTIVE:11'],
  interrogation: [
    ...head(15),
    [0, 2],
    [412_000_001, 30],
    [5, 6],
    [10, 12],
    [0, 2],
    [24, 6],
    [20, 12],
    [0, 2],
    [412_000_002, 30],
    [3, 6],
    [30, 12],
    [0, 2],
  ],
  assignment: [...head(16), [0, 2], [412_000_001, 30], [200, 12], [15, 10], [0, 4]],
  corrections: [
    ...head(17, 4_132_100),
    [0, 2],
    [71_232, 18],
    [19_255, 17],
    [0, 5],
    [9, 6],
    [33, 10],
    [77, 13],
    [1, 3],
    [1, 5],
    [0, 3],
    [0xabcdef, 24],
  ],
  classB: [
    ...head(18),
    [0, 8],
    [48, 10],
    [1, 1],
    ...place,
    [2503, 12],
    [511, 9],
    [4, 6],
    [0, 2],
    [1, 1],
    [0, 1],
    [1, 1],
    [1, 1],
    [0, 1],
    [0, 1],
    [0, 1],
    [1, 1],
    [393_222, 19],
  ],
  classBExtended: [
    ...head(19),
    [0, 8],
    [0, 10],
    [0, 1],
    ...place,
    [0, 12],
    [359, 9],
    [59, 6],
    [0, 4],
    'XIAO YU:20',
    [30, 8],
    ...size,
    [1, 4],
    [0, 1],
    [1, 1],
    [0, 1],
    [0, 4],
  ],
  slots: [...head(20, 4_132_100), [0, 2], [100, 12], [5, 4], [7, 3], [750, 11], [0, 2]],
  /** A virtual starboard buoy, off its place, with a name of 24 letters. */
  aid: [
    ...head(21, 994_131_001),
    [25, 5],
    'NANJING CHANGJIANG B:20',
    [0, 1],
    ...place,
    [0, 9],
    [0, 9],
    [0, 6],
    [0, 6],
    [7, 4],
    [61, 6],
    [1, 1],
    [0, 8],
    [0, 1],
    [1, 1],
    [0, 1],
    [0, 1],
    'UOY4:4',
  ],
  channels: [
    ...head(22, 4_132_100),
    [0, 2],
    [2087, 12],
    [2088, 12],
    [0, 4],
    [1, 1],
    [71_300, 18],
    [19_300, 17],
    [71_200, 18],
    [19_200, 17],
    [0, 1],
    [0, 1],
    [1, 1],
    [4, 3],
    [0, 23],
  ],
  channelsTo: [
    ...head(22, 4_132_100),
    [0, 2],
    [2087, 12],
    [2088, 12],
    [0, 4],
    [0, 1],
    [412_000_001, 30],
    [0, 5],
    [412_000_002, 30],
    [0, 5],
    [1, 1],
    [0, 1],
    [0, 1],
    [2, 3],
    [0, 23],
  ],
  group: [
    ...head(23, 4_132_100),
    [0, 2],
    [71_300, 18],
    [19_300, 17],
    [71_200, 18],
    [19_200, 17],
    [6, 4],
    [0, 8],
    [0, 22],
    [1, 2],
    [9, 4],
    [5, 4],
    [0, 6],
  ],
  partA: [...head(24), [0, 2], 'XIAO YU:20', [0, 8]],
  partB: [...head(24), [1, 2], [36, 8], 'SRT:3', [1, 4], [12_345, 20], 'BXYZ:7', ...size, [1, 4], [0, 2]],
  partBCraft: [
    ...head(24, 984_131_234),
    [1, 2],
    [36, 8],
    'SRT:3',
    [1, 4],
    [12_345, 20],
    'BXYZ:7',
    [413_771_018, 30],
    [0, 4],
    [0, 2],
  ],
  slotTo: [...head(25), [1, 1], [1, 1], [412_000_001, 30], [0, 2], [413, 10], [5, 6], [0xbeef, 16]],
  slotToAll: [...head(25), [0, 1], [0, 1], [0xbeef, 16]],
  slotsToAll: [
    ...head(26),
    [0, 1],
    [1, 1],
    [1, 10],
    [16, 6],
    [37, 13],
    [0, 3],
    [0, 4],
    [0, 1],
    [0, 2],
    [3, 3],
    [120, 14],
  ],
  longRange: [...head(27), [1, 1], [0, 1], [5, 4], [71_232, 18], [19_256, 17], [12, 6], [359, 9], [1, 1], [0, 1]],
  /** A beacon in the water, active. */
  sart: [
    ...head(1, 970_123_456),
    [14, 4],
    [-128, 8],
    [0, 10],
    [1, 1],
    ...place,
    [3600, 12],
    [511, 9],
    [15, 6],
    [0, 2],
    [0, 3],
    [0, 1],
    [0, 19],
  ],
} satisfies Record<string, Bits>;
