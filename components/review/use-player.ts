'use client';
import { useCallback, useEffect, useState } from 'react';

export const speeds = [1, 10, 60, 300] as const;
export type Speed = (typeof speeds)[number];

export type Player = {
  readonly at: number;
  readonly playing: boolean;
  readonly speed: Speed;
  seek: (at: number) => void;
  step: (byMs: number) => void;
  toggle: () => void;
  setSpeed: (speed: Speed) => void;
};

const frameMs = 200;

/** A clock of its own over the span of the incident. Nothing outside of the page hears of it. */
export function usePlayer(span: { readonly from: number; readonly to: number }): Player {
  const { from, to } = span;
  /** Null: at the end, also while the end still moves. */
  const [held, setHeld] = useState<number | null>(null);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(10);
  const at = held === null ? to : Math.min(to, Math.max(from, held));
  const seek = useCallback((next: number) => setHeld(next >= to ? null : Math.max(from, next)), [from, to]);
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => setHeld((now) => (now ?? to) + frameMs * speed), frameMs);
    return () => clearInterval(timer);
  }, [playing, speed, to]);
  const ended = playing && at >= to;
  useEffect(() => {
    if (!ended) return;
    setPlaying(false);
    setHeld(null);
  }, [ended]);
  return {
    at,
    playing,
    speed,
    seek,
    step: (byMs) => seek(at + byMs),
    toggle: () => {
      if (!playing && at >= to) setHeld(from);
      setPlaying(!playing);
    },
    setSpeed,
  };
}
