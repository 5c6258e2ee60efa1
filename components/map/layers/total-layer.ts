import { totalClasses } from '@/server/wire/frame.ts';
import { mapFonts } from '../base-words.ts';
import { latitude, longitude, worldPixels } from '../geometry.ts';
import type { MapLayer } from '../map-layer.ts';
import type { MapSurface } from '../map-surface.ts';
import { baseTokens, inkTokens, priorityFill, unitColour } from '../tokens.ts';
import { createFeatureLayer } from './feature-layer.ts';

/** Counts of one cell, with their mean position in world mercator; `counts` by index of `totalClasses`. */
export type CellCount = { x: number; y: number; counts: readonly number[]; notFresh: number };
export type TotalLayer = MapLayer & { show(totals: readonly CellCount[]): void };
export type Gathered = CellCount & { all: number };

const emergency = totalClasses.indexOf('emergency');
const free = totalClasses.indexOf('free');

/** Cells that lie closer than `pixels` at this zoom become one circle, the fullest first, so that no figure covers another. */
export function gatherTotals(totals: readonly CellCount[], zoom: number, pixels = 46): Gathered[] {
  const reach = pixels / worldPixels(zoom);
  const circles: Gathered[] = [];
  const full = totals
    .map((cell) => ({ ...cell, all: cell.counts.reduce((sum, count) => sum + count, 0) }))
    .filter(({ all }) => all > 0)
    .sort((a, b) => b.all - a.all);
  for (const cell of full) {
    const near = circles.findIndex(({ x, y }) => Math.hypot(x - cell.x, y - cell.y) < reach);
    const circle = circles[near];
    if (!circle) {
      circles.push(cell);
      continue;
    }
    const all = circle.all + cell.all;
    circles[near] = {
      x: (circle.x * circle.all + cell.x * cell.all) / all,
      y: (circle.y * circle.all + cell.y * cell.all) / all,
      counts: circle.counts.map((count, index) => count + (cell.counts[index] ?? 0)),
      notFresh: circle.notFresh + cell.notFresh,
      all,
    };
  }
  return circles;
}

/** Far away units are counted, not drawn: free of all; a red edge where one asks for help, a broken one where half are not fresh. */
export function createTotalLayer({ scale = 1, id = 'totals' }: { scale?: number; id?: string } = {}): TotalLayer {
  let totals: readonly CellCount[] = [];
  let surface: MapSurface | null = null;
  let off: () => void = () => undefined;
  const layer = createFeatureLayer({
    id,
    words: 'map.layers.totals',
    legend: [{ words: 'map.legend.total', mark: { draw: 'total' } }],
    look: (theme) => ({
      layers: [
        {
          storey: 'marks',
          spec: {
            id: `${id}-ground`,
            type: 'circle',
            source: id,
            paint: {
              'circle-radius': [
                'interpolate',
                ['linear'],
                ['get', 'all'],
                1,
                13 * scale,
                40,
                19 * scale,
                400,
                27 * scale,
              ],
              'circle-color': inkTokens(theme).panel,
              'circle-opacity': ['case', ['get', 'old'], 0.55, 0.88],
              'circle-stroke-width': ['case', ['get', 'sos'], 3 * scale, 1.6 * scale],
              'circle-stroke-color': [
                'case',
                ['get', 'sos'],
                priorityFill(theme, 'P1').fill,
                ['get', 'old'],
                baseTokens(theme).border,
                unitColour(theme, 'available'),
              ],
            },
          },
        },
        {
          storey: 'marks',
          spec: {
            id: `${id}-words`,
            type: 'symbol',
            source: id,
            layout: {
              'text-field': ['get', 'text'],
              'text-font': mapFonts.medium,
              'text-size': 11 * scale,
              'text-allow-overlap': true,
              'text-ignore-placement': true,
            },
            paint: { 'text-color': ['case', ['get', 'old'], baseTokens(theme).labelSoft, inkTokens(theme).ink] },
          },
        },
      ],
    }),
  });

  function draw(): void {
    if (!surface) return;
    layer.setData({
      type: 'FeatureCollection',
      features: gatherTotals(totals, surface.camera().zoom, 46 * scale).map(({ x, y, counts, notFresh, all }) => ({
        type: 'Feature',
        properties: {
          all,
          text: `${counts[free] ?? 0}/${all}`,
          sos: (counts[emergency] ?? 0) > 0,
          old: notFresh * 2 > all,
        },
        geometry: { type: 'Point', coordinates: [longitude(x), latitude(y)] },
      })),
    });
  }

  return {
    ...layer,
    attach(to, theme) {
      surface = to;
      layer.attach(to, theme);
      off = to.on('rest', () => totals.length > 0 && draw());
      draw();
    },
    detach() {
      off();
      surface = null;
      layer.detach();
    },
    show(next) {
      if (next.length === 0 && totals.length === 0) return;
      totals = next;
      draw();
    },
  };
}
