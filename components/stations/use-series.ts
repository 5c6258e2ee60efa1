'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTRPC } from '@/components/shell/trpc.ts';
import { serverNow } from '@/components/ui/clock.ts';

export const spans = ['24h', '7d', '30d'] as const;
export type Span = (typeof spans)[number];
const hourMs = 3_600_000;
export const spanMs: Readonly<Record<Span, number>> = { '24h': 24 * hourMs, '7d': 168 * hourMs, '30d': 720 * hourMs };
/** How often it is read anew: about the width of a point. */
const everyMs: Readonly<Record<Span, number>> = { '24h': 30_000, '7d': 300_000, '30d': 900_000 };

const emptyAgainMs = 2_000;

/** The end of what is asked for moves on in steps, so that an answer can be kept. */
function useEnd(stepMs: number): number {
  const endOf = () => Math.ceil(serverNow() / stepMs) * stepMs;
  const [end, setEnd] = useState(endOf);
  useEffect(() => {
    setEnd(Math.ceil(serverNow() / stepMs) * stepMs);
    const timer = setInterval(() => setEnd(Math.ceil(serverNow() / stepMs) * stepMs), stepMs);
    return () => clearInterval(timer);
  }, [stepMs]);
  return end;
}

export function useSeries(station: string, property: string | null, span: Span, enabled: boolean) {
  const trpc = useTRPC();
  const to = useEnd(everyMs[span]);
  const from = to - spanMs[span];
  const query = useQuery(
    trpc.history.readings.queryOptions(
      { station, property: property ?? '', from, to },
      // While the next piece of the same line is read, the one before stays; another line is never shown under this one's name.
      {
        enabled: enabled && property !== null,
        staleTime: everyMs[span],
        // What has just come is written half a second later: a line with nothing on it is asked for again soon.
        refetchInterval: ({ state }) => (state.data?.at.length === 0 ? emptyAgainMs : false),
        placeholderData: (before, asked) => {
          const given = asked?.queryKey[1]?.input as
            | { station?: string; property?: string; from?: number; to?: number }
            | undefined;
          const same = given?.station === station && given.property === property;
          return same && (given.to ?? 0) - (given.from ?? 0) === spanMs[span] ? before : undefined;
        },
      },
    ),
  );
  return { query, from, to };
}
