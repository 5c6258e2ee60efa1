'use client';
import { parseAsFloat, useQueryStates } from 'nuqs';
import { useEffect, useState } from 'react';
import { type Panel, usualPanel } from './wall-scale.ts';

const asked = { inch: parseAsFloat, m: parseAsFloat };
const within = (value: number | null, low: number, high: number, usual: number) =>
  value !== null && value >= low && value <= high ? value : usual;

/** The wall as it hangs: `?inch=` its diagonal, `?m=` the distance of the farthest reader. */
export function usePanel(): Panel | null {
  const [{ inch, m }] = useQueryStates(asked);
  const [size, setSize] = useState<{ widthPx: number; heightPx: number } | null>(null);
  useEffect(() => {
    const measure = () => setSize({ widthPx: window.innerWidth, heightPx: window.innerHeight });
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, []);
  return (
    size && {
      ...size,
      diagonalInch: within(inch, 10, 1_000, usualPanel.diagonalInch),
      distanceM: within(m, 0.5, 60, usualPanel.distanceM),
    }
  );
}
