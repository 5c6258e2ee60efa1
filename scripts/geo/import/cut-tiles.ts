import { encodeTile } from './encode-tile.ts';
import { clipAxis, type Shape } from './tile-shape.ts';

/** Room around a tile, so that lines and words do not break at its edge; share of its side. */
const buffer = 64 / 4096;

export type CutOptions = {
  readonly minZoom: number;
  readonly maxZoom: number;
  readonly tile: (z: number, x: number, y: number, bytes: Uint8Array) => void;
  /** Share of the deepest tiles that are done. */
  readonly progress?: (share: number) => void;
};

/** Cuts shapes into the tiles of all zooms, going down one quarter after the other: only one path is in memory at a time. */
export function cutTiles(shapes: readonly Shape[], { minZoom, maxZoom, tile, progress }: CutOptions): void {
  const descend = (z: number, x: number, y: number, inside: readonly Shape[], from: number, share: number): void => {
    if (inside.length === 0) return;
    if (z >= minZoom) {
      const bytes = encodeTile(
        inside.filter(({ drawn }) => drawn.minZoom <= z),
        { z, x, y, last: z === maxZoom },
      );
      if (bytes) tile(z, x, y, bytes);
    }
    if (z === maxZoom) return;
    const side = 2 ** -(z + 1);
    for (const column of [0, 1]) {
      const left = (x * 2 + column) * side;
      const strip = clipAll(inside, 0, [left - buffer * side, left + side + buffer * side]);
      for (const row of [0, 1]) {
        const top = (y * 2 + row) * side;
        const quarter = clipAll(strip, 1, [top - buffer * side, top + side + buffer * side]);
        const begin = from + (share * (column * 2 + row)) / 4;
        descend(z + 1, x * 2 + column, y * 2 + row, quarter, begin, share / 4);
        if (z + 1 === Math.min(11, maxZoom)) progress?.(begin + share / 4);
      }
    }
  };
  descend(0, 0, 0, shapes, 0, 1);
}

const clipAll = (shapes: readonly Shape[], axis: 0 | 1, range: readonly [number, number]): Shape[] =>
  shapes.flatMap((shape) => clipAxis(shape, axis, range) ?? []);
