'use client';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
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
export type Uploads = {
  readonly all: readonly Upload[];
  /** Ids of what is kept, in the order it was added. */
  readonly kept: readonly string[];
  readonly busy: boolean;
  readonly add: (files: Iterable<File>) => void;
  /** Stops what is on its way, or takes it off the list. */
  readonly drop: (id: string) => void;
  readonly retry: (id: string) => void;
  readonly clear: () => void;
};

type Held = { readonly blob: File; readonly commandId: string; stop: (() => void) | null };

/** A pasted picture has no name of its own. */
const nameOf = (file: File): string =>
  file.name || `${new Date().toISOString().replaceAll(':', '')}.${file.type.split('/')[1] ?? 'bin'}`;

/** Files on their way to a room, two at a time; each keeps its command id, so that a retry is kept once. */
export function useUploads(incident: string): Uploads {
  const [all, setAll] = useState<readonly Upload[]>([]);
  const held = useRef(new Map<string, Held>());
  const change = useCallback(
    (id: string, next: Partial<Upload>) =>
      setAll((before) => before.map((one) => (one.id === id ? { ...one, ...next } : one))),
    [],
  );

  useEffect(() => {
    const sending = all.filter((one) => one.state === 'sending').length;
    const next = all.find((one) => one.state === 'waiting');
    const of = next && held.current.get(next.id);
    if (!next || !of || sending >= 2 || of.stop) return;
    const { id, name } = next;
    const { commandId, blob } = of;
    const running = sendFile({
      ...{ incident, file: id, commandId, blob, name },
      onProgress: (sentBytes) => change(id, { sentBytes: Math.min(sentBytes, blob.size) }),
    });
    of.stop = running.stop;
    change(id, { state: 'sending', sentBytes: 0, refusal: null });
    void running.done.then((told) => {
      of.stop = null;
      if (told === 'kept') change(id, { state: 'kept', sentBytes: blob.size });
      else if (told === 'lost') change(id, { state: 'lost' });
      else change(id, { state: 'refused', refusal: told });
    });
  }, [all, incident, change]);

  const open = held.current;
  useEffect(
    () => () => {
      for (const one of open.values()) one.stop?.();
    },
    [open],
  );

  const add = useCallback((files: Iterable<File>) => {
    const made = Array.from(files, (file): Upload => {
      const id = newId();
      held.current.set(id, { blob: file, commandId: newId(), stop: null });
      const large = file.size > largestFileBytes;
      return {
        ...{ id, name: nameOf(file), bytes: file.size, sentBytes: 0 },
        state: large ? 'refused' : 'waiting',
        refusal: large ? { refused: 'too_large', detail: '', subject: null } : null,
      };
    });
    setAll((before) => [...before, ...made]);
  }, []);
  const drop = useCallback((id: string) => {
    held.current.get(id)?.stop?.();
    held.current.delete(id);
    setAll((before) => before.filter((one) => one.id !== id));
  }, []);
  const retry = useCallback((id: string) => change(id, { state: 'waiting', refusal: null }), [change]);
  const clear = useCallback(() => setAll((before) => before.filter((one) => one.state !== 'kept')), []);
  return useMemo(
    () => ({
      ...{ all, add, drop, retry, clear },
      kept: all.filter((one) => one.state === 'kept').map((one) => one.id),
      busy: all.some((one) => one.state === 'waiting' || one.state === 'sending'),
    }),
    [all, add, drop, retry, clear],
  );
}
