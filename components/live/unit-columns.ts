/**
 * Units as columns by slot, all in one buffer so that it can change hands between worker and page: x and y (32-bit floats, world
 * mercator from the grid's origin), then heading (of 255; 255 unknown), status code, freshness code, alive (0 or 1).
 */
export type UnitColumns = {
  readonly buffer: ArrayBuffer;
  readonly capacity: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly heading: Uint8Array;
  readonly status: Uint8Array;
  readonly freshness: Uint8Array;
  readonly alive: Uint8Array;
};

export const bytesPerSlot = 12;

export function mapColumns(buffer: ArrayBuffer, capacity: number): UnitColumns {
  const bytes = (part: number) => new Uint8Array(buffer, capacity * (8 + part), capacity);
  return {
    buffer,
    capacity,
    x: new Float32Array(buffer, 0, capacity),
    y: new Float32Array(buffer, capacity * 4, capacity),
    heading: bytes(0),
    status: bytes(1),
    freshness: bytes(2),
    alive: bytes(3),
  };
}

export const createColumns = (capacity: number): UnitColumns =>
  mapColumns(new ArrayBuffer(capacity * bytesPerSlot), capacity);

export function copyColumns(from: UnitColumns, into: UnitColumns): void {
  if (from.capacity === into.capacity) {
    new Uint8Array(into.buffer).set(new Uint8Array(from.buffer));
    return;
  }
  const n = Math.min(from.capacity, into.capacity);
  for (const name of ['x', 'y', 'heading', 'status', 'freshness', 'alive'] as const)
    into[name].set(from[name].subarray(0, n));
}

/** The next power of two that holds this slot. */
export const capacityFor = (slot: number, least = 1_024): number => {
  let capacity = least;
  while (capacity <= slot) capacity *= 2;
  return capacity;
};
