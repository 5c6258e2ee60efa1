import mapboxgl from 'mapbox-gl';
import 'mapbox-gl/dist/mapbox-gl.css';
import type { StyleSpecification } from 'maplibre-gl';
import type { EngineMap, EngineOptions } from './engine-map.ts';
import type { MapSurface } from './map-surface.ts';
import { faultOf } from './mapbox-fault.ts';
import { surfaceOver } from './surface-over.ts';

/**
 * Its validator wants a glyph address as soon as there are words; with a local font family none is ever fetched. Font names
 * would only go into that address.
 */
const withGlyphs = (style: StyleSpecification): StyleSpecification => ({
  ...style,
  glyphs: 'mapbox://fonts/mapbox/{fontstack}/{range}.pbf',
});

/** The second engine, loaded only where a token is given. */
export function createMapbox({
  container,
  style,
  opening,
  limits,
  token,
  words,
  interactive,
}: EngineOptions): Promise<MapSurface> {
  return new Promise((resolve, reject) => {
    let started = false;
    const map = new mapboxgl.Map({
      container,
      accessToken: token ?? '',
      style: (typeof style === 'string' ? style : withGlyphs(style as StyleSpecification)) as never,
      bounds: opening,
      ...(limits ? { maxBounds: limits } : {}),
      interactive,
      minZoom: 7,
      maxZoom: 19,
      projection: 'mercator',
      localFontFamily: '"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif',
      attributionControl: false,
      pitchWithRotate: false,
      touchPitch: false,
      dragRotate: false,
      fadeDuration: 120,
      renderWorldCopies: false,
      performanceMetricsCollection: false,
      locale: words,
    });
    map.touchZoomRotate.disableRotation();
    map.addControl(new mapboxgl.AttributionControl({ compact: true }), 'bottom-left');
    const surface = surfaceOver(
      map as unknown as EngineMap,
      {
        name: 'mapbox',
        matrixOf: (input) => input as ArrayLike<number>,
        faultOf: (event) => faultOf(event, started),
      },
      container,
    );
    const failed = (event: { error?: unknown }) => {
      const { fatal, reason } = faultOf(event, started);
      if (started || !fatal) return;
      surface.destroy();
      reject(new Error(reason));
    };
    map.once('style.load', () => {
      started = true;
      map.off('error', failed as never);
      resolve(surface);
    });
    map.on('error', failed as never);
  });
}
