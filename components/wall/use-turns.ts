'use client';
import { useEffect, useState } from 'react';
import { turnEveryMs } from './pages.ts';

export type Turns = { readonly turn: number; readonly paused: boolean; step: (by: 1 | -1) => void; pause: () => void };

/** One beat for all lists of the wall, so that they change together. Whoever reads may stop it. */
export function useTurns(): Turns {
  const [turn, setTurn] = useState(0);
  const [paused, setPaused] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a step by hand gives the page its full time again
  useEffect(() => {
    if (paused) return;
    const timer = setTimeout(() => setTurn((now) => now + 1), turnEveryMs);
    return () => clearTimeout(timer);
  }, [paused, turn]);
  return { turn, paused, step: (by) => setTurn((now) => now + by), pause: () => setPaused((now) => !now) };
}
