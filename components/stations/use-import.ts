'use client';
import { useCallback, useRef, useState } from 'react';
import { newId } from '@/components/shell/new-id.ts';
import { refusalOf } from '@/components/shell/refusal.ts';
import { type Answers, useTRPCClient } from '@/components/shell/trpc.ts';
import type { Refused } from '@/server/domain/refusal.ts';
import type { Station } from '@/server/domain/station.ts';
import { importParts } from './import-parts.ts';

export type Preview = Exclude<Answers['station']['preview'], { fault: unknown }>;
export type FileFault = Extract<Answers['station']['preview'], { fault: unknown }>;

export type ImportState =
  | { readonly step: 'choose'; readonly fault: FileFault | null; readonly refusal: Refused | null }
  | { readonly step: 'reading' }
  | { readonly step: 'preview'; readonly preview: Preview }
  | { readonly step: 'saving' | 'done'; readonly done: number; readonly total: number }
  /** So many are saved; going on sends the same parts with the same ids. */
  | { readonly step: 'halted'; readonly done: number; readonly total: number; readonly refusal: Refused | null };

const lost: Refused = { refused: 'not_saved', detail: '' };

/** A register file: first what it would do, then, confirmed, in parts that may be sent again. */
export function useImport() {
  const client = useTRPCClient();
  const [state, setState] = useState<ImportState>({ step: 'choose', fault: null, refusal: null });
  const run = useRef<{ id: string; parts: Station[][]; next: number; total: number } | null>(null);

  const read = useCallback(
    async (text: string) => {
      setState({ step: 'reading' });
      try {
        const preview = await client.station.preview.mutate({ text });
        if ('fault' in preview) setState({ step: 'choose', fault: preview, refusal: null });
        else setState({ step: 'preview', preview });
      } catch (error) {
        setState({ step: 'choose', fault: null, refusal: refusalOf(error) ?? lost });
      }
    },
    [client],
  );

  const goOn = useCallback(async () => {
    const now = run.current;
    if (!now) return;
    const doneUpTo = (part: number) => now.parts.slice(0, part).reduce((sum, one) => sum + one.length, 0);
    for (; now.next < now.parts.length; now.next++) {
      const stations = now.parts[now.next]!;
      setState({ step: 'saving', done: doneUpTo(now.next), total: now.total });
      try {
        await client.station.register.mutate({ commandId: `${now.id}:${now.next}`, stations });
      } catch (error) {
        setState({ step: 'halted', done: doneUpTo(now.next), total: now.total, refusal: refusalOf(error) ?? null });
        return;
      }
    }
    setState({ step: 'done', done: now.total, total: now.total });
  }, [client]);

  const confirm = useCallback(
    (preview: Preview) => {
      const stations = [...preview.added, ...preview.changed].map(({ station }) => station);
      run.current = { id: newId(), parts: importParts(stations), next: 0, total: stations.length };
      void goOn();
    },
    [goOn],
  );

  const again = useCallback(() => {
    run.current = null;
    setState({ step: 'choose', fault: null, refusal: null });
  }, []);
  return { state, read, confirm, goOn, again };
}
