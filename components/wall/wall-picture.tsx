'use client';
import { useRecords } from '@/components/live/use-live.ts';
import { useNow } from '@/components/ui/clock.ts';
import { cn } from '@/components/ui/cn.ts';
import { isInForce } from '@/server/domain/warning.ts';
import { useTurns } from './use-turns.ts';
import { WallControls } from './wall-controls.tsx';
import { WallHead } from './wall-head.tsx';
import { WallDepartments, WallFeeds, WallIncidents, WallWarnings } from './wall-lists.tsx';
import { WallLost } from './wall-lost.tsx';
import { WallMap } from './wall-map.tsx';
import { driftAt, mapScale, type Panel, wallEm } from './wall-scale.ts';

/** Everything is measured in ems of the wall, so that one layout holds on every panel, lying or upright. */
export function WallPicture({ panel, language }: { panel: Panel; language: 'zh' | 'en' }) {
  const now = useNow() ?? 0;
  const turns = useTurns();
  const records = useRecords((all) => ({
    incidents: all.all('incident'),
    departments: all.all('department'),
    feeds: all.all('feed'),
    warnings: all.all('warning'),
  }));
  const upright = panel.heightPx > panel.widthPx;
  const em = wallEm(panel, language);
  const drift = driftAt(now);
  const inForce = Array.from(records.warnings.values(), (held) => held.body).filter((of) => isInForce(of, now));
  const { turn } = turns;
  /** Two rows of Chinese short names hold all ten departments; English words are longer and smaller. */
  const stripHeight =
    language === 'zh' ? (upright ? 'h-[5.25em]' : 'h-[3.95em]') : upright ? 'h-[6.5em]' : 'h-[5.25em]';
  return (
    <main
      style={{ fontSize: em, transform: `translate(${drift.x}px, ${drift.y}px)` }}
      className={cn(
        'absolute inset-0 grid gap-x-[0.6em] gap-y-[0.25em] px-[0.4em] py-[0.3em]',
        upright
          ? 'grid-cols-1 grid-rows-[auto_minmax(0,1fr)_auto_6.4em_auto]'
          : 'grid-cols-[minmax(0,1fr)_minmax(0,1.05fr)] grid-rows-[auto_minmax(0,1fr)_auto_auto]',
      )}
    >
      <div className={cn(!upright && 'col-span-2')}>
        <WallHead upright={upright} />
      </div>
      <div className="min-h-0 overflow-hidden rounded-[0.15em] border-[0.04em] border-line">
        <div className="size-full text-base">
          <WallMap scale={Math.round(mapScale(panel) * 4) / 4} minute={Math.floor(now / 60_000)} />
        </div>
      </div>
      <WallWarnings className={cn(!upright && 'col-start-1 row-start-3')} warnings={inForce} turn={turn} />
      <WallIncidents
        className={cn(!upright && 'col-start-2 row-span-2 row-start-2')}
        incidents={Array.from(records.incidents.values(), (held) => held.body)}
        turn={turn}
      />
      <div
        className={cn(
          'grid gap-x-[0.8em]',
          upright
            ? 'grid-cols-1'
            : language === 'zh'
              ? 'col-span-2 grid-cols-[1.7fr_1fr]'
              : 'col-span-2 grid-cols-[2fr_1fr]',
        )}
      >
        <WallDepartments
          className={stripHeight}
          departments={Array.from(records.departments.values(), (held) => held.body)}
          turn={turn}
          columns={language === 'zh' ? (upright ? 4 : 5) : upright ? 3 : 4}
        />
        <WallFeeds
          className={upright ? 'h-[3.95em]' : stripHeight}
          feeds={Array.from(records.feeds.values(), (held) => held.body)}
          turn={turn}
          columns={language === 'zh' ? 3 : 2}
        />
      </div>
      <WallLost />
      <WallControls turns={turns} />
    </main>
  );
}
