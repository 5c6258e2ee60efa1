'use client';
import { X } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useConnection, useReadings, useRecord, useRecords } from '@/components/live/use-live.ts';
import { ReadingStateMark } from '@/components/shell/marks/reading-state-mark.tsx';
import { SaidMark } from '@/components/shell/marks/said-mark.tsx';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { useReadingWords, withUnit } from '@/components/shell/use-reading-words.ts';
import { Age } from '@/components/ui/age.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { cn } from '@/components/ui/cn.ts';
import { Panel } from '@/components/ui/panel.tsx';
import { Empty, Loading } from '@/components/ui/states.tsx';
import type { LonLat } from '@/server/domain/place.ts';
import type { Measure, Station } from '@/server/domain/station.ts';
import type { ReadingNow, StationNow } from '@/server/wire/realtime.ts';

export type StationPanelProps = {
  id: string;
  onShow: (lonLat: LonLat) => void;
  onClose: () => void;
};

/** Lines of the register in its order, then what it does not know. */
export function linesOf(
  station: Station,
  now: StationNow | null,
): { property: string; measure: Measure | null; line: ReadingNow | null }[] {
  const readings = new Map(now?.readings.map((line) => [line.property, line]));
  const measured = station.measures.map((measure) => ({
    property: measure.property,
    measure,
    line: readings.get(measure.property) ?? null,
  }));
  const known = new Set(station.measures.map(({ property }) => property));
  const measureOf = (property: string) =>
    station.measures.find((measure) => property.startsWith(`${measure.property}:`)) ?? null;
  const others = [...readings.values()]
    .filter((line) => !known.has(line.property))
    .map((line) => ({ property: line.property, measure: measureOf(line.property), line }));
  // What is said part by part is not said as a whole.
  const inParts = (property: string) => others.some((other) => other.property.startsWith(`${property}:`));
  return [...measured.filter(({ property, line }) => line !== null || !inParts(property)), ...others];
}

function ReadingLine({ property, measure, line }: ReturnType<typeof linesOf>[number]) {
  const t = useTranslations();
  const words = useReadingWords();
  const unit = line?.unit ?? measure?.unit ?? null;
  const maximum = line?.maximum ?? measure?.maximum ?? null;
  return (
    <li className="flex flex-col gap-1 border-b border-line px-3 py-2">
      <div className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 truncate text-sm">{words.property(property)}</span>
        {line && line.state !== 'normal' ? <ReadingStateMark state={line.state} /> : null}
        <SaidMark said={line?.said} />
        {line && line.quality !== 'good' ? <Badge tone="neutral">{t(`domain.quality.${line.quality}`)}</Badge> : null}
        <span
          className={cn(
            'figures text-base font-semibold',
            line?.freshness === 'late' && 'is-late',
            line?.freshness === 'stale' && 'text-ink-faint',
          )}
        >
          {line?.value == null ? '—' : withUnit(line.value, unit)}
        </span>
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-xs text-ink-faint">
        {maximum === null ? null : (
          <span className="figures">{t('console.station.maximum', { value: withUnit(maximum, unit) })}</span>
        )}
        {measure?.thresholds.map((of) => (
          <span key={`${of.level}${of.when}${of.value}`} title={of.source ?? undefined} className="figures">
            {t(`domain.readingState.${of.level}`)}{' '}
            {t(`console.station.${of.when}`, { value: withUnit(of.value, unit) })}
          </span>
        ))}
        <span className="ms-auto inline-flex items-center gap-1.5">
          {line && line.freshness !== 'fresh' ? (
            <span className={cn(line.freshness === 'stale' && 'is-stale')}>
              {t(`domain.freshness.${line.freshness}`)}
            </span>
          ) : null}
          {line ? <Age at={line.observedAt ?? line.receivedAt} /> : null}
        </span>
      </div>
    </li>
  );
}

/** One station: what it reads now, against which thresholds, how old and from where. */
export function StationPanel({ id, onShow, onClose }: StationPanelProps) {
  const t = useTranslations();
  const words = useCodeWords();
  const ready = useConnection().position !== null;
  const station = useRecord('station', id)?.body ?? null;
  const now = useReadings((readings) => readings.get(id), { equal: Object.is });
  const feedTitle = useRecords((records) => (now ? (records.get('feed', now.feed)?.body.title ?? null) : null));
  useHotkeys([{ chord: 'escape', label: t('ui.close'), group: t('console.keys.title'), run: onClose }]);
  if (!station && !ready) return <Loading className="flex-1" />;
  if (!station)
    return (
      <Empty title={t('console.gone.station')} className="flex-1">
        <Button onClick={onClose}>{t('ui.close')}</Button>
      </Empty>
    );
  const lines = linesOf(station, now);
  const { lonLat } = station;
  const facts = [
    [t('console.station.department'), words.department(station.department)],
    [t('console.station.address'), station.address],
    [t('console.station.id'), station.id],
    [
      t('console.station.source'),
      now && (now.feed === 'history' ? t('console.station.history') : (feedTitle ?? now.feed)),
    ],
  ] as const;
  return (
    <Panel
      label={station.name}
      title={station.name}
      aside={
        <>
          {now && now.state !== 'normal' ? <ReadingStateMark state={now.state} /> : null}
          <Button look="quiet" size="icon-sm" aria-label={t('ui.close')} onClick={onClose}>
            <X />
          </Button>
        </>
      }
      className="flex-1"
    >
      <div className="flex shrink-0 flex-wrap items-center gap-1.5 border-b border-line px-3 py-2 text-xs text-ink-soft">
        <span>{t(`domain.stationKind.${station.kind}`)}</span>
        <span className="text-ink-faint">
          {station.expectedIntervalS === null
            ? t('console.station.event')
            : t('console.station.interval', { minutes: Math.round(station.expectedIntervalS / 6) / 10 })}
        </span>
        {station.demo ? <Badge tone="neutral">{t('console.station.demo')}</Badge> : null}
        <span className="ms-auto flex gap-1.5">
          {lonLat ? (
            <Button size="sm" onClick={() => onShow([lonLat[0], lonLat[1]])}>
              {t('incident.show')}
            </Button>
          ) : null}
          <Button asChild size="sm">
            <Link href={`/stations/${encodeURIComponent(station.id)}`} prefetch={false}>
              {t('console.station.page')}
            </Link>
          </Button>
        </span>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {now === null ? <p className="px-3 py-2 text-sm text-ink-faint">{t('console.station.noReadings')}</p> : null}
        <ul>
          {lines.map((line) => (
            <ReadingLine key={line.property} {...line} />
          ))}
        </ul>
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 px-3 py-2.5 text-xs">
          {facts.map(([name, value]) =>
            value ? (
              <div key={name} className="contents">
                <dt className="text-ink-faint">{name}</dt>
                <dd className="break-all text-ink-soft">{value}</dd>
              </div>
            ) : null,
          )}
        </dl>
      </div>
    </Panel>
  );
}
