/**
 * Outlines that were simplified one by one overlap and leave slivers. Drawn into one raster of labels they cannot:
 * every cell has one owner, and a border traced from it is shared by both sides exactly.
 */
export type LabelRaster = { width: number; height: number; left: number; bottom: number; labels: Uint8Array };
export type GridPoint = [x: number, y: number];

export function createRaster(left: number, bottom: number, width: number, height: number): LabelRaster {
  return { left, bottom, width, height, labels: new Uint8Array(width * height) };
}

/** Even-odd scan of rings in cell units; a cell belongs to the first label that covers its centre. */
export function paintRings(raster: LabelRaster, rings: readonly GridPoint[][], label: number): void {
  for (let row = 0; row < raster.height; row++) {
    const y = raster.bottom + row + 0.5;
    const crossings: number[] = [];
    for (const ring of rings) {
      for (let i = 0; i < ring.length; i++) {
        const a = ring[i]!;
        const b = ring[(i + 1) % ring.length]!;
        if (a[1] > y !== b[1] > y) crossings.push(a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]));
      }
    }
    crossings.sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.max(0, Math.ceil(crossings[i]! - raster.left - 0.5));
      const to = Math.min(raster.width - 1, Math.ceil(crossings[i + 1]! - raster.left - 0.5) - 1);
      for (let column = from; column <= to; column++) {
        const cell = row * raster.width + column;
        if (raster.labels[cell] === 0) raster.labels[cell] = label;
      }
    }
  }
}

const steps = (width: number) => [-1, 1, -width, width];

/** Grows every label by `cells`, then gives back what lies open to the outside: gaps close, the outer edge stays. */
export function closeGaps(raster: LabelRaster, cells: number): void {
  const { labels } = raster;
  const before = labels.slice();
  let front = indicesOf(labels, (label) => label !== 0);
  for (let step = 0; step < cells; step++)
    front = spread(raster, front, (cell, from) => {
      if (labels[cell] !== 0) return false;
      labels[cell] = labels[from]!;
      return true;
    });
  const outside = new Uint8Array(labels.length);
  front = indicesOf(labels, (label) => label === 0);
  for (const cell of front) outside[cell] = 1;
  for (let step = 0; step < cells; step++)
    front = spread(raster, front, (cell) => {
      if (outside[cell] || before[cell] !== 0) return false;
      outside[cell] = 1;
      labels[cell] = 0;
      return true;
    });
}

/** Patches smaller than `minCells` are grid noise: they go to the neighbour with the longest common edge. */
export function dropSpecks(raster: LabelRaster, minCells: number): void {
  const { labels, width } = raster;
  const seen = new Uint8Array(labels.length);
  for (let start = 0; start < labels.length; start++) {
    if (seen[start]) continue;
    const own = labels[start]!;
    const patch = [start];
    seen[start] = 1;
    const around = new Map<number, number>();
    for (let i = 0; i < patch.length; i++) {
      for (const step of steps(width)) {
        const next = patch[i]! + step;
        if (!adjacent(raster, patch[i]!, next)) continue;
        const other = labels[next]!;
        if (other !== own) around.set(other, (around.get(other) ?? 0) + 1);
        else if (!seen[next]) {
          seen[next] = 1;
          patch.push(next);
        }
      }
    }
    if (patch.length >= minCells || around.size === 0) continue;
    const heir = [...around].sort((a, b) => b[1] - a[1])[0]![0];
    for (const cell of patch) labels[cell] = heir;
  }
}

function indicesOf(labels: Uint8Array, keep: (label: number) => boolean): number[] {
  const found: number[] = [];
  for (let cell = 0; cell < labels.length; cell++) if (keep(labels[cell]!)) found.push(cell);
  return found;
}

const adjacent = (raster: LabelRaster, cell: number, next: number) =>
  next >= 0 && next < raster.labels.length && Math.abs((next % raster.width) - (cell % raster.width)) <= 1;

function spread(
  raster: LabelRaster,
  front: readonly number[],
  take: (cell: number, from: number) => boolean,
): number[] {
  const next: number[] = [];
  for (const cell of front) {
    for (const step of steps(raster.width)) {
      const neighbour = cell + step;
      if (adjacent(raster, cell, neighbour) && take(neighbour, cell)) next.push(neighbour);
    }
  }
  return next;
}
