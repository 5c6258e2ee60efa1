import { type UnitStatus, unitStatuses, unknownStatusCode } from '@/server/domain/unit.ts';

/**
 * Telemetry frames. One binary message holds one or more frames, each a multiple of eight bytes. All numbers are little-endian.
 *
 * Header, 16 bytes: u8 type, u8 version, u16 cell, u16 count, u16 time (high), u32 time (low), u32 tick.
 *   `time` is epoch ms of the encoding in 48 bits.
 * cell:   everything one may see in the cell, as columns: u16 slot, u16 x, u16 y, u8 heading, u8 status. What is not in it has left.
 * totals: far zoom; columns of u16: cell, x, y (mean position), free, engaged, off, emergency, notFresh. Zeroes: the cell is empty.
 * reset:  no body; what was known before is void, what follows is all there is in the view.
 */
export const frameVersion = 1;
export const headerBytes = 16;
export const unitBytes = 8;
export const totalBytes = 16;
export const frameTypes = { cell: 1, totals: 2, reset: 3 } as const;
export const maxSlots = 65_535;
export const noCell = 65_535;

export const freshnessClasses = ['fresh', 'late', 'stale', 'unknown'] as const;
export type Freshness = (typeof freshnessClasses)[number];
export const freshnessCode: Record<Freshness, number> = { fresh: 0, late: 1, stale: 2, unknown: 3 };

export const statusCodeOf = (status: UnitStatus | null): number =>
  status === null ? unknownStatusCode : unitStatuses.indexOf(status);
export const statusOfCode = (code: number): UnitStatus | null => unitStatuses[code] ?? null;

/** Five bits of status, three of freshness. */
export const packStatus = (statusCode: number, freshness: number): number => (statusCode & 31) | (freshness << 5);
export const statusOfByte = (byte: number): number => byte & 31;
export const freshnessOfByte = (byte: number): number => byte >> 5;

export const unknownHeading = 255;
export const headingByte = (headingDeg: number | null): number => {
  if (headingDeg === null || !Number.isFinite(headingDeg)) return unknownHeading;
  const turn = (((headingDeg % 360) + 360) % 360) / 360;
  return Math.round(turn * 255) % 255;
};
export const headingOfByte = (byte: number): number | null => (byte === unknownHeading ? null : (byte * 360) / 255);

/** Groups of statuses that far-zoom totals count. */
export const totalClasses = ['free', 'engaged', 'off', 'emergency'] as const;
export type TotalClass = (typeof totalClasses)[number];
const classOfStatus: Record<UnitStatus, TotalClass> = {
  available: 'free',
  returning: 'free',
  assigned: 'engaged',
  acknowledged: 'engaged',
  enRoute: 'engaged',
  staging: 'engaged',
  onScene: 'engaged',
  transporting: 'engaged',
  atDestination: 'engaged',
  busyDivertible: 'engaged',
  unavailable: 'off',
  offDuty: 'off',
  emergency: 'emergency',
};
/** Index into `totalClasses` by status code; what is unknown counts as off, never as free. */
export const totalClassByCode: readonly number[] = Array.from({ length: 32 }, (_, code) => {
  const status = statusOfCode(code);
  return totalClasses.indexOf(status === null ? 'off' : classOfStatus[status]);
});

export type FrameHead = { readonly cell: number; readonly tick: number; readonly timeMs: number };
/** Columns by slot, as the server keeps them. */
export type UnitColumns = {
  readonly x: Uint16Array;
  readonly y: Uint16Array;
  readonly heading: Uint8Array;
  readonly status: Uint8Array;
};
export type CellTotal = {
  readonly cell: number;
  readonly x: number;
  readonly y: number;
  /** By index of `totalClasses`. */
  readonly counts: readonly number[];
  readonly notFresh: number;
};

