'use client';
import { useEffect } from 'react';
import { live } from '@/components/live/live.ts';
import type { MapSurface } from '@/components/map/map-surface.ts';

/** Many units far away are counts per cell; few are shown one by one from any height. */
const manyUnits = 2_000;
const farZoom = 10.5;

/** Tells the server what this window looks at: nothing else is sent. */
export function useLook(surface: MapSurface | null, units: number): void {
  const many = units > manyUnits;
  useEffect(() => {
    if (!surface) return;
    const tell = () =>
      live.look({ mode: many && surface.camera().zoom < farZoom ? 'totals' : 'cells', bounds: surface.bounds() });
    tell();
    const off = surface.on('rest', tell);
    return () => {
      off();
      live.look({ mode: 'none', bounds: null });
    };
  }, [surface, many]);
}
