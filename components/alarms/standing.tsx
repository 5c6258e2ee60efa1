'use client';
import { Search, Waves } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { useRecord, useRecords } from '@/components/live/use-live.ts';
import { useSigned } from '@/components/shell/session-gate.tsx';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { cn } from '@/components/ui/cn.ts';
import { Input } from '@/components/ui/input.tsx';
import { Empty, Loading } from '@/components/ui/states.tsx';
import { ToggleGroup } from '@/components/ui/toggle.tsx';
import { VirtualList } from '@/components/ui/virtual-list.tsx';
import { mayBeHidden } from '@/server/domain/alarm.ts';
import { may } from '@/server/domain/policy.ts';
import { subjectOf } from '@/server/domain/visibility.ts';
import { type AlarmFilter, type AlarmRow, noAlarmFilter, shelvedOf, standingOf } from './alarm-order.ts';
import { AlarmPanel } from './alarm-panel.tsx';
import { AlarmRowView } from './alarm-row.tsx';
import { ShelfDialog } from './shelf-dialog.tsx';
import { ShelvedRowView } from './shelved-row.tsx';
import { useAlarmCommands } from './use-alarm-commands.ts';

export type StandingProps = {
  rows: readonly AlarmRow[];
  ready: boolean;
  shelved: boolean;
  opened: string | null;
  onOpen: (alarm: string | null) => void;
};

/** The alarms that ask for somebody, or those that somebody has put aside. By keyboard: arrows, A acknowledge, S shelve. */
export function Standing({ rows, ready, shelved, opened, onOpen }: StandingProps) {
  const t = useTranslations('alarms');
  const ui = useTranslations('ui');
  const { actor } = useSigned();
  const search = useRef<HTMLInputElement>(null);
  const [filter, setFilter] = useState<AlarmFilter>(noAlarmFilter);
  const [shelving, setShelving] = useState<AlarmRow | null>(null);
  const command = useAlarmCommands(() => setShelving(null));
  const shown = shelved ? shelvedOf(rows) : standingOf(rows, filter);
  const row = rows.find(({ alarm }) => alarm.id === opened) ?? null;
  const rule = useRecord('rule', row?.alarm.rule ?? null)?.body ?? null;
  const flood = useRecords(
    (all) =>
      Array.from(all.all('alarm').values()).find(({ body }) => body.rule === 'alarm-flood' && body.state === 'active')
        ?.body ?? null,
  );
  const collected = rows.filter(({ alarm }) => alarm.quiet === 'flood').length;

  const mayDo = (action: 'alarm.acknowledge' | 'alarm.shelve') =>
    row !== null && may(actor, action, subjectOf.alarm(row.alarm));
  const mayAcknowledge =
    row !== null && row.alarm.acknowledged === null && row.alarm.raises !== 'status' && mayDo('alarm.acknowledge');
  const mayUnshelve = row !== null && row.alarm.shelved !== null && mayDo('alarm.shelve');
  const mayShelve = row !== null && !row.alarm.shelved && mayBeHidden(row.alarm, row.grade) && mayDo('alarm.shelve');
  const id = row?.alarm.id ?? '';
  const acknowledge = () => command.run({ do: 'acknowledge', alarm: id });
  const unshelve = () => command.run({ do: 'unshelve', alarm: id });
  const free = !command.busy;
  const group = t('title');
  useHotkeys([
    { chord: 'a', label: t('acknowledge'), group, enabled: mayAcknowledge && free, run: acknowledge },
    {
      chord: 's',
      label: t(mayUnshelve ? 'shelf.undo' : 'shelf.do'),
      group,
      enabled: (mayShelve || mayUnshelve) && free,
      run: () => (mayUnshelve ? unshelve() : setShelving(row)),
    },
    { chord: '/', label: t('search'), group, enabled: !shelved, run: () => search.current?.focus() },
    { chord: 'escape', label: ui('close'), group, enabled: row !== null, run: () => onOpen(null) },
  ]);

  return (
    <div className={cn('grid min-h-0 flex-1', row ? 'grid-cols-[minmax(0,1fr)_minmax(22rem,28rem)]' : 'grid-cols-1')}>
      <div className="flex min-h-0 min-w-0 flex-col">
        {flood && !shelved ? (
          <section
            aria-label={t('flood.title')}
            className="flex items-center gap-2.5 border-b border-line bg-serious-wash px-3 py-2 text-sm text-serious-text"
          >
            <Waves aria-hidden className="size-4 shrink-0" />
            <p className="min-w-0 flex-1">{t('flood.notice', { count: collected })}</p>
            <Button
              size="sm"
              onClick={() => setFilter({ ...filter, show: filter.show === 'collected' ? 'all' : 'collected' })}
            >
              {t(filter.show === 'collected' ? 'flood.showAll' : 'flood.show')}
            </Button>
          </section>
        ) : null}
        {shelved ? null : (
          <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2">
            <ToggleGroup
              label={t('show')}
              value={filter.show}
              onValueChange={(show) => setFilter({ ...filter, show })}
              choices={(['all', 'unseen', 'collected', 'lines'] as const).map((value) => ({
                value,
                label: t(`shows.${value}`),
              }))}
            />
            <div className="relative ms-auto">
              <Search
                aria-hidden
                className="pointer-events-none absolute start-2.5 top-1/2 size-4 -translate-y-1/2 text-ink-faint"
              />
              <Input
                ref={search}
                type="search"
                className="w-64 ps-8"
                aria-label={t('search')}
                placeholder={t('search')}
                value={filter.text}
                onChange={(event) => setFilter({ ...filter, text: event.target.value })}
              />
            </div>
          </div>
        )}
        {!ready ? (
          <Loading className="flex-1" />
        ) : shown.length === 0 ? (
          <Empty
            className="flex-1"
            title={t(shelved ? 'nothingShelved' : filter === noAlarmFilter ? 'nothing' : 'nothingFound')}
          >
            {filter !== noAlarmFilter && !shelved ? (
              <Button size="sm" onClick={() => setFilter(noAlarmFilter)}>
                {ui('clear')}
              </Button>
            ) : null}
          </Empty>
        ) : (
          <VirtualList
            label={t(shelved ? 'tab.shelved' : 'tab.standing')}
            rows={shown}
            keyOf={({ alarm }) => alarm.id}
            rowRem={3.5}
            active={opened}
            onActive={onOpen}
            onOpen={onOpen}
            autoFocus
            render={(one, state) =>
              shelved ? (
                <ShelvedRowView row={one} active={state.active} />
              ) : (
                <AlarmRowView row={one} active={state.active} open={one.alarm.id === opened} />
              )
            }
          />
        )}
      </div>
      {row ? (
        <AlarmPanel
          key={row.alarm.id}
          row={row}
          rule={rule}
          busy={command.busy}
          onAcknowledge={mayAcknowledge ? acknowledge : null}
          onShelve={mayShelve ? () => setShelving(row) : null}
          onUnshelve={mayUnshelve ? unshelve : null}
          onClose={() => onOpen(null)}
        />
      ) : null}
      {shelving ? (
        <ShelfDialog
          name={shelving.alarm.name}
          busy={command.busy}
          onClose={() => setShelving(null)}
          onSend={(until, reason) => command.run({ do: 'shelve', alarm: shelving.alarm.id, until, reason })}
        />
      ) : null}
    </div>
  );
}
