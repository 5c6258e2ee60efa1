'use client';
import { ChevronDown, List } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useMemo, useState } from 'react';
import { live } from '@/components/live/live.ts';
import { useRecords } from '@/components/live/use-live.ts';
import { LegendMarkPicture } from '@/components/map/legend-mark.tsx';
import type { LegendEntry, MapLayer } from '@/components/map/map-layer.ts';
import { useTheme } from '@/components/shell/use-theme.ts';
import { Age } from '@/components/ui/age.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { serverNow } from '@/components/ui/clock.ts';
import { cn } from '@/components/ui/cn.ts';
import { isOpen } from '@/server/domain/incident.ts';
import { stationKinds } from '@/server/domain/station.ts';
import { isInForce } from '@/server/domain/warning.ts';
import { countKinds, type ListName } from './list-rows.ts';
import { isAbnormal } from './station-rows.ts';
import { useLayerChoice } from './use-layer-choice.ts';
import { useListName } from './use-list-name.ts';
import { useAlertRows, useStationRows, useVesselRows } from './use-map-rows.ts';

type Figures = { readonly count: number; readonly newestAt: number | null };
const newest = (times: Iterable<number | null>): number | null => {
  let last: number | null = null;
  for (const at of times) if (at !== null && (last === null || at > last)) last = at;
  return last;
};

/** How many things each layer has and how old the newest is; layers of the map's own making have none. */
function useFigures(): ReadonlyMap<string, Figures> {
  const records = useRecords(
    (all) => ({
      units: all.all('unit'),
      incidents: all.all('incident'),
      signals: all.all('signal'),
      warnings: all.all('warning'),
    }),
    { hz: 1 },
  );
  const alerts = useAlertRows();
  const vessels = useVesselRows();
  return useMemo(() => {
    const of = <T,>(all: readonly T[], at: (one: T) => number | null): Figures => ({
      count: all.length,
      newestAt: newest(all.map(at)),
    });
    const bodies = <T,>(all: ReadonlyMap<string, { readonly body: T }>) => Array.from(all.values(), ({ body }) => body);
    const { timeMs } = live.getUnitArrays();
    const seenAt = timeMs > 0 ? timeMs : null;
    return new Map<string, Figures>([
      ['units', { count: records.units.size, newestAt: seenAt }],
      ['incidents', of(bodies(records.incidents).filter(isOpen), (one) => one.changedAt)],
      [
        'signals',
        of(
          bodies(records.signals).filter((one) => one.state === 'open'),
          (one) => one.receivedAt,
        ),
      ],
      [
        'warnings',
        of(
          bodies(records.warnings).filter((one) => isInForce(one, serverNow())),
          (one) => one.sentAt,
        ),
      ],
      ['alerts', of(alerts, (one) => one.at)],
      // Far away they are counted among the units: none here does not mean none.
      ...(vessels.length === 0 && live.getTotals().length > 0
        ? []
        : [['vessels', { count: vessels.length, newestAt: vessels.length > 0 ? seenAt : null }] as const]),
    ]);
  }, [records, alerts, vessels]);
}

type RowProps = {
  label: string;
  shown: boolean;
  onShown: (shown: boolean) => void;
  figures: ReactNode;
  newestAt: number | null;
  list: (() => void) | null;
  legend?: readonly LegendEntry[];
};

function LayerRow({ label, shown, onShown, figures, newestAt, list, legend }: RowProps) {
  const t = useTranslations('console.layers');
  const [open, setOpen] = useState(false);
  return (
    <li>
      <div className="flex h-7 items-center gap-2">
        {/* biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is inside */}
        <label className="flex min-w-0 flex-1 items-center gap-2 text-sm">
          <Checkbox checked={shown} onCheckedChange={(on) => onShown(on === true)} />
          <span className="truncate font-medium">{label}</span>
        </label>
        <span className="figures shrink-0 text-xs text-ink-soft">{figures}</span>
        {newestAt === null ? null : <Age at={newestAt} className="w-20 shrink-0 text-end text-2xs text-ink-faint" />}
        {list ? (
          <Button
            look="quiet"
            size="icon-sm"
            aria-label={t('list', { name: label })}
            title={t('list', { name: label })}
            onClick={list}
          >
            <List />
          </Button>
        ) : (
          <span className="size-control-sm shrink-0" />
        )}
        {legend ? (
          <Button
            look="quiet"
            size="icon-sm"
            aria-expanded={open}
            aria-label={t('legend', { name: label })}
            title={t('legend', { name: label })}
            onClick={() => setOpen(!open)}
          >
            <ChevronDown className={cn('transition-transform', open && 'rotate-180')} />
          </Button>
        ) : (
          <span className="size-control-sm shrink-0" />
        )}
      </div>
      {legend && open ? <Legend entries={legend} /> : null}
    </li>
  );
}

