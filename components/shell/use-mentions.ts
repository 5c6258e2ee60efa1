'use client';
import { useMemo, useSyncExternalStore } from 'react';
import { useRecords } from '@/components/live/use-live.ts';
import type { Actor } from '@/server/domain/role.ts';
import { type Mention, readUntil, type Seen, unreadMentions } from './mentions.ts';

const keyOf = (actor: string) => `mentions-read/${actor}`;
const listeners = new Set<() => void>();
const held = new Map<string, { text: string; seen: Seen }>();
const nothing: Seen = {};
/** The room that was asked for from the list of mentions, until its incident has shown it. */
let wanted: string | null = null;
const tell = () => {
  for (const listener of listeners) listener();
};

function read(actor: string): Seen {
  try {
    const text = localStorage.getItem(keyOf(actor)) ?? '{}';
    const before = held.get(actor);
    if (before?.text === text) return before.seen;
    const seen = JSON.parse(text) as Seen;
    held.set(actor, { text, seen });
    return seen;
  } catch {
    return held.get(actor)?.seen ?? nothing; // a browser that keeps nothing
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', listener);
  };
}

/** Everything up to then was in front of the person's eyes; another tab of the same browser is told, too. */
export function markRead(actor: string, incident: string, at: number): void {
  const before = read(actor);
  const seen = readUntil(before, incident, at);
  if (seen === before) return;
  const text = JSON.stringify(seen);
  held.set(actor, { text, seen });
  try {
    localStorage.setItem(keyOf(actor), text);
  } catch {
    // held in memory until the page goes
  }
  tell();
}

export function wantRoom(incident: string | null): void {
  if (wanted === incident) return;
  wanted = incident;
  tell();
}
export const useWantedRoom = (): string | null =>
  useSyncExternalStore(
    subscribe,
    () => wanted,
    () => null,
  );

export function useMentions(actor: Actor): readonly Mention[] {
  const incidents = useRecords((records) => records.all('incident'), { equal: Object.is });
  const seen = useSyncExternalStore(
    subscribe,
    () => read(actor.id),
    () => nothing,
  );
  return useMemo(
    () =>
      unreadMentions(
        Array.from(incidents.values(), (one) => one.body),
        actor,
        seen,
      ),
    [incidents, actor, seen],
  );
}
