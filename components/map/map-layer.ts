import type { Priority } from '@/server/domain/scale.ts';
import type { ReadingState } from '@/server/domain/station.ts';
import type { UnitStatus } from '@/server/domain/unit.ts';
import type { Freshness } from '@/server/wire/frame.ts';
import type { LonLat, ScreenPoint } from './geometry.ts';
import type { DrawingMeaning } from './layers/drawing-shapes.ts';
import type { MapSurface } from './map-surface.ts';
import type { MapTheme, WarningColour } from './tokens.ts';

/** What was hit: the layer, the id there, and the slot of a unit. */
export type Picked = { layer: string; id: string; slot: number | null; lonLat: LonLat };

/** How an entry of the legend looks; legend-mark.tsx draws it with the same shapes as the map. */
export type LegendMark =
  | { draw: 'unit'; status: UnitStatus | null }
  | { draw: 'freshness'; freshness: Freshness }
  | { draw: 'incident'; priority: Priority }
  | { draw: 'signal'; priority: Priority }
  | { draw: 'warning'; colour: WarningColour }
  | { draw: 'station'; state: ReadingState; freshness: Freshness }
  | { draw: 'alert'; priority: Priority }
  | { draw: 'drawing'; meaning: DrawingMeaning }
  | { draw: 'total' | 'vessel' | 'district' | 'place' | 'link' };
/** `words` is a key of the messages, from the top. */
export type LegendEntry = { words: string; mark: LegendMark };

/**
 * One thing to see. It keeps what it was given and can be attached again: to another engine after a fallback, or after the map
 * lost its context.
 */
export type MapLayer = {
  readonly id: string;
  /** Key of the layer's name in the messages, from the top. */
  readonly words: string;
  readonly legend: readonly LegendEntry[];
  attach(surface: MapSurface, theme: MapTheme): void;
  detach(): void;
  setTheme(theme: MapTheme): void;
  setVisible(visible: boolean): void;
  visible(): boolean;
  pick?(point: ScreenPoint): Picked | null;
};
