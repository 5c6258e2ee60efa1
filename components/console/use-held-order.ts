'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { holdOrder, type QueueRow } from './queue-order.ts';

/** After the last key the list holds still this long. */
const afterKeyMs = 2_500;

/** Holds the order while the operator points at the list or moves in it; `release` shows what waits. */
export function useHeldOrder(next: readonly QueueRow[]) {
  const [pointing, setPointing] = useState(false);
  const [keyedAt, setKeyedAt] = useState<number | null>(null);
  const shown = useRef<string[]>([]);
  useEffect(() => {
    if (keyedAt === null) return;
    const timer = setTimeout(() => setKeyedAt(null), afterKeyMs);
    return () => clearTimeout(timer);
  }, [keyedAt]);
  const holding = pointing || keyedAt !== null;
  const held = holding && shown.current.length > 0 ? holdOrder(shown.current, next) : { rows: next, fresh: 0 };
  useEffect(() => {
    if (!holding) shown.current = next.map((row) => row.key);
  }, [holding, next]);
  const release = useCallback(() => {
    shown.current = [];
    setKeyedAt(null);
    setPointing(false);
  }, []);
  return {
    rows: held.rows,
    fresh: held.fresh,
    release,
    hold: {
      onPointerMove: () => setPointing(true),
      onPointerLeave: () => setPointing(false),
      onKeyDown: () => setKeyedAt(Date.now()),
    },
  };
}
