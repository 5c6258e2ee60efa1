import { firstWords } from './base-words.ts';
import type { EngineEvent, EngineLayer, EngineMap } from './engine-map.ts';
import { createFramePacer } from './frame-pacer.ts';
import type { Bbox, LonLat } from './geometry.ts';
import type { GlLayer, MapSurface, Mover, SurfaceEvents } from './map-surface.ts';
import { whenDrawn } from './when-drawn.ts';

type Engine = {
  name: MapSurface['engine'];
  /** World mercator → clip space, from what the engine hands to a custom layer. */
  matrixOf: (input: unknown) => ArrayLike<number>;
  faultOf: (event: EngineEvent) => { fatal: boolean; reason: string };
};

const easeMs = 450;
/** Gap between frames from which the operator is told, and up to which he is told no longer. */
const slowMs = { from: 800, until: 450 };

/** The port over any engine map. */
export function surfaceOver(map: EngineMap, engine: Engine, container: HTMLElement): MapSurface {
  const listeners = new Map<keyof SurfaceEvents, Set<(detail: never) => void>>();
  const tell = <E extends keyof SurfaceEvents>(event: E, detail: SurfaceEvents[E]) => {
    for (const listener of listeners.get(event) ?? []) (listener as (detail: SurfaceEvents[E]) => void)(detail);
  };
  const glLayers = new Map<string, GlLayer>();
  /** Marks from bottom to top, so that what is put back lands where it was. */
  let marks: string[] = [];
  const put = (id: string) => {
    if (!marks.includes(id)) marks.push(id);
    return marks.slice(marks.indexOf(id) + 1).find((above) => map.getLayer(above));
  };
  let touched = false;
  let gone = false;
  const hold = (value: boolean) => {
    if (touched === value) return;
    touched = value;
    tell('touched', value);
  };
  const may = (by: Mover) => {
    if (gone || (by === 'program' && touched)) return false;
    if (by === 'operator') hold(true);
    return true;
  };
  const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

  const pacer = createFramePacer({
    draw: () => map.triggerRepaint(),
    now: () => performance.now(),
    later: (work, ms) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
  });
  let slow = false;
  /** Of this frame: the context that it is drawn with, once the first of our own layers has seen it. */
  let frameGl: WebGL2RenderingContext | null = null;
  function drawn(): void {
    if (gone) return;
    pacer.ended();
    const now = pacer.gapMs() >= (slow ? slowMs.until : slowMs.from);
    if (now === slow) return;
    slow = now;
    tell('slow', slow);
  }
  function framed(): void {
    if (frameGl) whenDrawn(frameGl, drawn);
    frameGl = null;
    tell('frame', null);
  }

  const pointer = (event: EngineEvent) => ({
    point: { x: event.point?.x ?? 0, y: event.point?.y ?? 0 },
    lonLat: [event.lngLat?.lng ?? 0, event.lngLat?.lat ?? 0] as LonLat,
    shift: (event.originalEvent as MouseEvent | undefined)?.shiftKey === true,
  });
  const heard: Record<string, (event: EngineEvent) => void> = {
    click: (event) => tell('click', pointer(event)),
    mousemove: (event) => tell('hover', pointer(event)),
    mouseout: () => tell('leave', null),
    movestart: (event) => {
      if (event.originalEvent) hold(true);
    },
    move: () => tell('move', null),
    moveend: () => tell('rest', null),
    render: framed,
    error: (event) => tell('fault', engine.faultOf(event)),
    webglcontextlost: () => tell('lost', null),
    webglcontextrestored: () => tell('restored', null),
    // After a lost context the engine builds its style again, but cannot know what we draw ourselves.
    'style.load': () => {
      for (const layer of glLayers.values()) if (!map.getLayer(layer.id)) map.addLayer(wrap(layer), put(layer.id));
    },
  };
  for (const [type, listener] of Object.entries(heard)) map.on(type, listener);

  const wrap = (layer: GlLayer): EngineLayer => ({
    id: layer.id,
    type: 'custom',
    renderingMode: '2d',
    onAdd: (_map, gl) => layer.start(gl),
    onRemove: (_map, gl) => layer.stop(gl),
    render: (gl, input) => {
      if (!frameGl && pacer.began()) frameGl = gl;
      layer.draw(gl, engine.matrixOf(input));
    },
  });

  return {
    engine: engine.name,
    container,
    camera: () => {
      const { lng, lat } = map.getCenter();
      return { centre: [lng, lat], zoom: map.getZoom(), bearing: map.getBearing() };
    },
    bounds: () => {
      const bounds = map.getBounds();
      if (!bounds) return [-180, -90, 180, 90];
      return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    },
    size: () => {
      const canvas = map.getCanvas();
      return {
        width: canvas.clientWidth,
        height: canvas.clientHeight,
        pixelRatio: canvas.width / (canvas.clientWidth || 1),
      };
    },
    touched: () => touched,
    release: () => hold(false),
    setView(to, by) {
      if (!may(by)) return false;
      const options = {
        ...(to.centre ? { center: to.centre } : {}),
        ...(to.zoom === undefined ? {} : { zoom: to.zoom }),
      };
      map.easeTo({ ...options, bearing: to.bearing ?? map.getBearing(), duration: still() ? 0 : easeMs });
      return true;
    },
    fit([west, south, east, north]: Bbox, by, { padding = 40, maxZoom = 15 } = {}) {
      if (!may(by)) return false;
      const corners: [LonLat, LonLat] = [
        [west, south],
        [east, north],
      ];
      map.fitBounds(corners, { padding, maxZoom, duration: still() ? 0 : easeMs });
      return true;
    },
    setSource(id, data) {
      const source = map.getSource(id) as { setData?: (data: GeoJSON.GeoJSON | string) => unknown } | undefined;
      if (source?.setData) source.setData(data);
      else map.addSource(id, { type: 'geojson', data });
    },
    addLayer(layer, storey) {
      if (map.getLayer(layer.id)) return;
      const words = map.getLayer(firstWords) ? firstWords : undefined;
      map.addLayer(layer, storey === 'areas' ? words : put(layer.id));
    },
    setPaint: (layer, key, value) => void (map.getLayer(layer) && map.setPaintProperty(layer, key, value)),
    setLayout: (layer, key, value) => void (map.getLayer(layer) && map.setLayoutProperty(layer, key, value)),
    setFilter: (layer, filter) => void (map.getLayer(layer) && map.setFilter(layer, filter)),
    setVisible: (layer, visible) =>
      void (map.getLayer(layer) && map.setLayoutProperty(layer, 'visibility', visible ? 'visible' : 'none')),
    hasLayer: (id) => Boolean(map.getLayer(id)),
    removeLayer(id) {
      marks = marks.filter((mark) => mark !== id);
      if (map.getLayer(id)) map.removeLayer(id);
    },
    removeSource: (id) => void (map.getSource(id) && map.removeSource(id)),
    setImage(id, image, pixelRatio) {
      if (map.hasImage(id)) map.removeImage(id);
      map.addImage(id, image, { pixelRatio });
    },
    addGl(layer) {
      glLayers.set(layer.id, layer);
      if (!map.getLayer(layer.id)) map.addLayer(wrap(layer), put(layer.id));
    },
    removeGl(id) {
      glLayers.delete(id);
      marks = marks.filter((mark) => mark !== id);
      if (!gone && map.getLayer(id)) map.removeLayer(id);
    },
    featuresAt({ x, y }, layers, radius) {
      const there = layers.filter((id) => map.getLayer(id));
      if (there.length === 0) return [];
      return map
        .queryRenderedFeatures(
          [
            [x - radius, y - radius],
            [x + radius, y + radius],
          ],
          { layers: there },
        )
        .map((feature) => ({ layer: feature.layer?.id ?? '', properties: feature.properties ?? {} }));
    },
    project: (lonLat) => {
      const { x, y } = map.project(lonLat);
      return { x, y };
    },
    unproject: ({ x, y }) => {
      const { lng, lat } = map.unproject([x, y]);
      return [lng, lat];
    },
    requestFrame: (when = 'now') => (when === 'soon' ? pacer.soon() : map.triggerRepaint()),
    resize: () => void map.resize(),
    setCursor: (cursor) => {
      map.getCanvas().style.cursor = cursor;
    },
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener as (detail: never) => void));
      return () => void set.delete(listener as (detail: never) => void);
    },
    destroy() {
      if (gone) return;
      gone = true;
      pacer.stop();
      for (const [type, listener] of Object.entries(heard)) map.off(type, listener);
      listeners.clear();
      map.remove();
    },
  };
}
