'use client';
import { CircleDashed, CircleDot, CircleSlash, Clock4, FlaskConical, Unplug } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge, type Tone } from '@/components/ui/badge.tsx';
import { cn } from '@/components/ui/cn.ts';
import type { FeedState } from '@/server/domain/feed.ts';
import { type IncidentState, mainStates } from '@/server/domain/incident.ts';

const steps = mainStates.length;

/** The word of the state, and how far along the main line it is. */
export function IncidentStateMark({ state, className }: { state: IncidentState; className?: string }) {
  const t = useTranslations('domain.incidentState');
  const at = (mainStates as readonly string[]).indexOf(state);
  return (
    <span
      className={cn(
        'inline-flex items-center gap-1.5 whitespace-nowrap text-xs font-medium',
        at < 0 ? 'text-ink-faint' : 'text-ink-soft',
        className,
      )}
    >
      <svg viewBox="0 0 16 16" aria-hidden className="size-[1.05em] shrink-0 -rotate-90">
        <circle
          cx="8"
          cy="8"
          r="6"
          fill="none"
          stroke="currentColor"
          strokeOpacity="0.3"
          strokeWidth="2.6"
          strokeDasharray={at < 0 ? '2 2' : undefined}
        />
        {at < 0 ? null : (
          <circle
            cx="8"
            cy="8"
            r="6"
            fill="none"
            stroke="currentColor"
            strokeWidth="2.6"
            pathLength={steps}
            strokeDasharray={`${at + 1} ${steps}`}
          />
        )}
      </svg>
      {t(state)}
    </span>
  );
}

const feedLooks: Record<FeedState, { tone: Tone; icon: typeof CircleDot }> = {
  online: { tone: 'neutral', icon: CircleDot },
  unknown: { tone: 'neutral', icon: CircleDashed },
  late: { tone: 'caution', icon: Clock4 },
  stale: { tone: 'serious', icon: CircleSlash },
  down: { tone: 'critical', icon: Unplug },
};

export function FeedStateMark({ state, className }: { state: FeedState; className?: string }) {
  const t = useTranslations('domain.feedState');
  const { tone, icon: Icon } = feedLooks[state];
  return (
    <Badge tone={tone} className={className}>
      <Icon aria-hidden />
      {t(state)}
    </Badge>
  );
}

/** Exercises and tests never look actual. */
export function RealityMark({ reality, className }: { reality: 'actual' | 'exercise' | 'test'; className?: string }) {
  const t = useTranslations('domain.reality');
  if (reality === 'actual') return null;
  return (
    <Badge tone="notice" filled className={className}>
      <FlaskConical aria-hidden />
      {t(reality)}
    </Badge>
  );
}
