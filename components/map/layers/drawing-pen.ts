import { useSyncExternalStore } from 'react';
import { distanceM } from '@/server/domain/distance.ts';
import type { LonLat } from '../geometry.ts';
import type { DrawingMeaning, DrawingShape } from './drawing-shapes.ts';

/** What is being drawn just now: the room holds the pen, the map gives it points. */
export type Pen = {
  readonly incident: string;
  readonly kind: DrawingShape['kind'];
  readonly meaning: DrawingMeaning;
  readonly label: string;
  readonly points: readonly LonLat[];
  /** Of a circle, when it was said or pointed at. */
  readonly radiusM: number | null;
};

const mostPoints = 500;
const largestRadiusM = 200_000;

export const freshPen = (incident: string, kind: Pen['kind'], meaning: DrawingMeaning): Pen => ({
  ...{ incident, kind, meaning, label: '', points: [], radiusM: null },
});

/** A point again moves it; a circle takes its middle and then a point of its rim; lines and areas grow. */
export function withPoint(pen: Pen, at: LonLat): Pen {
  const rounded: LonLat = [Math.round(at[0] * 1e6) / 1e6, Math.round(at[1] * 1e6) / 1e6];
  if (pen.kind === 'point') return { ...pen, points: [rounded] };
  if (pen.kind === 'circle') {
    const [middle] = pen.points;
    if (!middle) return { ...pen, points: [rounded] };
    const radiusM = Math.round(distanceM(middle, rounded));
    return radiusM > 0 && radiusM <= largestRadiusM ? { ...pen, radiusM } : pen;
  }
  const last = pen.points.at(-1);
  if (pen.points.length >= mostPoints || (last && last[0] === rounded[0] && last[1] === rounded[1])) return pen;
  return { ...pen, points: [...pen.points, rounded] };
}

export function withoutLast(pen: Pen): Pen {
  if (pen.kind === 'circle' && pen.radiusM !== null) return { ...pen, radiusM: null };
  return { ...pen, points: pen.points.slice(0, -1) };
}

/** The shape as far as it is one; null: points are lacking. */
export function shapeOf({ kind, points, radiusM }: Pen): DrawingShape | null {
  const [first] = points;
  if (!first) return null;
  switch (kind) {
    case 'point':
      return { kind, at: first };
    case 'circle':
      return radiusM !== null && radiusM > 0 && radiusM <= largestRadiusM ? { kind, at: first, radiusM } : null;
    case 'line':
      return points.length >= 2 ? { kind, points: [...points] } : null;
    case 'area':
      return points.length >= 3 ? { kind, points: [...points] } : null;
  }
}

let held: Pen | null = null;
const listeners = new Set<() => void>();
export const drawingPen = {
  current: (): Pen | null => held,
  set(next: Pen | null): void {
    if (held === next) return;
    held = next;
    for (const listener of listeners) listener();
  },
  add(at: LonLat): void {
    if (held) drawingPen.set(withPoint(held, at));
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

export const usePen = (): Pen | null => useSyncExternalStore(drawingPen.subscribe, drawingPen.current, () => null);
