'use client';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useState } from 'react';
import { ReassignMenu } from '@/components/incident/reassign-menu.tsx';
import { live } from '@/components/live/live.ts';
import { useConnection, useRecords, useUnitDetail } from '@/components/live/use-live.ts';
import { UnitStatusMark } from '@/components/shell/marks/unit-status-mark.tsx';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useCommand } from '@/components/shell/use-command.ts';
import { Age } from '@/components/ui/age.tsx';
import { Button } from '@/components/ui/button.tsx';
import { cn } from '@/components/ui/cn.ts';
import { Input } from '@/components/ui/input.tsx';
import { Menu, MenuRow } from '@/components/ui/menu.tsx';
import { Panel } from '@/components/ui/panel.tsx';
import { Empty, Loading } from '@/components/ui/states.tsx';
import { VirtualList } from '@/components/ui/virtual-list.tsx';
import { may } from '@/server/domain/policy.ts';
import type { Actor } from '@/server/domain/role.ts';
import { type RestStatus, restStatuses, type Unit, unitStatus, unitStatuses } from '@/server/domain/unit.ts';

const maxWatched = 200;
const rankOf = (unit: Unit) => {
  const status = unitStatus(unit);
  if (status === 'emergency') return -1;
  return unit.assignments.length > 0 ? 0 : 1 + unitStatuses.indexOf(status);
};

function UnitRow({
  unit,
  active,
  open,
  incident,
}: {
  unit: Unit;
  active: boolean;
  open: boolean;
  incident: string | null;
}) {
  const words = useCodeWords();
  const detail = useUnitDetail(unit.id);
  return (
    <div
      className={cn(
        'flex h-full items-center gap-2 border-b border-line px-3',
        active && 'bg-hover',
        open && 'bg-accent-wash',
      )}
    >
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <span className="truncate text-sm font-semibold">{unit.callSign}</span>
          <span className="truncate text-xs text-ink-faint">
            {[words.unitKind(unit.kind), words.department(unit.department)].filter(Boolean).join(' · ')}
          </span>
        </p>
        <p className="flex items-center gap-2 text-xs text-ink-soft">
          <UnitStatusMark status={unitStatus(unit)} />
          <span className="figures truncate text-ink-faint">{incident}</span>
        </p>
      </div>
      <Age
        at={detail?.observedAt ?? null}
        className={cn(
          'text-xs text-ink-faint',
          detail?.freshness === 'late' && 'is-late',
          detail?.freshness === 'stale' && 'is-stale',
        )}
      />
    </div>
  );
}

export type UnitPanelProps = {
  actor: Actor;
  opened: string | null;
  onOpen: (unit: string) => void;
  onOpenIncident: (incident: string) => void;
  onShow: ((unit: string) => void) | null;
  onClose: (() => void) | null;
};

/** The map's list twin: every unit, its status and the age of what is known of it. */
export function UnitPanel({ actor, opened, onOpen, onOpenIncident, onShow, onClose }: UnitPanelProps) {
  const t = useTranslations();
  const words = useCodeWords();
  const client = useTRPCClient();
  const [text, setText] = useState('');
  const [active, setActive] = useState<string | null>(null);
  const ready = useConnection().position !== null;
  const units = useRecords((records) => records.all('unit'), { equal: Object.is });
  const incidents = useRecords((records) => records.all('incident'), { equal: Object.is });
  const rows = useMemo(() => {
    const asked = text.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
    return Array.from(units.values(), (held) => held.body)
      .filter((unit) => {
        const searched =
          `${unit.callSign} ${unit.name} ${words.unitKind(unit.kind)} ${words.department(unit.department) ?? ''} ${t(`domain.unitStatus.${unitStatus(unit)}`)}`.toLowerCase();
        return asked.every((word) => searched.includes(word));
      })
      .sort((a, b) => rankOf(a) - rankOf(b) || a.callSign.localeCompare(b.callSign, 'zh-CN'));
  }, [units, text, words, t]);
  const watched = rows.slice(0, maxWatched).map((unit) => unit.id);
  const watchedKey = watched.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the list
  useEffect(() => {
    live.watch(opened && !watched.includes(opened as Unit['id']) ? [opened, ...watched] : watched);
  }, [watchedKey, opened]);
  const change = useCommand<{ unit: string; rest: RestStatus | null }, unknown>(
    ({ commandId, unit, rest }) =>
      client.unit.change.mutate(
        rest ? { commandId, move: 'rest', unit, rest } : { commandId, move: 'endEmergency', unit },
      ),
    { saved: t('command.saved') },
  );
  const chosen = opened === null ? null : (units.get(opened)?.body ?? null);
  const numberOf = (unit: Unit) => {
    const held = unit.assignments[0];
    return held ? (incidents.get(held.incident)?.body.number ?? null) : null;
  };
  const mayChange = may(actor, 'incident.dispatch');

  return (
    <Panel
      label={t('console.units.title')}
      title={
        <>
          {t('console.units.title')} <span className="figures ms-1 font-normal text-ink-faint">{rows.length}</span>
        </>
      }
      aside={
        onClose ? (
          <Button look="quiet" size="icon-sm" aria-label={t('ui.close')} onClick={onClose}>
            <X />
          </Button>
        ) : null
      }
      className="flex-1"
    >
      <div className="shrink-0 border-b border-line px-3 py-2">
        <Input
          type="search"
          aria-label={t('console.units.search')}
          placeholder={t('console.units.search')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <VirtualList
        label={t('console.units.title')}
        rows={rows}
        keyOf={(unit) => unit.id}
        rowRem={3.2}
        active={active}
        onActive={setActive}
        onOpen={onOpen}
        render={(unit, state) => (
          <UnitRow unit={unit} active={state.active} open={unit.id === opened} incident={numberOf(unit)} />
        )}
        empty={ready ? <Empty title={t('console.units.none')} /> : <Loading />}
      />
      {chosen ? (
        <footer className="flex shrink-0 flex-wrap items-center gap-1.5 border-t border-line px-3 py-2">
          <span className="me-auto text-sm font-semibold">{chosen.callSign}</span>
          {onShow ? (
            <Button size="sm" onClick={() => onShow(chosen.id)}>
              {t('incident.show')}
            </Button>
          ) : null}
          {chosen.assignments.map((held) => (
            <Button key={held.id} size="sm" onClick={() => onOpenIncident(held.incident)}>
              {incidents.get(held.incident)?.body.number ?? t('console.units.incident')}
            </Button>
          ))}
          {chosen.assignments.map((held) => (
            <ReassignMenu
              key={held.id}
              actor={actor}
              incident={incidents.get(held.incident)?.body ?? null}
              assignment={held.id}
            />
          ))}
          {mayChange && chosen.emergencySince !== null ? (
            <Button
              size="sm"
              look="critical"
              aria-disabled={change.busy}
              onClick={() => change.run({ unit: chosen.id, rest: null })}
            >
              {t('console.units.endEmergency')}
            </Button>
          ) : null}
          {mayChange && chosen.assignments.length === 0 ? (
            <Menu label={t('console.units.rest')} trigger={<Button size="sm">{t('console.units.rest')}</Button>}>
              {restStatuses
                .filter((rest) => rest !== chosen.rest)
                .map((rest) => (
                  <MenuRow key={rest} onSelect={() => change.run({ unit: chosen.id, rest })}>
                    <UnitStatusMark status={rest} />
                  </MenuRow>
                ))}
            </Menu>
          ) : null}
        </footer>
      ) : null}
    </Panel>
  );
}
