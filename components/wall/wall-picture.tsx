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
  const records = useRecords((all) => ({ incidents: all.all('incident'), departments: all.all('department'), feeds: all.all('feed'), warnings: all.all('warning') }));
  const upright = panel.heightPx > panel.widthPx;
  const em = wallEm(panel, language);
  const drift = driftAt(now);
  const inForce = Array.from(records.warnings.values(), (held) => held.body).filter((of) => isInForce(of, now));
  const { turn } = turns;
  return (
    <main
      style={{ fontSize: em, transform: `translate(${drift.x}px, ${drift.y}px)` }}
      className={cn('absolute inset-0 grid gap-[0.35em] p-[0.4em]', upright ? 'grid-cols-1 grid-rows-[auto_minmax(0,1fr)_minmax(0,1.1fr)_auto]' : 'grid-rows-[auto_minmax(0,1fr)_auto]')}
    >
      <WallHead />
      <div className={cn('grid min-h-0 gap-[0.6em]', upright ? 'contents' : 'grid-cols-[minmax(0,1fr)_minmax(0,1fr)]')}>
        <div className="min-h-0 overflow-hidden rounded-[0.15em] border-[0.04em] border-line" style={{ fontSize: 16 }}>
          <WallMap scale={Math.round(mapScale(panel) * 4) / 4} minute={Math.floor(now / 60_000)} />
        </div>
        <WallIncidents incidents={Array.from(records.incidents.values(), (held) => held.body)} turn={turn} />
      </div>
      <div className={cn('grid gap-x-[0.8em] gap-y-[0.2em]', upright ? 'grid-cols-2' : 'grid-cols-[1.15fr_1fr_1fr]')}>
        <WallDepartments className="h-[4.2em]" departments={Array.from(records.departments.values(), (held) => held.body)} turn={turn} columns={upright ? 1 : 2} />
        <WallWarnings className="h-[4.2em]" warnings={inForce} turn={turn} />
        <WallFeeds className={cn('h-[4.2em]', upright && 'col-span-2')} feeds={Array.from(records.feeds.values(), (held) => held.body)} turn={turn} columns={1} />
      </div>
      <WallLost />
      <WallControls turns={turns} />
    </main>
  );
}
