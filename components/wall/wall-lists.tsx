'use client';
import { useLocale, useTranslations } from 'next-intl';
import { useFeedWords } from '@/components/feeds/use-feed-words.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { presenceOf, stationedOf } from '@/components/stationing/presence.ts';
import { PresenceMark } from '@/components/stationing/presence-mark.tsx';
import { cn } from '@/components/ui/cn.ts';
import { Duration } from '@/components/ui/duration.tsx';
import { stationedDepartments } from '@/server/domain/department.ts';
import type { Feed } from '@/server/domain/feed.ts';
import type { Incident } from '@/server/domain/incident.ts';
import type { Department } from '@/server/domain/presence.ts';
import type { Warning } from '@/server/domain/warning.ts';
import { PageMark } from './page-mark.tsx';
import { PagedList } from './paged-list.tsx';
import { pageAt, pageCount } from './pages.ts';
import { publicPlace } from './public-place.ts';
import { incidentBegan, wallIncidents } from './wall-incidents.ts';
import { WallFeedState, WallPennant, WallPriority } from './wall-marks.tsx';
import { warningGroups } from './warning-groups.ts';

/** Cuts a long line without cutting off what hangs below it (g, y): a wall's lines stand close. */
const cut = 'min-w-0 flex-1 [overflow-x:clip] [overflow-y:visible] text-ellipsis whitespace-nowrap';

type Paged = { turn: number; className?: string };

export function WallIncidents({ incidents, turn, className }: Paged & { incidents: Iterable<Incident> }) {
  const t = useTranslations();
  const codes = useCodeWords();
  const rows = wallIncidents(incidents);
  return (
    <PagedList
      className={className}
      label={t('wall.incidents')}
      title={t('wall.incidentsCount', { count: rows.length })}
      rows={rows}
      keyOf={(of) => of.id}
      turn={turn}
      rowEm={2.44}
      empty={t('wall.noIncidents')}
      render={(of) => (
        <div className="h-full border-t-[0.04em] border-line pt-[0.06em] leading-[1.18]">
          <p className="flex items-center gap-[0.4em]">
            <WallPriority priority={of.priority} />
            {/* Titles are typed by people and may name somebody; the type never does. */}
            {of.major ? (
              <span className="shrink-0 font-semibold text-critical-text">■ {t('room.upgrade.mark')}</span>
            ) : null}
            <span className={cn(cut, 'font-semibold')}>{codes.incidentKind(of.kind) ?? t('wall.untyped')}</span>
            <Duration from={incidentBegan(of)} className="shrink-0 text-[0.85em] text-ink" />
          </p>
          <p className="flex items-center gap-[0.4em] text-ink-soft">
            <span className={cn('shrink-0', of.state === 'received' && 'font-semibold text-caution-text')}>
              {t(`domain.incidentState.${of.state}`)}
            </span>
            {of.reality === 'actual' ? null : (
              <span className="shrink-0 font-semibold text-notice-text">{t(`domain.reality.${of.reality}`)}</span>
            )}
            <span className={cut}>{publicPlace(of.place.text) || t('wall.noPlace')}</span>
          </p>
        </div>
      )}
    />
  );
}

export function WallDepartments({
  departments,
  turn,
  columns,
  className,
}: Paged & { departments: Iterable<Department>; columns: number }) {
  const t = useTranslations();
  const codes = useCodeWords();
  const locale = useLocale();
  const short = useShortWords();
  const rows = stationedOf(departments, stationedDepartments);
  const present = rows.filter((of) => presenceOf(of) === 'present').length;
  return (
    <PagedList
      className={className}
      label={t('wall.departments')}
      title={t('wall.departmentsCount', { present, all: rows.length })}
      rows={rows}
      keyOf={(of) => of.id}
      turn={turn}
      rowEm={1.27}
      columns={columns}
      empty={t('wall.waiting')}
      render={(of) => {
        const state = presenceOf(of);
        return (
          <p
            className={cn('flex h-full items-center gap-[0.22em]', state === 'present' ? 'text-ink' : 'text-ink-soft')}
          >
            <PresenceMark state={state} bare className={cn(state === 'vacant' && '[&_svg]:text-ink-soft')} />
            <span className={cut}>
              {short(
                'department',
                of.id,
                of.name?.short?.[locale === 'en' ? 'en' : 'zh-CN'] ?? codes.department(of.id) ?? '',
              )}
            </span>
          </p>
        );
      }}
    />
  );
}

