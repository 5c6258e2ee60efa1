'use client';
import { useTranslations } from 'next-intl';
import { Badge, type Tone } from '@/components/ui/badge.tsx';
import type { ReadingState } from '@/server/domain/station.ts';

const tones: Record<ReadingState, Tone> = {
  normal: 'neutral',
  notice: 'caution',
  alarm: 'serious',
  severe: 'critical',
};

/** How a value stands against its thresholds, in colour and words; what is worst is filled. */
export function ReadingStateMark({ state, className }: { state: ReadingState; className?: string }) {
  const t = useTranslations('domain.readingState');
  return (
    <Badge tone={tones[state]} filled={state === 'severe'} className={className}>
      {t(state)}
    </Badge>
  );
}
