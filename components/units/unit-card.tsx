'use client';
import { X } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ReassignMenu } from '@/components/incident/reassign-menu.tsx';
import { useRecords, useUnitDetail } from '@/components/live/use-live.ts';
import { UnitStatusMark } from '@/components/shell/marks/unit-status-mark.tsx';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useCommand } from '@/components/shell/use-command.ts';
import { Age } from '@/components/ui/age.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Menu, MenuRow } from '@/components/ui/menu.tsx';
import { Panel } from '@/components/ui/panel.tsx';
import { may } from '@/server/domain/policy.ts';
import type { Actor } from '@/server/domain/role.ts';
import { type RestStatus, restStatuses, type Unit, unitStatus } from '@/server/domain/unit.ts';
import { subjectOf } from '@/server/domain/visibility.ts';
import { RegisterDialog } from './register-dialog.tsx';
import { useWatched } from './use-watched.ts';

export type UnitCardProps = { unit: Unit; version: number; actor: Actor; onClose: () => void };

/** One unit: where it stands, what it is on, and what may be said of it from here. */
export function UnitCard({ unit, version, actor, onClose }: UnitCardProps) {
  const [editing, setEditing] = useState(false);
  const t = useTranslations();
  const words = useCodeWords();
  const client = useTRPCClient();
  const detail = useUnitDetail(unit.id);
  const incidents = useRecords((records) => records.all('incident'), { equal: Object.is });
  useWatched(unit.id);
  const change = useCommand<{ rest: RestStatus | null }, unknown>(
    ({ commandId, rest }) =>
      client.unit.change.mutate(
        rest ? { commandId, move: 'rest', unit: unit.id, rest } : { commandId, move: 'endEmergency', unit: unit.id },
      ),
    { saved: t('command.saved') },
  );
  const mayChange = may(actor, 'incident.dispatch', subjectOf.unit(unit));
  const facts = [
    [t('units.kind'), words.unitKind(unit.kind)],
    [t('units.capabilities'), unit.capabilities.map(words.capability).join(t('units.and')) || t('ui.none')],
    [t('units.department'), words.department(unit.department) ?? t('units.nobody')],
  ] as const;
  return (
    <Panel
      label={t('units.one', { name: unit.callSign })}
      title={`${unit.callSign} ${unit.name}`}
      className="border-s border-line"
      aside={
        <Button look="quiet" size="icon-sm" aria-label={t('ui.close')} onClick={onClose}>
          <X />
        </Button>
      }
    >
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-3 py-3 text-sm">
        <UnitStatusMark status={unitStatus(unit)} />
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-sm">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-ink-faint">{name}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </div>
          ))}
          <dt className="text-ink-faint">{t('units.position')}</dt>
          <dd>
            <Age at={detail?.observedAt ?? null} />
          </dd>
        </dl>
        {unit.assignments.length ? (
          <ul aria-label={t('units.assignments')} className="flex flex-col gap-1.5">
            {unit.assignments.map((held) => {
              const incident = incidents.get(held.incident)?.body;
              return (
                <li key={held.id} className="flex items-center gap-2 rounded-md border border-line px-2 py-1.5">
                  <span className="min-w-0 flex-1">
                    <span className="figures block text-xs text-ink-faint">{incident?.number ?? '—'}</span>
                    <span className="block truncate">
                      {incident?.title || words.incidentKind(incident?.kind ?? null)}
                    </span>
                    <span className="flex items-center gap-2 text-xs text-ink-soft">
                      <UnitStatusMark status={held.state} /> <Age at={held.since} />
                    </span>
                  </span>
                  <ReassignMenu actor={actor} incident={incident ?? null} assignment={held.id} />
                  <Button size="sm" asChild>
                    <Link href={`/?open=${encodeURIComponent(`incident/${held.incident}`)}`}>{t('units.open')}</Link>
                  </Button>
                </li>
              );
            })}
          </ul>
        ) : null}
      </div>
      <footer className="flex shrink-0 flex-wrap gap-1.5 border-t border-line px-3 py-2">
        <Button size="sm" asChild>
          <Link href={`/?open=${encodeURIComponent(`unit/${unit.id}`)}`}>{t('units.onMap')}</Link>
        </Button>
        {mayChange && unit.emergencySince !== null ? (
          <Button
            size="sm"
            look="critical"
            aria-disabled={change.busy}
            onClick={() => change.busy || change.run({ rest: null })}
          >
            {t('console.units.endEmergency')}
          </Button>
        ) : null}
        {mayChange && unit.assignments.length === 0 ? (
          <Menu label={t('console.units.rest')} trigger={<Button size="sm">{t('console.units.rest')}</Button>}>
            {restStatuses
              .filter((rest) => rest !== unit.rest)
              .map((rest) => (
                <MenuRow key={rest} onSelect={() => change.run({ rest })}>
                  <UnitStatusMark status={rest} />
                </MenuRow>
              ))}
          </Menu>
        ) : null}
        {may(actor, 'unit.register') ? (
          <Button size="sm" onClick={() => setEditing(true)}>
            {t('units.edit')}
          </Button>
        ) : null}
      </footer>
      {editing ? <RegisterDialog of={{ unit, version }} onClose={() => setEditing(false)} /> : null}
    </Panel>
  );
}
