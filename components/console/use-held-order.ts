'use client';
import { type FocusEvent, useCallback, useEffect, useRef, useState } from 'react';
import { type Held, holdOrder, type Listed } from './queue-hold.ts';

/** Holds the order while the pointer or the keyboard is in the list; `apply` shows what waits. Another question (`about`) is another list. */
export function useHeldOrder(next: readonly Listed[], about: unknown) {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const [, setApplied] = useState(0);
  const shown = useRef<readonly Listed[]>(next);
  const asked = useRef(about);
  const latest = useRef(next);
  latest.current = next;
  const holding = (pointed || focused) && asked.current === about && shown.current.length > 0;
  const held: Held = holding ? holdOrder(shown.current, next) : { rows: next, fresh: [], changes: 0 };
  useEffect(() => {
    if (holding) return;
    shown.current = next;
    asked.current = about;
  }, [holding, next, about]);
  const apply = useCallback(() => {
    shown.current = latest.current;
    setApplied((count) => count + 1);
  }, []);
  return {
    ...held,
    apply,
    hold: {
      onPointerEnter: () => setPointed(true),
      onPointerMove: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: (event: FocusEvent<HTMLElement>) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setFocused(false);
      },
    },
  };
}
