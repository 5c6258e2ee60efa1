'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { holdOrder, type QueueRow } from './queue-order.ts';

/** After the last key the list holds still this long; under a pointer that rests, somewhat longer. */
const afterKeyMs = 2_500;
const restingMs = 6_000;

/** Holds the order while the operator points at the list or moves in it; `release` shows what waits. */
export function useHeldOrder(next: readonly QueueRow[]) {
  const [pointedAt, setPointedAt] = useState<number | null>(null);
  const [keyedAt, setKeyedAt] = useState<number | null>(null);
  const shown = useRef<string[]>([]);
  useEffect(() => {
    if (keyedAt === null) return;
    const timer = setTimeout(() => setKeyedAt(null), afterKeyMs);
    return () => clearTimeout(timer);
  }, [keyedAt]);
  useEffect(() => {
    if (pointedAt === null) return;
    const timer = setTimeout(() => setPointedAt(null), restingMs);
    return () => clearTimeout(timer);
  }, [pointedAt]);
  const holding = pointedAt !== null || keyedAt !== null;
  const held = holding && shown.current.length > 0 ? holdOrder(shown.current, next) : { rows: next, fresh: 0 };
  useEffect(() => {
    if (!holding) shown.current = next.map((row) => row.key);
  }, [holding, next]);
  const release = useCallback(() => {
    shown.current = [];
    setKeyedAt(null);
    setPointedAt(null);
  }, []);
  return {
    rows: held.rows,
    fresh: held.fresh,
    release,
    hold: {
      onPointerMove: () => setPointedAt((before) => (before && Date.now() - before < 1_000 ? before : Date.now())),
      onPointerLeave: () => setPointedAt(null),
      onKeyDown: () => setKeyedAt(Date.now()),
    },
  };
}