export type CellFrame = FrameHead & {
  readonly type: 'cell';
  readonly count: number;
  readonly slots: Uint16Array;
  readonly x: Uint16Array;
  readonly y: Uint16Array;
  readonly heading: Uint8Array;
  readonly status: Uint8Array;
};
export type TotalsFrame = FrameHead & { readonly type: 'totals'; readonly count: number; readonly totals: CellTotal[] };
export type ResetFrame = FrameHead & { readonly type: 'reset'; readonly count: 0 };
export type Frame = CellFrame | TotalsFrame | ResetFrame;
export type FrameFault = {
  readonly fault: 'short' | 'version' | 'type' | 'trailing';
  readonly offset: number;
};

if (new Uint8Array(new Uint16Array([1]).buffer)[0] !== 1)
  throw new Error('telemetry frames are mapped, not copied: a little-endian machine is needed');

type Begun = { readonly bytes: Uint8Array<ArrayBuffer>; readonly words: Uint16Array };

function begin(type: number, head: FrameHead, body: { count: number; bytes: number }): Begun {
  const buffer = new ArrayBuffer(headerBytes + body.bytes);
  const words = new Uint16Array(buffer);
  words[0] = type | (frameVersion << 8);
  words[1] = head.cell;
  words[2] = body.count;
  words[3] = Math.floor(head.timeMs / 2 ** 32);
  words[4] = head.timeMs >>> 0;
  words[5] = (head.timeMs >>> 0) >>> 16;
  words[6] = head.tick;
  words[7] = head.tick >>> 16;
  return { bytes: new Uint8Array(buffer), words };
}

export function encodeCellFrame(
  head: FrameHead,
  slots: ArrayLike<number>,
  from: { readonly count: number; readonly columns: UnitColumns },
): Uint8Array<ArrayBuffer> {
  const { count } = from;
  const { x, y, heading, status } = from.columns;
  const { bytes, words } = begin(frameTypes.cell, head, { count, bytes: count * unitBytes });
  const slotAt = headerBytes / 2;
  const xAt = slotAt + count;
  const yAt = xAt + count;
  const headingAt = headerBytes + 6 * count;
  const statusAt = headingAt + count;
  for (let k = 0; k < count; k++) {
    const slot = slots[k] as number;
    words[slotAt + k] = slot;
    words[xAt + k] = x[slot] as number;
    words[yAt + k] = y[slot] as number;
    bytes[headingAt + k] = heading[slot] as number;
    bytes[statusAt + k] = status[slot] as number;
  }
  return bytes;
}

export function encodeTotalsFrame(head: FrameHead, totals: readonly CellTotal[]): Uint8Array<ArrayBuffer> {
  const count = totals.length;
  const { bytes, words } = begin(frameTypes.totals, head, { count, bytes: count * totalBytes });
  totals.forEach((total, k) => {
    const row = [total.cell, total.x, total.y, ...total.counts, total.notFresh];
    for (let column = 0; column < 8; column++)
      words[headerBytes / 2 + column * count + k] = Math.min(65_535, row[column] ?? 0);
  });
  return bytes;
}

export const encodeResetFrame = (head: FrameHead): Uint8Array<ArrayBuffer> =>
  begin(frameTypes.reset, head, { count: 0, bytes: 0 }).bytes;

const bodyBytes: Record<number, number> = {
  [frameTypes.cell]: unitBytes,
  [frameTypes.totals]: totalBytes,
  [frameTypes.reset]: 0,
};

/**
 * Where one frame lies in its message. Columns are read straight from the two views of the whole message (`words` from `wordAt`, `bytes`
 * from `byteAt`): making views for each of some hundred cells would cost more than reading them.
 */
export type FrameSpan = {
  type: keyof typeof frameTypes;
  cell: number;
  count: number;
  tick: number;
  timeMs: number;
  readonly words: Uint16Array;
  readonly bytes: Uint8Array;
  /** Of the body's first 16-bit column in `words`. */
  wordAt: number;
  /** Of the heading column in `bytes`; status follows. */
  byteAt: number;
};

