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

function begin(type: number, head: FrameHead, body: { count: number; bytes: number }): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(headerBytes + body.bytes);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, type);
  view.setUint8(1, frameVersion);
  view.setUint16(2, head.cell, true);
  view.setUint16(4, body.count, true);
  view.setUint16(6, Math.floor(head.timeMs / 2 ** 32), true);
  view.setUint32(8, head.timeMs >>> 0, true);
  view.setUint32(12, head.tick >>> 0, true);
  return bytes;
}

export function encodeCellFrame(
  head: FrameHead,
  slots: ArrayLike<number>,
  from: { readonly count: number; readonly columns: UnitColumns },
): Uint8Array<ArrayBuffer> {
  const { count, columns } = from;
  const bytes = begin(frameTypes.cell, head, { count, bytes: count * unitBytes });
  const slot = new Uint16Array(bytes.buffer, headerBytes, count);
  const x = new Uint16Array(bytes.buffer, headerBytes + 2 * count, count);
  const y = new Uint16Array(bytes.buffer, headerBytes + 4 * count, count);
  const heading = new Uint8Array(bytes.buffer, headerBytes + 6 * count, count);
  const status = new Uint8Array(bytes.buffer, headerBytes + 7 * count, count);
  for (let k = 0; k < count; k++) {
    const at = slots[k] as number;
    slot[k] = at;
    x[k] = columns.x[at] as number;
    y[k] = columns.y[at] as number;
    heading[k] = columns.heading[at] as number;
    status[k] = columns.status[at] as number;
  }
  return bytes;
}

export function encodeTotalsFrame(head: FrameHead, totals: readonly CellTotal[]): Uint8Array<ArrayBuffer> {
  const count = totals.length;
  const bytes = begin(frameTypes.totals, head, { count, bytes: count * totalBytes });
  const words = new Uint16Array(bytes.buffer, headerBytes, count * 8);
  totals.forEach((total, k) => {
    const row = [total.cell, total.x, total.y, ...total.counts, total.notFresh];
    for (let column = 0; column < 8; column++) words[column * count + k] = Math.min(65_535, row[column] ?? 0);
  });
  return bytes;
}

export const encodeResetFrame = (head: FrameHead): Uint8Array<ArrayBuffer> =>
  begin(frameTypes.reset, head, { count: 0, bytes: 0 });

const bodyBytes: Record<number, number> = {
  [frameTypes.cell]: unitBytes,
  [frameTypes.totals]: totalBytes,
  [frameTypes.reset]: 0,
};

function readBody(
  type: number,
  head: FrameHead & { readonly count: number },
  body: { buffer: ArrayBufferLike; at: number },
): Frame {
  const { count } = head;
  const { buffer, at } = body;
  if (type === frameTypes.reset) return { ...head, type: 'reset', count: 0 };
  if (type === frameTypes.cell)
    return {
      ...head,
      type: 'cell',
      slots: new Uint16Array(buffer, at, count),
      x: new Uint16Array(buffer, at + 2 * count, count),
      y: new Uint16Array(buffer, at + 4 * count, count),
      heading: new Uint8Array(buffer, at + 6 * count, count),
      status: new Uint8Array(buffer, at + 7 * count, count),
    };
  const words = new Uint16Array(buffer, at, count * 8);
  const column = (index: number, k: number) => words[index * count + k] as number;
  const totals = Array.from({ length: count }, (_, k) => ({
    cell: column(0, k),
    x: column(1, k),
    y: column(2, k),
    counts: totalClasses.map((_name, index) => column(3 + index, k)),
    notFresh: column(7, k),
  }));
  return { ...head, type: 'totals', totals };
}

/** Reads one message. The frames are views on it; nothing is given back unless the whole message can be read. */
export function decodeFrames(message: ArrayBuffer | Uint8Array): readonly Frame[] | FrameFault {
  const given = message instanceof Uint8Array ? message : new Uint8Array(message);
  const bytes = given.byteOffset % 2 === 0 ? given : new Uint8Array(given);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: Frame[] = [];
  let offset = 0;
  while (offset < bytes.byteLength) {
    if (bytes.byteLength - offset < headerBytes) return { fault: 'trailing', offset };
    const type = view.getUint8(offset);
    const perEntry = bodyBytes[type];
    if (view.getUint8(offset + 1) !== frameVersion) return { fault: 'version', offset };
    if (perEntry === undefined) return { fault: 'type', offset };
    const count = view.getUint16(offset + 4, true);
    const end = offset + headerBytes + count * perEntry;
    if (end > bytes.byteLength) return { fault: 'short', offset };
    const head = {
      cell: view.getUint16(offset + 2, true),
      count,
      timeMs: view.getUint16(offset + 6, true) * 2 ** 32 + view.getUint32(offset + 8, true),
      tick: view.getUint32(offset + 12, true),
    };
    frames.push(readBody(type, head, { buffer: bytes.buffer, at: bytes.byteOffset + offset + headerBytes }));
    offset = end;
  }
  return frames;
}
