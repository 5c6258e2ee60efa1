import { unitStatuses } from '@/server/domain/unit.ts';
import { freshnessClasses } from '@/server/wire/frame.ts';
import { type LonLat, latitude, longitude, mercatorX, mercatorY, type ScreenPoint, worldPixels } from '../geometry.ts';
import type { LegendEntry, MapLayer, Picked } from '../map-layer.ts';
import type { GlLayer, MapSurface } from '../map-surface.ts';
import type { MapTheme } from '../tokens.ts';
import { buildUnitGrid, nearestUnit, type UnitGrid, type UnitPicture, visitBox } from './unit-grid.ts';
import { createLabelSheet, type UnitLabel } from './unit-labels.ts';
import { createUnitProgram, matrixAtOrigin, tinyHalf, type UnitProgram, unitHalf } from './unit-program.ts';
import { emergencyCode } from './unit-shader.ts';

export type UnitNames = {
  /** Id of the unit in a slot; null: nobody knows yet. */
  idOf: (slot: number) => string | null;
  labelOf: (slot: number) => string | null;
};
export type UnitLayer = MapLayer & {
  /** Shows the newest picture: call it on every tick; arrays may be overwritten in place afterwards. */
  show(units: UnitPicture): void;
  select(slots: readonly number[]): void;
  /** Which slots may be seen, by slot; null: all. What is hidden cannot be picked. */
  filter(shown: ((slot: number) => boolean) | null): void;
  positionOf(slot: number): LonLat | null;
  /** Slots in the view now, at most `limit`: for the list that goes with the map. */
  inView(limit: number): number[];
};

const labelZoom = 12.5;
/** Side of a picking cell: about 300 m here. */
const gridSize = 1e-5;

export const unitLegend: readonly LegendEntry[] = [
  ...unitStatuses.map(
    (status): LegendEntry => ({ words: `domain.unitStatus.${status}`, mark: { draw: 'unit', status } }),
  ),
  ...freshnessClasses
    .filter((freshness) => freshness !== 'fresh')
    .map(
      (freshness): LegendEntry => ({ words: `domain.freshness.${freshness}`, mark: { draw: 'freshness', freshness } }),
    ),
];

