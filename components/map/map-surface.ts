import type { LayerSpecification } from 'maplibre-gl';
import type { Bbox, LonLat, ScreenPoint } from './geometry.ts';

/**
 * The port between what we draw and what draws it. Two engines stand behind it (engine-maplibre.ts, engine-mapbox.ts); no layer
 * and no screen knows which. Whatever one engine cannot do stays out of it.
 */
export type Camera = { centre: LonLat; zoom: number; bearing: number };

/**
 * Who moves the map. A map that the operator touched is never moved by the program: moves of the program are refused from then
 * on until the operator gives it back (`release`). A button that an operator presses is the operator.
 */
export type Mover = 'program' | 'operator';

export type MapPointer = { point: ScreenPoint; lonLat: LonLat; shift: boolean };
export type FoundFeature = { layer: string; properties: Record<string, unknown> };

/** `areas` lie under the words of the base map, `marks` above everything that was there before. */
export type Storey = 'areas' | 'marks';

/** Something that draws by itself in the map's WebGL 2 context. Started again when the context was lost. */
export type GlLayer = {
  readonly id: string;
  start(gl: WebGL2RenderingContext): void;
  /** `matrix`: world mercator (0..1) to clip space, column-major, 64-bit. */
  draw(gl: WebGL2RenderingContext, matrix: ArrayLike<number>): void;
  stop(gl: WebGL2RenderingContext): void;
};

export type SurfaceEvents = {
  click: MapPointer;
  hover: MapPointer;
  leave: null;
  /** While the view changes. */
  move: null;
  /** The view came to rest. */
  rest: null;
  /** What moves by itself is drawn about once a second now, or again at every tick. */
  slow: boolean;
  /** After each drawn frame. */
  frame: null;
  /** The operator took the map, or gave it back. */
  touched: boolean;
  lost: null;
  restored: null;
  fault: { fatal: boolean; reason: string };
};

export type MapSurface = {
  readonly engine: 'maplibre' | 'mapbox';
  readonly container: HTMLElement;
  camera(): Camera;
  bounds(): Bbox;
  size(): { width: number; height: number; pixelRatio: number };
  touched(): boolean;
  /** The operator gives the map back to the program. */
  release(): void;
  /** False: refused, because the operator holds the map. */
  setView(to: Partial<Camera>, by: Mover): boolean;
  fit(bbox: Bbox, by: Mover, options?: { padding?: number; maxZoom?: number }): boolean;

  setSource(id: string, data: GeoJSON.GeoJSON | string): void;
  addLayer(layer: LayerSpecification, storey: Storey): void;
  setPaint(layer: string, key: string, value: unknown): void;
  setLayout(layer: string, key: string, value: unknown): void;
  setFilter(layer: string, filter: unknown[] | null): void;
  setVisible(layer: string, visible: boolean): void;
  hasLayer(id: string): boolean;
  removeLayer(id: string): void;
  removeSource(id: string): void;
  /** Adds an image for icons and patterns, or replaces it. */
  setImage(id: string, image: ImageData, pixelRatio: number): void;
  addGl(layer: GlLayer): void;
  removeGl(id: string): void;

  featuresAt(point: ScreenPoint, layers: readonly string[], radius: number): FoundFeature[];
  project(lonLat: LonLat): ScreenPoint;
  unproject(point: ScreenPoint): LonLat;
  /** `soon`: for what moves by itself; a machine that draws slowly does it less often, at least once a second. */
  requestFrame(when?: 'now' | 'soon'): void;
  resize(): void;
  setCursor(cursor: '' | 'pointer' | 'crosshair'): void;
  on<E extends keyof SurfaceEvents>(event: E, tell: (detail: SurfaceEvents[E]) => void): () => void;
  destroy(): void;
};
