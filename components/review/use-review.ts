'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useRecord } from '@/components/live/use-live.ts';
import { refusalOf } from '@/components/shell/refusal.ts';
import { useSigned } from '@/components/shell/session-gate.tsx';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { may } from '@/server/domain/policy.ts';
import { replayOf } from './replay.ts';
import type { Track } from './tracks.ts';

/** Everything about one incident, also long after it left the live picture. A new version of its record asks anew. */
export function useReview(incident: string) {
  const client = useTRPCClient();
  const { actor } = useSigned();
  const live = useRecord('incident', incident);
  const version = live?.version ?? 0;
  const more = { placeholderData: keepPreviousData };
  const found = useQuery({
    queryKey: ['review.incident', incident, version],
    queryFn: () => client.incident.get.query({ incident: incident as never }),
    ...more,
  });
  const log = useQuery({
    queryKey: ['review.log', incident, version],
    queryFn: () => client.incident.timeline.query({ incident: incident as never }),
    ...more,
  });
  const signals = useQuery({
    queryKey: ['review.signals', incident, version],
    queryFn: () => client.incident.signals.query({ incident: incident as never }),
    enabled: may(actor, 'signal.read'),
    ...more,
  });
  const mayTrack = may(actor, 'history.read');
  const tracks = useQuery({
    queryKey: ['review.tracks', incident, version],
    queryFn: () => client.history.incidentTracks.query({ incident: incident as never }),
    enabled: mayTrack,
    ...more,
  });
  const replay = useMemo(() => replayOf(log.data ?? []), [log.data]);
  return {
    incident: found.data?.incident ?? null,
    refused: found.error ? refusalOf(found.error) : null,
    failed: found.isError || log.isError,
    loading: found.isPending || log.isPending,
    retry: () => {
      void found.refetch();
      void log.refetch();
    },
    replay,
    signals: signals.data ?? [],
    mayTrack,
    tracksFailed: tracks.isError,
    tracksLoading: mayTrack && tracks.isPending,
    retryTracks: () => void tracks.refetch(),
    tracks: (tracks.data ?? null) as {
      from: number;
      to: number;
      tracks: readonly Track[];
      units: readonly { id: string; callSign: string; kind: string }[];
    } | null,
  };
}