function Legend({ entries }: { entries: readonly LegendEntry[] }) {
  const t = useTranslations();
  const theme = useTheme();
  return (
    <ul className="mb-1 grid grid-cols-2 gap-x-3 gap-y-0.5 ps-6.5 text-xs text-ink-soft">
      {entries.map((entry) => (
        <li key={entry.words} className={cn('flex items-center gap-1.5', entries.length === 1 && 'col-span-2')}>
          <LegendMarkPicture mark={entry.mark} theme={theme} />
          <span className="truncate">{t(entry.words as 'map.label')}</span>
        </li>
      ))}
    </ul>
  );
}

export type LayersPanelProps = { layers: readonly MapLayer[]; onList: (name: ListName) => void };

/** Every layer on or off, its legend, how much it has and how old, and the way to its list. */
export function LayersPanel({ layers, onList }: LayersPanelProps) {
  const t = useTranslations();
  const nameOf = useListName();
  const { choice, show, showKind } = useLayerChoice();
  const figures = useFigures();
  const rows = useStationRows();
  const kinds = useMemo(() => countKinds(rows), [rows]);
  const abnormal = useMemo(() => rows.filter(isAbnormal), [rows]);
  const stations = layers.find((layer) => layer.id === 'stations');
  const things = layers.filter((layer) => layer.legend.length > 0 && layer !== stations);
  const listOf = (id: string): ListName | null => (id === 'alerts' || id === 'vessels' ? id : null);

  return (
    <div className="flex flex-col gap-2">
      <section aria-label={t('console.layers.things')}>
        <h3 className="mb-1 text-xs text-ink-faint">{t('console.layers.things')}</h3>
        <ul>
          {[...things].reverse().map((layer) => {
            const shown = !choice.hidden.includes(layer.id);
            const of = figures.get(layer.id);
            const list = listOf(layer.id);
            return (
              <LayerRow
                key={layer.id}
                label={t(layer.words as 'map.label')}
                shown={shown}
                onShown={(on) => show(layer.id, on)}
                figures={of ? of.count : null}
                newestAt={of?.newestAt ?? null}
                list={list && (() => onList(list))}
                legend={layer.legend}
              />
            );
          })}
        </ul>
      </section>
      {rows.length > 0 ? (
        <section aria-label={t('console.layers.stations')} className="border-t border-line pt-2">
          <h3 className="mb-1 text-xs text-ink-faint">{t('console.layers.stations')}</h3>
          <ul>
            <LayerRow
              label={t('console.layers.abnormal')}
              shown={!choice.hidden.includes('stations')}
              onShown={(on) => show('stations', on)}
              figures={abnormal.length}
              newestAt={newest(abnormal.map((row) => row.newestAt))}
              list={() => onList('abnormal')}
              legend={stations?.legend}
            />
            {stationKinds.map((kind) => {
              const of = kinds.get(kind);
              return of ? (
                <LayerRow
                  key={kind}
                  label={nameOf(kind)}
                  shown={choice.kinds.includes(kind)}
                  onShown={(on) => showKind(kind, on)}
                  figures={
                    <>
                      {of.silent > 0 ? (
                        <span className="is-stale me-1.5 text-2xs">
                          {t('console.layers.silent', { count: of.silent })}
                        </span>
                      ) : null}
                      {of.abnormal > 0 ? `${of.abnormal}/${of.count}` : of.count}
                    </>
                  }
                  newestAt={of.newestAt}
                  list={() => onList(kind)}
                />
              ) : null;
            })}
          </ul>
        </section>
      ) : null}
    </div>
  );
}