const typeNames: Record<number, keyof typeof frameTypes> = {
  [frameTypes.cell]: 'cell',
  [frameTypes.totals]: 'totals',
  [frameTypes.reset]: 'reset',
};

function checkMessage(bytes: Uint8Array): FrameFault | null {
  let offset = 0;
  while (offset < bytes.byteLength) {
    if (bytes.byteLength - offset < headerBytes) return { fault: 'trailing', offset };
    const perEntry = bodyBytes[bytes[offset] as number];
    if (bytes[offset + 1] !== frameVersion) return { fault: 'version', offset };
    if (perEntry === undefined) return { fault: 'type', offset };
    const count = (bytes[offset + 4] as number) | ((bytes[offset + 5] as number) << 8);
    const end = offset + headerBytes + count * perEntry;
    if (end > bytes.byteLength) return { fault: 'short', offset };
    offset = end;
  }
  return null;
}

/** Visits each frame, with one span object for all; none at all unless the whole message can be read. */
export function walkFrames(message: ArrayBuffer | Uint8Array, visit: (span: FrameSpan) => void): FrameFault | null {
  const given = message instanceof Uint8Array ? message : new Uint8Array(message);
  const bytes = given.byteOffset % 2 === 0 ? given : new Uint8Array(given);
  const fault = checkMessage(bytes);
  if (fault) return fault;
  const words = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1);
  const span: FrameSpan = { type: 'reset', cell: 0, count: 0, tick: 0, timeMs: 0, words, bytes, wordAt: 0, byteAt: 0 };
  let offset = 0;
  while (offset < bytes.byteLength) {
    const word = offset >> 1;
    const code = bytes[offset] as number;
    const count = words[word + 2] as number;
    span.type = typeNames[code] as keyof typeof frameTypes;
    span.cell = words[word + 1] as number;
    span.count = count;
    span.timeMs =
      (words[word + 3] as number) * 2 ** 32 + (words[word + 5] as number) * 65_536 + (words[word + 4] as number);
    span.tick = (words[word + 7] as number) * 65_536 + (words[word + 6] as number);
    span.wordAt = word + headerBytes / 2;
    span.byteAt = offset + headerBytes + 6 * count;
    visit(span);
    offset += headerBytes + count * (bodyBytes[code] as number);
  }
  return null;
}

export function totalsOf({ words, wordAt, count }: FrameSpan): CellTotal[] {
  const column = (index: number, k: number) => words[wordAt + index * count + k] as number;
  return Array.from({ length: count }, (_, k) => ({
    cell: column(0, k),
    x: column(1, k),
    y: column(2, k),
    counts: totalClasses.map((_name, index) => column(3 + index, k)),
    notFresh: column(7, k),
  }));
}

function frameOf(span: FrameSpan): Frame {
  const { cell, tick, timeMs, count, words, bytes, wordAt, byteAt } = span;
  const head = { cell, tick, timeMs };
  if (span.type === 'reset') return { ...head, type: 'reset', count: 0 };
  if (span.type === 'totals') return { ...head, type: 'totals', count, totals: totalsOf(span) };
  return {
    ...head,
    type: 'cell',
    count,
    slots: words.subarray(wordAt, wordAt + count),
    x: words.subarray(wordAt + count, wordAt + 2 * count),
    y: words.subarray(wordAt + 2 * count, wordAt + 3 * count),
    heading: bytes.subarray(byteAt, byteAt + count),
    status: bytes.subarray(byteAt + count, byteAt + 2 * count),
  };
}

/** Reads one message into frames that are views on it, or says where it cannot be read. */
export function decodeFrames(message: ArrayBuffer | Uint8Array): readonly Frame[] | FrameFault {
  const frames: Frame[] = [];
  return walkFrames(message, (span) => frames.push(frameOf(span))) ?? frames;
}
