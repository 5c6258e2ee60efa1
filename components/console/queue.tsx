'use client';
import { Plus, RefreshCw, Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type Ref, useMemo, useState } from 'react';
import { ChordHint } from '@/components/shell/keyboard-help.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Panel } from '@/components/ui/panel.tsx';
import { Empty, Loading } from '@/components/ui/states.tsx';
import { Toggle, ToggleGroup } from '@/components/ui/toggle.tsx';
import { VirtualList } from '@/components/ui/virtual-list.tsx';
import { type Priority, priorities } from '@/server/domain/scale.ts';
import { listed } from './queue-hold.ts';
import { type Me, noFilter, type QueueFilter, type QueueRow, sectionOf } from './queue-order.ts';
import { QueueRowView } from './queue-row.tsx';
import { useHeldOrder } from './use-held-order.ts';

export type QueueProps = {
  rows: readonly QueueRow[];
  me: Me;
  /** Open things by priority, whatever the filter says. */
  counts: Readonly<Record<Priority, number>>;
  ready: boolean;
  filter: QueueFilter;
  onFilter: (filter: QueueFilter) => void;
  opened: string | null;
  onOpen: (key: string) => void;
  onNew: (() => void) | null;
  listRef: Ref<HTMLDivElement>;
  searchRef: Ref<HTMLInputElement>;
};

/** Signals and incidents in one list: priority, then the clock. */
export function Queue({
  rows,
  me,
  counts,
  ready,
  filter,
  onFilter,
  opened,
  onOpen,
  onNew,
  listRef,
  searchRef,
}: QueueProps) {
  const t = useTranslations('console.queue');
  const [active, setActive] = useState<string | null>(null);
  const next = useMemo(() => listed(rows, (row) => sectionOf(row, me)), [rows, me]);
  const order = useHeldOrder(next, filter);
  const begins = (at: number) => order.rows[at]?.section !== order.rows[at - 1]?.section;
  const newest = order.fresh[0];
  const change = (part: Partial<QueueFilter>) => onFilter({ ...filter, ...part });
  const filtered = filter.text !== '' || filter.priority !== null || filter.show !== noFilter.show;
  return (
    <Panel
      label={t('title')}
      title={
        <>
          {t('title')} <span className="figures ms-1 font-normal text-ink-faint">{rows.length}</span>
        </>
      }
      aside={
        onNew ? (
          <Button size="sm" look="primary" onClick={onNew}>
            <Plus aria-hidden />
            {t('new')}
            <ChordHint chord="n" />
          </Button>
        ) : null
      }
      className="h-full border-e border-line"
    >
      <div className="flex shrink-0 flex-col gap-1.5 border-b border-line px-2.5 py-2">
        <div className="relative">
          <Search
            className="pointer-events-none absolute start-2.5 top-1/2 size-4 -translate-y-1/2 text-ink-faint"
            aria-hidden
          />
          <Input
            ref={searchRef}
            type="search"
            className="ps-8"
            aria-label={t('search')}
            placeholder={t('search')}
            value={filter.text}
            onChange={(event) => change({ text: event.target.value })}
          />
        </div>
        <ToggleGroup
          label={t('show')}
          className="w-full [&>button]:flex-1 [&>button]:justify-center"
          value={filter.show}
          onValueChange={(show) => change({ show })}
          choices={(['open', 'waiting', 'mine', 'all'] as const).map((value) => ({
            value,
            label: t(`shows.${value}`),
          }))}
        />
        <fieldset aria-label={t('priorities')} className="flex gap-1">
          {priorities.map((value) => (
            <Toggle
              key={value}
              pressed={filter.priority === value}
              onPressedChange={(on) => change({ priority: on ? value : null })}
              className="flex-1 justify-center"
            >
              <span className="font-semibold">{value}</span>
              <span className="figures text-ink-faint">{counts[value]}</span>
            </Toggle>
          ))}
        </fieldset>
      </div>
      <div ref={listRef} className="relative flex min-h-0 flex-1 flex-col" {...order.hold}>
        {ready ? (
          <VirtualList
            label={t('title')}
            rows={order.rows}
            keyOf={(row) => row.key}
            rowRem={(_row, at) => (begins(at) ? 5 : 3.5)}
            active={active}
            onActive={setActive}
            onOpen={onOpen}
            render={(place, state) => {
              const at = order.rows.indexOf(place);
              return (
                <div className="flex h-full flex-col">
                  {begins(at) ? (
                    <p className="flex h-6 shrink-0 items-center justify-between border-b border-line bg-sunken px-3 text-2xs text-ink-soft">
                      <span>{t(`sections.${place.section}`)}</span>
                      <span className="figures">
                        {order.rows.filter((one) => one.section === place.section).length}
                      </span>
                    </p>
                  ) : null}
                  <div className="min-h-0 flex-1">
                    {place.row ? (
                      <QueueRowView row={place.row} active={state.active} open={place.key === opened} />
                    ) : (
                      <p className="flex h-full items-center border-b border-line px-3 text-xs text-ink-faint">
                        {t('gone')}
                      </p>
                    )}
                  </div>
                </div>
              );
            }}
            empty={
              <Empty title={t(filtered ? 'nothingFound' : 'nothingOpen')}>
                {filtered ? (
                  <Button size="sm" onClick={() => onFilter(noFilter)}>
                    {t('clearFilter')}
                  </Button>
                ) : null}
              </Empty>
            }
          />
        ) : (
          <Loading className="flex-1" />
        )}
      </div>
      {/* Always as high, so that nothing moves when something waits. */}
      <div className="flex h-9 shrink-0 items-center gap-2 border-t border-line px-2.5 text-xs text-ink-faint">
        {order.changes > 0 ? (
          <>
            <Button size="sm" look="primary" onClick={order.apply} className="shrink-0">
              <RefreshCw aria-hidden />
              {t('changes', { count: order.changes })}
            </Button>
            {newest ? (
              <button
                type="button"
                onClick={() => onOpen(newest.key)}
                className="min-w-0 flex-1 truncate text-start hover:text-ink"
              >
                {t('newest', { title: newest.of === 'signal' ? newest.signal.title : newest.incident.title })}
              </button>
            ) : null}
          </>
        ) : (
          t('upToDate')
        )}
      </div>
    </Panel>
  );
}