/** All units as one WebGL layer over typed arrays: never an element, an object or a feature per unit. */
export function createUnitLayer(names: UnitNames, options: { scale?: number; id?: string } = {}): UnitLayer {
  const { scale = 1, id = 'units' } = options;
  let surface: MapSurface | null = null;
  let theme: MapTheme = 'dim';
  let visible = true;
  let units: UnitPicture | null = null;
  let program: UnitProgram | null = null;
  let sheet: ReturnType<typeof createLabelSheet> | null = null;
  let offs: (() => void)[] = [];
  let grid: UnitGrid | null = null;
  let gridVersion = -1;
  let uploaded = -1;
  let shown: ((slot: number) => boolean) | null = null;
  let selected: readonly number[] = [];
  let masks = { shown: new Uint8Array(0), marked: new Uint8Array(0) };

  function refreshMasks(): void {
    if (!units) return;
    const length = units.x.length;
    if (masks.shown.length !== length) masks = { shown: new Uint8Array(length), marked: new Uint8Array(length) };
    if (shown) for (let slot = 0; slot < units.high; slot++) masks.shown[slot] = shown(slot) ? 1 : 0;
    else masks.shown.fill(1);
    masks.marked.fill(0);
    for (const slot of selected) if (slot < length) masks.marked[slot] = 1;
    uploaded = -1;
  }

  const gl: GlLayer = {
    id,
    start(context) {
      program = createUnitProgram(context);
      uploaded = -1;
    },
    draw(_context, matrix) {
      if (!program || !units || !visible || !surface || units.high === 0) return;
      if (uploaded !== units.version) {
        if (masks.shown.length !== units.x.length || shown) refreshMasks();
        program.upload(units, masks);
        uploaded = units.version;
      }
      const half = unitHalf(surface.camera().zoom, scale);
      program.draw(units.high, {
        matrix: matrixAtOrigin(matrix, units.originX, units.originY),
        halfPixels: half * surface.size().pixelRatio,
        tiny: half < tinyHalf * scale,
        theme,
      });
    },
    stop() {
      program?.dispose();
      program = null;
    },
  };

  function currentGrid(): UnitGrid | null {
    if (!units) return null;
    if (!grid || gridVersion !== units.version) {
      grid = buildUnitGrid(units, gridSize);
      gridVersion = units.version;
    }
    return grid;
  }

  const seen = (slot: number) => shown === null || shown(slot);
  const lonLatOf = (picture: UnitPicture, slot: number): LonLat => [
    longitude(picture.originX + picture.x[slot]!),
    latitude(picture.originY + picture.y[slot]!),
  ];

  function slotsInView(limit: number): number[] {
    const there = currentGrid();
    if (!there || !units || !surface) return [];
    const picture = units;
    const [west, south, east, north] = surface.bounds();
    const box = {
      left: mercatorX(west) - picture.originX,
      right: mercatorX(east) - picture.originX,
      top: mercatorY(north) - picture.originY,
      bottom: mercatorY(south) - picture.originY,
    };
    const found: number[] = [];
    visitBox(there, box, (slot) => {
      if (found.length >= limit || picture.alive[slot] === 0 || !seen(slot)) return;
      const [x, y] = [picture.x[slot]!, picture.y[slot]!];
      if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) found.push(slot);
    });
    return found;
  }

  function drawLabels(): void {
    if (!sheet || !surface) return;
    const { zoom } = surface.camera();
    const labels: UnitLabel[] = [];
    const marks: ScreenPoint[] = [];
    if (visible && units) {
      const slots = zoom >= labelZoom + Math.log2(scale) ? slotsInView(1_000) : [];
      for (const slot of new Set([...selected, ...slots])) {
        if (units.alive[slot] !== 1 || !seen(slot)) continue;
        const at = surface.project(lonLatOf(units, slot));
        marks.push(at);
        const text = names.labelOf(slot);
        const strong = selected.includes(slot) || units.status[slot] === emergencyCode;
        if (text) labels.push({ at, text, strong });
      }
    }
    const gap = unitHalf(zoom, scale) * 1.5 + 4;
    sheet.draw(labels, { theme, scale, gap, marks, pixelRatio: surface.size().pixelRatio });
  }

  return {
    id,
    words: 'map.layers.units',
    legend: unitLegend,
    attach(to, startTheme) {
      surface = to;
      theme = startTheme;
      uploaded = -1;
      to.addGl(gl);
      sheet = createLabelSheet(to.container);
      offs = [to.on('frame', drawLabels)];
      to.requestFrame();
    },
    detach() {
      for (const off of offs) off();
      offs = [];
      sheet?.remove();
      sheet = null;
      surface?.removeGl(id);
      surface = null;
    },
    setTheme(next) {
      theme = next;
      surface?.requestFrame();
    },
    setVisible(next) {
      visible = next;
      surface?.requestFrame();
    },
    visible: () => visible,
    show(next) {
      const grown = units?.x.length !== next.x.length;
      units = next;
      if (grown) refreshMasks();
      if (visible) surface?.requestFrame('soon');
    },
    select(slots) {
      selected = [...slots];
      refreshMasks();
      surface?.requestFrame();
    },
    filter(next) {
      shown = next;
      refreshMasks();
      surface?.requestFrame();
    },
    positionOf: (slot) => (units && units.alive[slot] === 1 ? lonLatOf(units, slot) : null),
    inView: slotsInView,
    pick(point: ScreenPoint): Picked | null {
      const there = currentGrid();
      if (!there || !units || !surface || !visible) return null;
      const picture = units;
      const { zoom } = surface.camera();
      const [lon, lat] = surface.unproject(point);
      const slot = nearestUnit(there, picture, {
        x: mercatorX(lon) - picture.originX,
        y: mercatorY(lat) - picture.originY,
        radius: (unitHalf(zoom, scale) + 7) / worldPixels(zoom),
        shown: seen,
        rank: (each) => (selected.includes(each) ? 2 : picture.status[each] === emergencyCode ? 1 : 0),
      });
      if (slot < 0) return null;
      return { layer: id, id: names.idOf(slot) ?? '', slot, lonLat: lonLatOf(picture, slot) };
    },
  };
}
