'use client';
import { useSyncExternalStore } from 'react';
import { newId } from '@/components/shell/new-id.ts';
import { largestFileBytes } from '@/server/domain/file-kind.ts';
import type { Refused } from '@/server/domain/refusal.ts';
import { sendFile } from './room-send-file.ts';

export type Upload = {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly sentBytes: number;
  readonly state: 'waiting' | 'sending' | 'kept' | 'lost' | 'refused';
  readonly refusal: Refused | null;
};
type Shown = {
  readonly all: readonly Upload[];
  /** Ids of what is kept, in the order it was added. */
  readonly kept: readonly string[];
  readonly busy: boolean;
};
export type Uploads = Shown & {
  readonly add: (files: Iterable<File>) => void;
  /** Stops what is on its way, or takes it off the list. */
  readonly drop: (id: string) => void;
  readonly retry: (id: string) => void;
  /** What is kept was made use of. */
  readonly clear: () => void;
};

type Held = { readonly blob: File; readonly commandId: string; stop: (() => void) | null };
const atOnce = 2;

/** A pasted picture has no name of its own. */
const nameOf = (file: File): string =>
  file.name || `${new Date().toISOString().replaceAll(':', '')}.${file.type.split('/')[1] ?? 'bin'}`;

/** Files on their way to one room. Each keeps its command id, so that a retry is kept once. */
export function createUploads(incident: string, send: typeof sendFile = sendFile) {
  const held = new Map<string, Held>();
  const listeners = new Set<() => void>();
  let shown: Shown = { all: [], kept: [], busy: false };

  function become(all: readonly Upload[]): void {
    shown = {
      all,
      kept: all.filter((one) => one.state === 'kept').map((one) => one.id),
      busy: all.some((one) => one.state === 'waiting' || one.state === 'sending'),
    };
    for (const listener of listeners) listener();
  }
  const change = (id: string, next: Partial<Upload>) =>
    become(shown.all.map((one) => (one.id === id ? { ...one, ...next } : one)));

  function startNext(): void {
    const free = atOnce - shown.all.filter((one) => one.state === 'sending').length;
    for (const { id, name } of shown.all.filter((one) => one.state === 'waiting').slice(0, Math.max(0, free))) {
      const of = held.get(id);
      if (!of) continue;
      const { commandId, blob } = of;
      change(id, { state: 'sending', sentBytes: 0, refusal: null });
      const running = send({
        ...{ incident, file: id, commandId, blob, name },
        onProgress: (sentBytes) => change(id, { sentBytes: Math.min(sentBytes, blob.size) }),
      });
      of.stop = running.stop;
      void running.done.then((told) => {
        of.stop = null;
        if (told === 'kept') {
          held.delete(id);
          change(id, { state: 'kept', sentBytes: blob.size });
        } else if (told === 'lost') change(id, { state: 'lost' });
        else change(id, { state: 'refused', refusal: told });
        startNext();
      });
    }
  }

  return {
    current: (): Shown => shown,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(files: Iterable<File>): void {
      const made = Array.from(files, (file): Upload => {
        const id = newId();
        const large = file.size > largestFileBytes;
        if (!large) held.set(id, { blob: file, commandId: newId(), stop: null });
        return {
          ...{ id, name: nameOf(file), bytes: file.size, sentBytes: 0 },
          state: large ? 'refused' : 'waiting',
          refusal: large ? { refused: 'too_large', detail: '', subject: null } : null,
        };
      });
      become([...shown.all, ...made]);
      startNext();
    },
    drop(id: string): void {
      const of = held.get(id);
      held.delete(id);
      become(shown.all.filter((one) => one.id !== id));
      of?.stop?.();
      startNext();
    },
    retry(id: string): void {
      change(id, { state: 'waiting', refusal: null });
      startNext();
    },
    clear: (): void => become(shown.all.filter((one) => one.state !== 'kept')),
  };
}

/** They go on while another tab or another incident is looked at: one list for each room and each task. */
const lists = new Map<string, ReturnType<typeof createUploads>>();
const nothing: Shown = { all: [], kept: [], busy: false };

export function useUploads(incident: string, task: string | null = null): Uploads {
  const key = task ? `${incident}/${task}` : incident;
  let list = lists.get(key);
  if (!list) {
    list = createUploads(incident);
    lists.set(key, list);
  }
  const { add, drop, retry, clear } = list;
  const shown = useSyncExternalStore(list.subscribe, list.current, () => nothing);
  return { ...shown, add, drop, retry, clear };
}
