'use client';
import { ArrowLeft, MapPin } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useRecords } from '@/components/live/use-live.ts';
import { DemoTag } from '@/components/shell/demo-tag.tsx';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { Age } from '@/components/ui/age.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { freshnessLimits } from './freshness-limits.ts';
import { LocatorMap } from './locator-map.tsx';
import { isJudged, type StationLine } from './station-lines.ts';
import { FreshnessMark, ReadingStateMark } from './station-marks.tsx';

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-0.5">
      <dt className="text-2xs text-ink-faint">{label}</dt>
      <dd className="text-sm">{children}</dd>
    </div>
  );
}

/** Who it is, where it stands, and how fresh what it says is. */
export function StationHead({ line, actions }: { line: StationLine; actions: ReactNode }) {
  const t = useTranslations('stations');
  const words = useTranslations('domain');
  const codes = useCodeWords();
  const { entry } = line;
  const describedBy = entry?.describedBy ?? null;
  const feedTitle = useRecords((all) =>
    describedBy === null ? null : (all.get('feed', describedBy)?.body.title ?? null),
  );
  const interval = entry?.expectedIntervalS ?? null;
  return (
    <header className="flex items-start gap-4 border-b border-line bg-panel px-4 py-3">
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <div className="flex flex-wrap items-center gap-2">
          <Button look="quiet" size="icon-sm" asChild>
            <Link href="/stations" prefetch={false} aria-label={t('back')}>
              <ArrowLeft aria-hidden />
            </Link>
          </Button>
          <h1 className="text-lg font-semibold">{line.name}</h1>
          {entry?.demo ? <DemoTag /> : null}
          {entry ? null : <Badge tone="caution">{t('unregistered')}</Badge>}
          <ReadingStateMark state={line.state} />
          {isJudged(line) ? <FreshnessMark freshness={line.freshness} /> : null}
          <span className="ms-auto flex flex-wrap gap-2">{actions}</span>
        </div>
        <dl className="flex flex-wrap gap-x-8 gap-y-2">
          <Fact label={t('field.kind')}>{entry ? words(`stationKind.${entry.kind}`) : '—'}</Fact>
          <Fact label={t('field.department')}>{codes.department(line.department) ?? t('noDepartment')}</Fact>
          <Fact label={t('field.id')}>
            <span className="font-mono text-xs break-all">{line.id}</span>
          </Fact>
          <Fact label={t('field.place')}>
            {entry?.lonLat ? (
              <span className="flex flex-wrap items-center gap-x-2">
                {entry.address ? <span>{entry.address}</span> : null}
                <span className="figures text-xs text-ink-faint">
                  {entry.lonLat[0].toFixed(5)}, {entry.lonLat[1].toFixed(5)}
                </span>
                <Link
                  href={`/?open=station/${encodeURIComponent(line.id)}`}
                  prefetch={false}
                  className="inline-flex items-center gap-1 text-xs text-accent-text hover:underline"
                >
                  <MapPin className="size-3.5" aria-hidden />
                  {t('onMap')}
                </Link>
              </span>
            ) : (
              <span>{entry?.address || t('noPlace')}</span>
            )}
          </Fact>
          {entry && entry.verticalDatum !== 'unknown' ? (
            <Fact label={t('field.verticalDatum')}>{t(`datum.${entry.verticalDatum}`)}</Fact>
          ) : null}
          <Fact label={t('field.expectedIntervalS')}>
            {interval === null ? t(entry ? 'onEvent' : 'unknownInterval') : t('everyS', { value: interval })}
          </Fact>
          {entry?.describedBy ? (
            <Fact label={t('describedBy')}>
              <span title={t('describedByHint')}>{feedTitle ?? entry.describedBy}</span>
            </Fact>
          ) : null}
          <Fact label={t('lastHeard')}>
            {line.newestAt === null ? (
              <span className="text-ink-faint">{t('neverHeard')}</span>
            ) : (
              <Age at={line.newestAt} {...freshnessLimits(interval)} />
            )}
          </Fact>
        </dl>
      </div>
      {entry?.lonLat ? <LocatorMap lonLat={entry.lonLat} label={t('locator', { name: line.name })} /> : null}
    </header>
  );
}
