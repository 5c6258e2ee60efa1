import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { EngineEvent, EngineLayer, EngineMap } from './engine-map.ts';
import { surfaceOver } from './surface-over.ts';

beforeAll(() => vi.stubGlobal('matchMedia', () => ({ matches: true })));

/** As much of an engine as the port needs: layers in order, events by hand. */
function engine() {
  const heard = new Map<string, (event: EngineEvent) => void>();
  const moves: unknown[] = [];
  let layers: string[] = ['outside', 'words-water', 'words-district'];
  let repaints = 0;
  let render: (gl: WebGL2RenderingContext) => void = () => undefined;
  const map = {
    on: (type: string, tell: (event: EngineEvent) => void) => heard.set(type, tell),
    off: (type: string) => heard.delete(type),
    getBearing: () => 0,
    easeTo: (to: unknown) => moves.push(to),
    fitBounds: (to: unknown) => moves.push(to),
    getLayer: (id: string) => layers.includes(id),
    triggerRepaint: () => {
      repaints++;
    },
    addLayer: ({ id, render: own }: EngineLayer, before?: string) => {
      if (own) render = (context) => own(context, []);
      layers.splice(before ? layers.indexOf(before) : layers.length, 0, id);
    },
    removeLayer: (id: string) => {
      layers = layers.filter((layer) => layer !== id);
    },
    remove: () => undefined,
  };
  const surface = surfaceOver(
    map as unknown as EngineMap,
    { name: 'maplibre', matrixOf: (input) => input as number[], faultOf: () => ({ fatal: false, reason: '' }) },
    {} as HTMLElement,
  );
  return {
    surface,
    moves,
    fire: (type: string, event: EngineEvent = {}) => heard.get(type)?.(event),
    layers: () => layers,
    repaints: () => repaints,
    render: (context: WebGL2RenderingContext) => render(context),
  };
}
const bbox: [number, number, number, number] = [118, 31, 119, 32];
const gl = (id: string) => ({ id, start: () => undefined, draw: () => undefined, stop: () => undefined });

describe('a map that the operator touched', () => {
  it('is never moved by the program, until it is given back', () => {
    const { surface, moves, fire } = engine();
    const told: boolean[] = [];
    surface.on('touched', (touched) => told.push(touched));
    expect(surface.fit(bbox, 'program')).toBe(true);
    fire('movestart', {});
    expect(surface.touched()).toBe(false);
    fire('movestart', { originalEvent: {} });
    expect(surface.touched()).toBe(true);
    expect(surface.fit(bbox, 'program')).toBe(false);
    expect(surface.setView({ zoom: 12 }, 'program')).toBe(false);
    expect(moves).toHaveLength(1);
    surface.release();
    expect(surface.setView({ zoom: 12 }, 'program')).toBe(true);
    expect(told).toEqual([true, false]);
  });

  it('moves for the operator, who holds it from then on', () => {
    const { surface } = engine();
    expect(surface.setView({ zoom: 12 }, 'operator')).toBe(true);
    expect(surface.fit(bbox, 'program')).toBe(false);
    expect(surface.fit(bbox, 'operator')).toBe(true);
  });
});

describe('storeys', () => {
  it('put areas under the words and marks on top, and put ours back where they were after a lost context', () => {
    const { surface, fire, layers } = engine();
    surface.addLayer({ id: 'warnings-fill', type: 'background' }, 'areas');
    surface.addLayer({ id: 'totals', type: 'background' }, 'marks');
    surface.addGl(gl('units'));
    surface.addLayer({ id: 'incidents', type: 'background' }, 'marks');
    const before = ['outside', 'warnings-fill', 'words-water', 'words-district', 'totals', 'units', 'incidents'];
    expect(layers()).toEqual(before);
    layers().splice(layers().indexOf('units'), 1);
    fire('style.load');
    expect(layers()).toEqual(before);
    surface.removeGl('units');
    fire('style.load');
    expect(layers()).not.toContain('units');
  });
});

describe('events', () => {
  it('reach who listens, until he leaves or the map goes', () => {
    const { surface, fire } = engine();
    const seen: unknown[] = [];
    const off = surface.on('click', ({ lonLat }) => seen.push(lonLat));
    fire('click', { point: { x: 1, y: 2 }, lngLat: { lng: 118.8, lat: 32 } });
    off();
    fire('click', { point: { x: 1, y: 2 }, lngLat: { lng: 118.8, lat: 32 } });
    expect(seen).toEqual([[118.8, 32]]);
    surface.destroy();
    expect(surface.fit(bbox, 'operator')).toBe(false);
  });
});

describe('a picture of what moves by itself', () => {
  /** A drawing processor that is done when we say so. */
  function processor() {
    const state = { done: false };
    const gl = {
      SIGNALED: 1,
      fenceSync: () => ({}),
      flush: () => undefined,
      isContextLost: () => false,
      getSyncParameter: () => Number(state.done),
      deleteSync: () => undefined,
    };
    return { state, gl: gl as unknown as WebGL2RenderingContext };
  }

  it('waits while the last one is being drawn, tells of a slow machine, and never holds up the operator', () => {
    vi.useFakeTimers();
    const { surface, fire, repaints, render } = engine();
    const { state, gl: context } = processor();
    surface.addGl(gl('units'));
    const told: boolean[] = [];
    surface.on('slow', (slow) => told.push(slow));
    const drawFrame = (tookMs: number) => {
      state.done = false;
      render(context);
      fire('render');
      vi.advanceTimersByTime(tookMs);
      state.done = true;
      vi.advanceTimersByTime(20);
    };
    surface.requestFrame('soon');
    expect(repaints()).toBe(1);
    drawFrame(300);
    surface.requestFrame('soon');
    expect(repaints()).toBe(1);
    surface.requestFrame();
    expect(repaints()).toBe(2);
    expect(told).toEqual([true]);
    vi.advanceTimersByTime(1_000);
    expect(repaints()).toBe(3);
    for (let k = 0; k < 6; k++) drawFrame(4);
    expect(told).toEqual([true, false]);
    vi.useRealTimers();
  });
});
