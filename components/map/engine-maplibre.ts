import { Map as MapLibreMap, setWorkerUrl } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { EngineMap, EngineOptions } from './engine-map.ts';
import type { MapSurface } from './map-surface.ts';
import { surfaceOver } from './surface-over.ts';

// Its worker is a file of its own, found through import.meta.url; bundled, that would be the page itself and the map stays blank.
setWorkerUrl(new URL('maplibre-gl/dist/maplibre-gl-worker.mjs', import.meta.url).toString());

/** The default engine: no token, no network of its own. */
export function createMapLibre({
  container,
  style,
  opening,
  limits,
  words,
  interactive,
}: EngineOptions): Promise<MapSurface> {
  return new Promise((resolve, reject) => {
    const map = new MapLibreMap({
      container,
      style: style as never,
      bounds: opening,
      ...(limits ? { maxBounds: limits } : {}),
      interactive,
      minZoom: 7,
      maxZoom: 19,
      attributionControl: false,
      pitchWithRotate: false,
      touchPitch: false,
      dragRotate: false,
      fadeDuration: 120,
      locale: words,
      renderWorldCopies: false,
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    const surface = surfaceOver(
      map as unknown as EngineMap,
      {
        name: 'maplibre',
        matrixOf: (input) =>
          (input as { defaultProjectionData: { mainMatrix: ArrayLike<number> } }).defaultProjectionData.mainMatrix,
        faultOf: ({ error }) => ({ fatal: false, reason: error instanceof Error ? error.message : String(error) }),
      },
      container,
    );
    const failed = (event: { error?: unknown }) => {
      if (map.isStyleLoaded()) return;
      surface.destroy();
      reject(event.error instanceof Error ? event.error : new Error('the map could not start'));
    };
    map.once('style.load', () => {
      map.off('error', failed);
      resolve(surface);
    });
    map.on('error', failed);
  });
}