/** What has never spoken is nobody's trouble on a wall, and no reason for comfort: last, and not counted as well. */
const worst = ['down', 'stale', 'late', 'online', 'unknown'];

export function WallFeeds({ feeds, turn, columns, className }: Paged & { feeds: readonly Feed[]; columns: number }) {
  const t = useTranslations();
  const words = useFeedWords();
  const short = useShortWords();
  const rows = [...feeds].sort((a, b) => worst.indexOf(a.state) - worst.indexOf(b.state) || a.id.localeCompare(b.id));
  const bad = rows.filter((of) => of.state === 'down' || of.state === 'stale' || of.state === 'late').length;
  const well = rows.filter((of) => of.state === 'online').length;
  return (
    <PagedList
      className={className}
      label={t('wall.feeds')}
      title={
        <span className={cn(bad > 0 && 'font-semibold text-serious-text')}>
          {bad ? t('wall.feedsBad', { bad, all: rows.length }) : t('wall.feedsWell', { well, all: rows.length })}
        </span>
      }
      rows={rows}
      keyOf={(of) => of.id}
      turn={turn}
      rowEm={1.27}
      columns={columns}
      empty={t('wall.waiting')}
      render={(of) => (
        <p className="flex h-full items-center gap-[0.22em]">
          <WallFeedState state={of.state} />
          <span className={cut}>{short('feed', of.id, words.title(of.id, of.title))}</span>
          <span className="sr-only">{t(`domain.feedState.${of.state}`)}</span>
        </p>
      )}
    />
  );
}

export function WallWarnings({ warnings, turn, className }: Paged & { warnings: readonly Warning[] }) {
  const t = useTranslations();
  // A test of the line is for engineers; an exercise is shown as one and is no warning that counts.
  const rows = warningGroups(warnings.filter((one) => one.reality !== 'test'));
  const actual = warnings.filter((one) => one.reality === 'actual').length;
  const page = pageAt(turn, pageCount(rows.length, 1));
  const of = rows[page];
  return (
    <section
      aria-label={t('wall.warnings')}
      className={cn('flex h-[1.4em] min-w-0 items-center gap-[0.4em] leading-[1.2]', className)}
    >
      <h2 className="shrink-0 text-ink-soft">
        {actual ? t('wall.warningsCount', { count: actual }) : t('wall.noWarnings')}
      </h2>
      {of ? (
        <p className="flex min-w-0 flex-1 items-center gap-[0.3em]">
          <WallPennant colour={of.colour} />
          <span className="sr-only">{of.colour ? t(`domain.warningColour.${of.colour}`) : ''}</span>
          {of.reality === 'actual' ? null : (
            <span className="shrink-0 font-semibold text-notice-text">{t(`domain.reality.${of.reality}`)}</span>
          )}
          <span className={cn(cut, 'font-semibold')}>{of.event}</span>
          {of.count > 1 ? <span className="figures shrink-0 text-ink-soft">×{of.count}</span> : null}
        </p>
      ) : null}
      <PageMark page={page} pages={rows.length} />
    </section>
  );
}

/** Words short enough for a wall; the full one where none was agreed. */
function useShortWords() {
  const t = useTranslations('wall.short');
  return (branch: 'department' | 'feed', id: string, full: string): string => {
    const key = `${branch}.${id}` as 'department.police';
    return t.has(key) ? t(key) : full;
  };
}
