'use client';
import { useEffect } from 'react';
import { live } from '@/components/live/live.ts';

const drawn = new Map<string, number>();
let told = false;

/** Once for all rows that came and went in one turn. */
function tell(): void {
  if (told) return;
  told = true;
  queueMicrotask(() => {
    told = false;
    live.watch([...drawn.keys()]);
  });
}

/** The exact age of what is in view, and of nothing else: a board of thousands watches a screenful. */
export function useWatched(unit: string): void {
  useEffect(() => {
    drawn.set(unit, (drawn.get(unit) ?? 0) + 1);
    tell();
    return () => {
      const left = (drawn.get(unit) ?? 1) - 1;
      if (left > 0) drawn.set(unit, left);
      else drawn.delete(unit);
      tell();
    };
  }, [unit]);
}
