'use client';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { useRefusalWords } from '@/components/shell/use-refusal-words.ts';
import { Empty, Failed, Loading } from '@/components/ui/states.tsx';
import { Tabs } from '@/components/ui/tabs.tsx';
import { ClockReview } from './clock-review.tsx';
import { LogTable } from './log-table.tsx';
import { momentOf } from './moment.ts';
import { MomentTable } from './moment-table.tsx';
import { OrderTable } from './order-table.tsx';
import { incidentAt, neighbour, spanOf } from './replay.ts';
import { ReplayMap } from './replay-map.tsx';
import { ReviewHead } from './review-head.tsx';
import { SignalTable } from './signal-table.tsx';
import { TimeSlider } from './time-slider.tsx';
import { coverage } from './tracks.ts';
import { UnitTable } from './unit-table.tsx';
import { usePlayer } from './use-player.ts';
import { usePrintLight } from './use-print-light.ts';
import { useReview } from './use-review.ts';

const tabNames = ['log', 'clocks', 'units', 'orders', 'signals', 'moment'] as const;
const noTracks = { tracks: [], units: [] } as const;

/** One incident as the log has it: at its end in tables, at any moment on the map. It changes nothing. */
export function Review({ incident: id }: { incident: string }) {
  const t = useTranslations('review');
  const refusalWords = useRefusalWords();
  const review = useReview(id);
  const { incident, replay, signals } = review;
  const [tab, setTab] = useState<(typeof tabNames)[number]>('log');
  const span = useMemo(() => spanOf(replay, review.tracks), [replay, review.tracks]);
  const player = usePlayer(span);
  const then = incidentAt(replay, player.at);
  const { tracks, units } = review.tracks ?? noTracks;
  const moment = useMemo(() => momentOf(units, tracks, then, player.at), [units, tracks, then, player.at]);
  const lanes = useMemo(
    () =>
      tracks.map((track) => ({
        id: track.subject,
        name: units.find((unit) => unit.id === track.subject)?.callSign ?? track.subject,
        stretches: coverage(track),
      })),
    [tracks, units],
  );
  const go = (by: 1 | -1) => player.seek(neighbour(replay, player.at, by) ?? (by > 0 ? span.to : span.from));
  usePrintLight();
  useHotkeys([
    {
      chord: 'p',
      label: player.playing ? t('player.pause') : t('player.play'),
      group: t('player.title'),
      run: player.toggle,
    },
    {
      chord: 'arrowright',
      label: t('player.forward', { seconds: 10 }),
      group: t('player.title'),
      run: () => player.step(10_000),
    },
    {
      chord: 'arrowleft',
      label: t('player.backward', { seconds: 10 }),
      group: t('player.title'),
      run: () => player.step(-10_000),
    },
    {
      chord: 'shift+arrowright',
      label: t('player.forward', { seconds: 60 }),
      group: t('player.title'),
      run: () => player.step(60_000),
    },
    {
      chord: 'shift+arrowleft',
      label: t('player.backward', { seconds: 60 }),
      group: t('player.title'),
      run: () => player.step(-60_000),
    },
    { chord: '.', label: t('player.next'), group: t('player.title'), run: () => go(1) },
    { chord: ',', label: t('player.previous'), group: t('player.title'), run: () => go(-1) },
    { chord: 'home', label: t('player.start'), group: t('player.title'), run: () => player.seek(span.from) },
    { chord: 'end', label: t('player.end'), group: t('player.title'), run: () => player.seek(span.to) },
    ...tabNames.map((name, index) => ({
      chord: String(index + 1),
      label: t(`tab.${name}`),
      group: t('title'),
      run: () => setTab(name),
    })),
  ]);

  if (!incident)
    return (
      <>
        <h1 className="sr-only">{t('title')}</h1>
        {review.failed ? (
          <Failed
            title={review.refused ? refusalWords(review.refused).text : undefined}
            onRetry={review.refused ? undefined : review.retry}
          />
        ) : (
          <Loading />
        )}
      </>
    );
  const panels = {
    log: <LogTable of={incident} replay={replay} from={span.from} at={player.at} onSeek={player.seek} />,
    clocks: <ClockReview cycles={incident.cycles} at={player.at} />,
    units: <UnitTable assignments={incident.assignments} />,
    orders: <OrderTable orders={incident.orders} />,
    signals: <SignalTable signals={signals} />,
    moment: <MomentTable moment={moment} at={player.at} />,
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col print:block">
      <ReviewHead of={incident} replay={replay} now={then} />
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_minmax(26rem,42%)] print:hidden">
        <div className="flex min-h-0 min-w-0 flex-col">
          <div className="relative min-h-0 flex-1">
            {review.tracksLoading ? (
              <Loading className="h-full" />
            ) : (
              <ReplayMap incident={then} moment={moment} tracks={tracks} at={player.at} place={incident.place.lonLat} />
            )}
            {review.mayTrack && !review.tracksFailed ? null : (
              <div className="absolute inset-x-3 top-3 rounded-md border border-line bg-panel">
                {review.mayTrack ? (
                  <Failed className="py-3" title={t('map.failed')} onRetry={review.retryTracks} />
                ) : (
                  <Empty className="py-3" title={t('map.mayNot')} />
                )}
              </div>
            )}
          </div>
          <TimeSlider
            player={player}
            span={span}
            marks={replay.entries.map((entry) => entry.recordedAt)}
            lanes={lanes}
            onNeighbour={go}
          />
        </div>
        <Tabs
          className="border-s border-line bg-panel"
          label={t('title')}
          value={tab}
          onValueChange={setTab}
          tabs={tabNames.map((value) => ({ value, label: t(`tab.${value}`), panel: panels[value] }))}
        />
      </div>
      <div className="hidden print:block">
        {tabNames.map((name) => (
          <section key={name} className="pt-4">
            <h2 className="px-2.5 text-sm font-semibold">{t(`tab.${name}`)}</h2>
            {panels[name]}
          </section>
        ))}
      </div>
    </div>
  );
}
