'use client';
import { CircleAlert, CircleDashed, CircleSlash, Clock4, OctagonAlert, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge, type Tone } from '@/components/ui/badge.tsx';
import type { ReadingState } from '@/server/domain/station.ts';
import type { Freshness } from '@/server/wire/frame.ts';

const states: Record<Exclude<ReadingState, 'normal'>, { tone: Tone; icon: typeof CircleAlert; filled?: boolean }> = {
  notice: { tone: 'caution', icon: CircleAlert },
  alarm: { tone: 'serious', icon: TriangleAlert },
  severe: { tone: 'critical', icon: OctagonAlert, filled: true },
};

/** Grey until abnormal: nothing is said of a normal value. */
export function ReadingStateMark({ state }: { state: ReadingState }) {
  const t = useTranslations('domain.readingState');
  if (state === 'normal') return null;
  const { tone, icon: Icon, filled } = states[state];
  return (
    <Badge tone={tone} filled={filled ?? false}>
      <Icon aria-hidden />
      {t(state)}
    </Badge>
  );
}

const ages: Record<Exclude<Freshness, 'fresh'>, { tone: Tone; icon: typeof CircleAlert }> = {
  late: { tone: 'caution', icon: Clock4 },
  stale: { tone: 'serious', icon: CircleSlash },
  unknown: { tone: 'neutral', icon: CircleDashed },
};

/** Silence is told in a word and a shape, not by colour alone. */
export function FreshnessMark({ freshness }: { freshness: Freshness }) {
  const t = useTranslations('domain.freshness');
  if (freshness === 'fresh') return null;
  const { tone, icon: Icon } = ages[freshness];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {t(freshness)}
    </Badge>
  );
}
