import type { LayerSpecification } from 'maplibre-gl';
import type { LonLat, ScreenPoint } from '../geometry.ts';
import type { LegendEntry, MapLayer, Picked } from '../map-layer.ts';
import type { MapSurface, Storey } from '../map-surface.ts';
import type { MapTheme } from '../tokens.ts';

export type DrawnLayer = { spec: LayerSpecification; storey: Storey };
export type Look = {
  images?: readonly { id: string; image: ImageData; pixelRatio: number }[];
  layers: readonly DrawnLayer[];
};
export type FeatureLayerOptions = {
  id: string;
  words: string;
  legend: readonly LegendEntry[];
  /** Everything that depends on the theme; asked again when it changes. */
  look: (theme: MapTheme) => Look;
  /** Engine layers that can be hit, and how a hit is named. */
  pickable?: {
    layers: readonly string[];
    radius: number;
    read: (properties: Record<string, unknown>) => { id: string; lonLat: LonLat } | null;
  };
};
export type FeatureLayer = MapLayer & { setData(data: GeoJSON.FeatureCollection): void; changed(): void };

export const emptyCollection: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };

/** What all layers over one slow GeoJSON source do alike. */
export function createFeatureLayer(options: FeatureLayerOptions): FeatureLayer {
  const { id, look, pickable } = options;
  let surface: MapSurface | null = null;
  let theme: MapTheme = 'dim';
  let visible = true;
  let data = emptyCollection;

  function draw(): void {
    if (!surface) return;
    const { images = [], layers } = look(theme);
    for (const { id: name, image, pixelRatio } of images) surface.setImage(name, image, pixelRatio);
    for (const { spec, storey } of layers) {
      if (surface.hasLayer(spec.id)) {
        for (const [key, value] of Object.entries(spec.paint ?? {})) surface.setPaint(spec.id, key, value);
        for (const [key, value] of Object.entries(('layout' in spec && spec.layout) || {}))
          if (key !== 'visibility') surface.setLayout(spec.id, key, value);
      } else surface.addLayer(spec, storey);
      surface.setVisible(spec.id, visible);
    }
  }

  return {
    id,
    words: options.words,
    legend: options.legend,
    attach(to, startTheme) {
      surface = to;
      theme = startTheme;
      to.setSource(id, data);
      draw();
    },
    detach() {
      if (!surface) return;
      for (const { spec } of look(theme).layers) surface.removeLayer(spec.id);
      surface.removeSource(id);
      surface = null;
    },
    setTheme(next) {
      theme = next;
      draw();
    },
    setVisible(next) {
      visible = next;
      for (const { spec } of look(theme).layers) surface?.setVisible(spec.id, visible);
    },
    visible: () => visible,
    setData(next) {
      // The engine cuts, lays out and draws anew at each setData: not for nothing after nothing.
      if (next.features.length === 0 && data.features.length === 0) return;
      data = next;
      surface?.setSource(id, next);
    },
    changed: draw,
    pick(point: ScreenPoint): Picked | null {
      if (!surface || !visible || !pickable) return null;
      for (const { properties } of surface.featuresAt(point, pickable.layers, pickable.radius)) {
        const hit = pickable.read(properties);
        if (hit) return { layer: id, id: hit.id, slot: null, lonLat: hit.lonLat };
      }
      return null;
    },
  };
}

/** Points travel through engines as properties, because their own geometry comes back cut to tiles. */
export const pointOf = (properties: Record<string, unknown>): { id: string; lonLat: LonLat } | null =>
  typeof properties.id === 'string' && typeof properties.lon === 'number' && typeof properties.lat === 'number'
    ? { id: properties.id, lonLat: [properties.lon, properties.lat] }
    : null;

export const pointFeature = (lonLat: LonLat, properties: Record<string, unknown>): GeoJSON.Feature => ({
  type: 'Feature',
  properties: { ...properties, lon: lonLat[0], lat: lonLat[1] },
  geometry: { type: 'Point', coordinates: lonLat },
});
