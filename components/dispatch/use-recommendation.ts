'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useRecords } from '@/components/live/use-live.ts';
import { type Answers, useTRPCClient } from '@/components/shell/trpc.ts';
import type { Incident } from '@/server/domain/incident.ts';
import { incidentsTogether, isOtherPackage } from './package.ts';

export type Recommended = Answers['unit']['recommend'];
export type RecommendedPick = Recommended['picks'][number];

const againAfterMs = 15_000;

export type Recommendation = {
  /** What the operator reads: asked for once, and again only when the operator says so. */
  readonly shown: Recommended | null;
  /** The world has moved on: another package would be proposed now. */
  readonly differs: boolean;
  readonly failed: boolean;
  readonly together: boolean;
  /** Other incidents that are solved with this one. */
  readonly others: readonly Incident[];
  readonly setTogether: (together: boolean) => void;
  readonly take: () => void;
};

/** Who should go, for this incident alone or for all that lack something at once. What was read does not change by itself. */
export function useRecommendation(of: Incident, closed: readonly string[]): Recommendation {
  const client = useTRPCClient();
  const [together, setTogether] = useState(false);
  const [shown, setShown] = useState<{ readonly asked: string; readonly answer: Recommended } | null>(null);
  const held = useRecords((records) => records.all('incident'), { equal: Object.is });
  const others = together
    ? incidentsTogether(
        Array.from(held.values(), (one) => one.body),
        of,
      )
    : [];
  const incidents = [of.id, ...others.map((one) => one.id)];
  const asked = [together ? 'together' : 'alone', ...closed].join();
  const answer = useQuery({
    queryKey: [
      'unit.recommend',
      asked,
      [...incidents].sort().join(),
      of.plan?.level,
      of.orders.length,
      of.needs.length,
    ],
    queryFn: async () => ({ asked, answer: await client.unit.recommend.query({ incidents, closed: [...closed] }) }),
    refetchInterval: againAfterMs,
    placeholderData: keepPreviousData,
  });
  const latest = answer.data?.asked === asked ? answer.data : null;
  useEffect(() => {
    if (latest) setShown((now) => (now?.asked === latest.asked ? now : latest));
  }, [latest]);
  const mine = shown?.asked === asked ? shown.answer : null;
  return {
    shown: mine,
    differs: mine !== null && latest !== null && isOtherPackage(mine.picks, latest.answer.picks, of.id),
    failed: answer.isError && mine === null,
    together,
    others,
    setTogether,
    take: () => latest && setShown({ ...latest }),
  };
}
