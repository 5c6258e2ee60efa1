import type { Bbox, LonLat, ScreenPoint } from './geometry.ts';

/** The part of a map object that both engines have in common, as surface-over.ts uses it. */
export type EngineEvent = {
  point?: ScreenPoint;
  lngLat?: { lng: number; lat: number };
  originalEvent?: unknown;
  error?: unknown;
  sourceId?: string;
};
export type EngineLayer = {
  id: string;
  type: 'custom';
  renderingMode: '2d';
  onAdd: (map: unknown, gl: WebGL2RenderingContext) => void;
  onRemove: (map: unknown, gl: WebGL2RenderingContext) => void;
  render: (gl: WebGL2RenderingContext, input: unknown) => void;
};

export type EngineMap = {
  on(type: string, tell: (event: EngineEvent) => void): unknown;
  off(type: string, tell: (event: EngineEvent) => void): unknown;
  getCenter(): { lng: number; lat: number };
  getZoom(): number;
  getBearing(): number;
  getBounds(): { getWest(): number; getSouth(): number; getEast(): number; getNorth(): number } | null;
  getCanvas(): HTMLCanvasElement;
  easeTo(options: { center?: LonLat; zoom?: number; bearing?: number; duration?: number }): unknown;
  fitBounds(bounds: [LonLat, LonLat], options: { padding?: number; maxZoom?: number; duration?: number }): unknown;
  stop(): unknown;
  addSource(id: string, source: { type: 'geojson'; data: GeoJSON.GeoJSON | string }): unknown;
  getSource(id: string): unknown;
  removeSource(id: string): unknown;
  addLayer(layer: unknown, before?: string): unknown;
  getLayer(id: string): unknown;
  removeLayer(id: string): unknown;
  setPaintProperty(layer: string, key: string, value: unknown): unknown;
  setLayoutProperty(layer: string, key: string, value: unknown): unknown;
  setFilter(layer: string, filter: unknown): unknown;
  addImage(id: string, image: ImageData, options: { pixelRatio: number }): unknown;
  hasImage(id: string): boolean;
  removeImage(id: string): unknown;
  queryRenderedFeatures(
    area: [[number, number], [number, number]],
    options: { layers: string[] },
  ): { layer?: { id: string }; properties?: Record<string, unknown> | null }[];
  project(lonLat: LonLat): ScreenPoint;
  unproject(point: [number, number]): { lng: number; lat: number };
  triggerRepaint(): void;
  resize(): unknown;
  remove(): void;
};

export type EngineOptions = {
  container: HTMLElement;
  style: unknown;
  opening: Bbox;
  /** The map does not leave these bounds. */
  limits: Bbox | null;
  token: string | null;
  words: Record<string, string>;
  interactive: boolean;
};
