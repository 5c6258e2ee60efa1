'use client';
import { useTranslations } from 'next-intl';
import { ChordHint } from '@/components/shell/keyboard-help.tsx';
import { PriorityMark } from '@/components/shell/marks/priority-mark.tsx';
import { SignalKindIcon } from '@/components/shell/marks/signal-kind-icon.tsx';
import { placeWords } from '@/components/shell/place-words.ts';
import { Button } from '@/components/ui/button.tsx';
import { Duration } from '@/components/ui/duration.tsx';
import type { Signal } from '@/server/domain/signal.ts';

export type RingBannerProps = {
  /** Callers and cries for help that nobody has answered, the first to be taken first. */
  ringing: readonly Signal[];
  onClaim: ((signal: Signal) => void) | null;
  onOpen: (signal: Signal) => void;
};

/** A ring is a banner, never a modal: work goes on beside it (PRODUCT.md §7). */
export function RingBanner({ ringing, onClaim, onOpen }: RingBannerProps) {
  const t = useTranslations('console.ring');
  const first = ringing[0];
  if (!first) return null;
  return (
    <section
      aria-label={t('title')}
      className="flex items-center gap-2.5 rounded-lg border border-critical/60 bg-raised py-1.5 ps-2.5 pe-1.5 shadow-float animate-rise"
    >
      <SignalKindIcon kind={first.kind} className="size-5 shrink-0 text-critical-text" />
      <PriorityMark priority={first.priority} />
      <button type="button" className="min-w-0 flex-1 text-start" onClick={() => onOpen(first)}>
        <span className="block truncate text-sm font-semibold">{first.title}</span>
        <span className="block truncate text-xs text-ink-faint">
          {placeWords(first.place) ?? t('noPlace')}
          {ringing.length > 1 ? ` · ${t('more', { count: ringing.length - 1 })}` : ''}
        </span>
      </button>
      <Duration from={first.receivedAt} targetMs={15_000} className="text-sm" />
      {onClaim ? (
        <Button look="critical" onClick={() => onClaim(first)}>
          {t('claim')}
          <ChordHint chord="a" />
        </Button>
      ) : null}
    </section>
  );
}
