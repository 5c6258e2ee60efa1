'use client';
import { useSyncExternalStore } from 'react';

/**
 * One ticker for all ages and clocks of the page, once a second on the second. The server's time counts (DESIGN.md law 6):
 * the connection sets how far this machine's clock is off.
 */
let offsetMs = 0;
let current = 0;
let timer: ReturnType<typeof setTimeout> | null = null;
const listeners = new Set<() => void>();

export const serverNow = (): number => Date.now() + offsetMs;
export const setServerOffset = (ms: number): void => {
  offsetMs = ms;
};

function tick() {
  current = Math.floor(serverNow() / 1000) * 1000;
  for (const listener of listeners) listener();
  timer = setTimeout(tick, 1000 - (serverNow() % 1000));
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  if (timer === null) tick();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer !== null) {
      clearTimeout(timer);
      timer = null;
    }
  };
}

/** Epoch ms on the whole second; null on the server and in the first frame, where no clock may be printed. */
export const useNow = (): number | null =>
  useSyncExternalStore(
    subscribe,
    () => current || null,
    () => null,
  );
