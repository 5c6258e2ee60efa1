import type { MapLayer } from '../map-layer.ts';
import type { MapSurface } from '../map-surface.ts';
import { inkTokens, type MapTheme, withAlpha } from '../tokens.ts';

export type DistrictLayer = MapLayer & {
  /** Districts brought forward, by code; none: all look alike. */
  highlight(codes: readonly string[]): void;
};

/** Brings districts of the base map forward: what a filter or a search is about. */
export function createDistrictLayer({
  scale = 1,
  id = 'districts-lit',
}: {
  scale?: number;
  id?: string;
} = {}): DistrictLayer {
  const edge = `${id}-edge`;
  let surface: MapSurface | null = null;
  let theme: MapTheme = 'dim';
  let visible = true;
  let lit: readonly string[] = [];
  const filter = () => ['in', ['get', 'code'], ['literal', [...lit]]] as unknown[];

  function draw(): void {
    if (!surface) return;
    const { place } = inkTokens(theme);
    surface.addLayer(
      {
        id,
        type: 'fill',
        source: 'districts',
        filter: filter() as never,
        paint: { 'fill-color': withAlpha(place, 0.09) },
      },
      'areas',
    );
    surface.addLayer(
      {
        id: edge,
        type: 'line',
        source: 'districts',
        filter: filter() as never,
        layout: { 'line-join': 'round' },
        paint: { 'line-color': place, 'line-width': 2 * scale },
      },
      'areas',
    );
    surface.setPaint(id, 'fill-color', withAlpha(place, 0.09));
    surface.setPaint(edge, 'line-color', place);
    for (const layer of [id, edge]) {
      surface.setFilter(layer, filter());
      surface.setVisible(layer, visible);
    }
  }

  return {
    id,
    words: 'map.layers.districts',
    legend: [{ words: 'map.legend.district', mark: { draw: 'district' } }],
    attach(to, startTheme) {
      surface = to;
      theme = startTheme;
      draw();
    },
    detach() {
      surface?.removeLayer(edge);
      surface?.removeLayer(id);
      surface = null;
    },
    setTheme(next) {
      theme = next;
      draw();
    },
    setVisible(next) {
      visible = next;
      draw();
    },
    visible: () => visible,
    highlight(codes) {
      lit = codes;
      draw();
    },
  };
}
