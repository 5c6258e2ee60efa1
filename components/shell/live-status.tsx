'use client';
import { CircleAlert, RefreshCw, Unplug } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { live } from '@/components/live/live.ts';
import { useConnection } from '@/components/live/use-live.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { setServerOffset } from '@/components/ui/clock.ts';
import { Duration } from '@/components/ui/duration.tsx';
import { refusalOf } from './refusal.ts';
import { useTRPCClient } from './trpc.ts';
import { useFormats } from './use-formats.ts';

/** Starts the live side of this window once, and keeps the page's clock on the server's. */
export function useLiveLink(): void {
  const client = useTRPCClient();
  const { clockOffsetMs } = useConnection();
  useEffect(() => {
    live.start({
      holdsSession: () =>
        client.session.me.query().then(
          () => true,
          (error: unknown) => refusalOf(error)?.refused !== 'signed_out',
        ),
    });
    return () => live.stop();
  }, [client]);
  useEffect(() => setServerOffset(clockOffsetMs ?? 0), [clockOffsetMs]);
}

/** One quiet word while all is well. */
export function LiveChip() {
  const t = useTranslations('shell.link');
  const { state } = useConnection();
  if (state === 'live')
    return (
      <span className="inline-flex items-center gap-1.5 text-xs text-ink-faint">
        <span aria-hidden className="size-1.5 rounded-full bg-good" />
        {t('live')}
      </span>
    );
  if (state === 'lost' || state === 'signed-out')
    return (
      <Badge tone="critical" filled>
        <Unplug aria-hidden />
        {t(state)}
      </Badge>
    );
  return (
    <Badge tone="caution">
      <RefreshCw aria-hidden className="animate-turn" />
      {t(state)}
    </Badge>
  );
}

/** Across the page, at once and in words: what is shown is old, since when, and that nobody has to do anything. */
export function LinkBanner() {
  const t = useTranslations('shell.link');
  const formats = useFormats();
  const { state, lostSince, lastHeardAt, attempts, recordsDelayedSince } = useConnection();
  if (state === 'lost' && lostSince !== null)
    return (
      <div
        role="alert"
        className="flex shrink-0 items-center gap-2 bg-critical px-3 py-1.5 text-sm font-medium text-critical-ink"
      >
        <Unplug className="size-4 shrink-0" aria-hidden />
        <span>
          {t('lostFor')} <Duration from={lostSince} />
        </span>
        <span className="font-normal">
          {t('lostHint', { time: lastHeardAt === null ? '—' : formats.time(lastHeardAt), attempts })}
        </span>
      </div>
    );
  if (recordsDelayedSince !== null)
    return (
      <div
        role="alert"
        className="flex shrink-0 items-center gap-2 bg-serious px-3 py-1.5 text-sm font-medium text-serious-ink"
      >
        <CircleAlert className="size-4 shrink-0" aria-hidden />
        {t('recordsDelayed', { time: formats.time(recordsDelayedSince) })}
      </div>
    );
  return null;
}
