import type { StyleSpecification } from 'maplibre-gl';
import { buildBaseStyle, styleDifferences } from './base-style.ts';
import { type CityPack, fetchPack } from './city-pack.ts';
import type { EngineOptions } from './engine-map.ts';
import type { Bbox, LonLat, ScreenPoint } from './geometry.ts';
import type { MapLayer, Picked } from './map-layer.ts';
import type { Camera, MapSurface } from './map-surface.ts';
import { baseTokens, type MapTheme } from './tokens.ts';
import { watchPointer } from './watch-pointer.ts';

export type UnavailableReason = 'no-webgl' | 'failed';
/** Words to the operator; the message of each kind is `map.notice.<kind>`. `reason` is for the log, free of secrets. */
export type MapNotice = {
  kind: 'mapbox-refused' | 'base-missing' | 'base-fault' | 'lost' | 'restored';
  reason: string;
};

type Language = 'zh' | 'en';
export type StartOptions = {
  container: HTMLElement;
  city: string;
  token: string | null;
  mapboxStyle: string | null;
  scale: number;
  still: boolean;
  opening: Bbox | null;
  words: Record<string, string>;
  first: { theme: MapTheme; language: Language; layers: readonly MapLayer[] };
  on: {
    ready: (surface: MapSurface, pack: CityPack | null) => void;
    pick: (picked: Picked | null, lonLat: LonLat) => void;
    hover: (picked: Picked | null) => void;
    notice: (notice: MapNotice) => void;
    slow: (slow: boolean) => void;
    unavailable: (reason: UnavailableReason) => void;
  };
};
export type StartedMap = {
  setTheme(theme: MapTheme): void;
  setLanguage(language: Language): void;
  setLayers(layers: readonly MapLayer[]): void;
  setChoosing(choosing: boolean): void;
  stop(): void;
};

const wholeWorld: Bbox = [-170, -60, 170, 75];

/** Which engine to try: the second one only with a token, and not again after it was refused. */
export const engineFor = (token: string | null, refused: boolean): 'mapbox' | 'maplibre' =>
  token && !refused ? 'mapbox' : 'maplibre';

export function hasWebGl(): boolean {
  try {
    const context = document.createElement('canvas').getContext('webgl2');
    context?.getExtension('WEBGL_lose_context')?.loseContext();
    return context !== null;
  } catch {
    return false; // some policies throw instead of giving null
  }
}

/** Starts a map and keeps it going: pack, engine, fallback, layers, theme. Knows nothing of React. */
export function startMap(options: StartOptions): StartedMap {
  const { container, on, scale } = options;
  let { theme, language, layers } = options.first;
  let surface: MapSurface | null = null;
  let pack: CityPack | null = null;
  let style: StyleSpecification | null = null;
  let choosing = false;
  let attached: readonly MapLayer[] = [];
  let unwatch: () => void = () => undefined;
  const abort = new AbortController();
  const stopped = () => abort.signal.aborted;

  const styleNow = (): StyleSpecification =>
    pack
      ? buildBaseStyle({ pack, theme, language, scale, origin: location.origin })
      : {
          version: 8,
          sources: {},
          layers: [{ id: 'outside', type: 'background', paint: { 'background-color': baseTokens(theme).outside } }],
        };

  function restyle(): void {
    const next = styleNow();
    if (surface && style)
      for (const { layer, group, key, value } of styleDifferences(style, next))
        group === 'paint' ? surface.setPaint(layer, key, value) : surface.setLayout(layer, key, value);
    style = next;
    for (const layer of attached) layer.setTheme(theme);
  }

  function attachLayers(): void {
    for (const layer of [...attached].reverse()) layer.detach();
    attached = [];
    if (!surface) return;
    for (const layer of layers) layer.attach(surface, theme);
    attached = layers;
  }

  const pickAt = (point: ScreenPoint): Picked | null => {
    for (const layer of [...attached].reverse()) {
      const picked = layer.pick?.(point);
      if (picked) return picked;
    }
    return null;
  };

  function letGo(): void {
    unwatch();
    for (const layer of [...attached].reverse()) layer.detach();
    attached = [];
    surface?.destroy();
    surface = null;
  }

  async function begin(refused: boolean, camera: Camera | null): Promise<void> {
    const engine = engineFor(options.token, refused);
    style = styleNow();
    const engineOptions: EngineOptions = {
      container,
      style: engine === 'mapbox' && options.mapboxStyle ? options.mapboxStyle : style,
      opening: options.opening ?? pack?.opening ?? wholeWorld,
      limits: pack ? widened(pack.bbox) : null,
      token: options.token,
      words: options.words,
      interactive: !options.still,
    };
    const fallBack = (reason: string) => {
      const at = surface?.camera() ?? camera;
      letGo();
      on.notice({ kind: 'mapbox-refused', reason });
      void begin(true, at);
    };
    try {
      const made =
        engine === 'mapbox'
          ? await (await import('./engine-mapbox.ts')).createMapbox(engineOptions)
          : await (await import('./engine-maplibre.ts')).createMapLibre(engineOptions);
      if (stopped()) return made.destroy();
      surface = made;
      if (camera) made.setView(camera, 'program');
      made.on('fault', ({ fatal, reason }) => {
        if (fatal && engine === 'mapbox') fallBack(reason);
        else on.notice({ kind: 'base-fault', reason });
      });
      made.on('slow', on.slow);
      made.on('lost', () => on.notice({ kind: 'lost', reason: '' }));
      made.on('restored', () => on.notice({ kind: 'restored', reason: '' }));
      unwatch = watchPointer(made, { pickAt, pick: on.pick, hover: on.hover, choosing: () => choosing });
      restyle();
      attachLayers();
      on.ready(made, pack);
    } catch (error) {
      if (stopped()) return;
      const reason = error instanceof Error ? error.message : String(error);
      if (engine === 'mapbox') return fallBack(reason);
      on.notice({ kind: 'base-fault', reason });
      on.unavailable('failed');
    }
  }

  async function start(): Promise<void> {
    if (!hasWebGl()) return on.unavailable('no-webgl');
    pack = await fetchPack(options.city, abort.signal);
    if (stopped()) return;
    if (!pack) on.notice({ kind: 'base-missing', reason: options.city });
    await begin(false, null);
  }
  void start();

  return {
    setTheme(next) {
      if (next === theme) return;
      theme = next;
      restyle();
    },
    setLanguage(next) {
      if (next === language) return;
      language = next;
      restyle();
    },
    setLayers(next) {
      if (next === layers) return;
      layers = next;
      if (surface) attachLayers();
    },
    setChoosing(next) {
      choosing = next;
      surface?.setCursor(next ? 'crosshair' : '');
    },
    stop() {
      abort.abort();
      letGo();
    },
  };
}

/** Room around the city, so that its edge can be brought to the middle of a screen. */
const widened = ([west, south, east, north]: Bbox): Bbox => {
  const [dx, dy] = [(east - west) * 1.6, (north - south) * 0.6];
  return [west - dx, south - dy, east + dx, north + dy];
};
