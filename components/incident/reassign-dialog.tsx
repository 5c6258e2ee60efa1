'use client';
import { useTranslations } from 'next-intl';
import { useId, useMemo, useState } from 'react';
import { useRecords } from '@/components/live/use-live.ts';
import { PriorityMark } from '@/components/shell/marks/priority-mark.tsx';
import { UnitStatusMark } from '@/components/shell/marks/unit-status-mark.tsx';
import { placeWords } from '@/components/shell/place-words.ts';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useCommand } from '@/components/shell/use-command.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { cn } from '@/components/ui/cn.ts';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Empty } from '@/components/ui/states.tsx';
import { VirtualList } from '@/components/ui/virtual-list.tsx';
import type { AssignmentId } from '@/server/domain/ids.ts';
import type { Assignment, Incident } from '@/server/domain/incident.ts';
import { type ReassignTarget, reassignTargets } from './reassign-targets.ts';

export type ReassignDialogProps = {
  mode: 'move' | 'swap';
  incident: Incident;
  assignment: Assignment;
  onClose: () => void;
};

/** Where a unit goes instead, or with whom it changes places; one command, both incidents. */
export function ReassignDialog({ mode, incident, assignment, onClose }: ReassignDialogProps) {
  const t = useTranslations('incident.reassign');
  const ui = useTranslations('ui');
  const keys = useTranslations('incident');
  const words = useCodeWords();
  const client = useTRPCClient();
  const formId = useId();
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const incidents = useRecords((records) => records.all('incident'), { equal: Object.is });
  const units = useRecords((records) => records.all('unit'), { equal: Object.is });
  const rows = useMemo(() => {
    const asked = text.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
    return reassignTargets(
      Array.from(incidents.values(), (one) => one.body),
      { mode, incident, assignment },
    ).filter((row) => {
      const of = row.incident;
      const unit = row.assignment
        ? `${row.assignment.callSign} ${units.get(row.assignment.unit)?.body.kind ?? ''}`
        : '';
      const searched = `${of.number} ${of.title} ${words.incidentKind(of.kind)} ${of.place.text} ${unit}`.toLowerCase();
      return asked.every((word) => searched.includes(word));
    });
  }, [incidents, units, text, mode, incident, assignment, words]);
  const target = rows.find((row) => row.key === chosen) ?? null;
  const command = useCommand<{ to: ReassignTarget }, unknown>(
    ({ commandId, to }) =>
      to.assignment
        ? client.unit.swap.mutate({
            commandId,
            one: { incident: incident.id, assignment: assignment.id },
            other: { incident: to.incident.id, assignment: to.assignment.id as AssignmentId },
            reason,
          })
        : client.unit.reassign.mutate({
            commandId,
            incident: incident.id,
            assignment: assignment.id,
            to: to.incident.id,
            reason,
          }),
    { saved: t(mode === 'swap' ? 'swapped' : 'moved', { name: assignment.callSign }), onSaved: onClose },
  );
  const send = () => target && !command.busy && command.run({ to: target });
  useHotkeys([
    {
      chord: 'ctrl+enter',
      label: t(mode),
      group: keys('keys'),
      run: () => void send(),
      inField: true,
      inDialog: true,
    },
  ]);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(mode === 'swap' ? 'swapTitle' : 'moveTitle', { name: assignment.callSign })}
      description={t(mode === 'swap' ? 'swapHint' : 'moveHint', { number: incident.number ?? '' })}
      footer={
        <>
          <p className="me-auto min-w-0 truncate text-xs text-ink-soft" aria-live="polite">
            {target
              ? target.assignment
                ? t('willSwap', { one: assignment.callSign, other: target.assignment.callSign })
                : t('willMove', { name: assignment.callSign, number: target.incident.number ?? '' })
              : t('choose')}
          </p>
          <Button look="quiet" onClick={onClose}>
            {ui('cancel')}
          </Button>
          <Button look="primary" aria-disabled={!target || command.busy} onClick={() => void send()}>
            {t(mode)}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Input
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="flex h-64 min-h-0 flex-col rounded-md border border-line">
          <VirtualList
            label={t(mode === 'swap' ? 'units' : 'incidents')}
            rows={rows}
            keyOf={(row) => row.key}
            rowRem={3.2}
            active={chosen}
            onActive={setChosen}
            onOpen={setChosen}
            render={({ incident: of, assignment: held }, state) => (
              <div
                className={cn(
                  'flex h-full items-center gap-2 border-b border-line px-2.5',
                  state.active && 'bg-accent-wash',
                )}
              >
                <PriorityMark priority={of.priority} />
                <div className="min-w-0 flex-1 leading-snug">
                  <p className="flex items-baseline gap-2 text-sm">
                    {held ? <span className="shrink-0 font-semibold">{held.callSign}</span> : null}
                    <span className="min-w-0 truncate">{of.title || words.incidentKind(of.kind)}</span>
                  </p>
                  <p className="truncate text-xs text-ink-faint">
                    <span className="figures">{of.number}</span> {placeWords(of.place)}
                  </p>
                </div>
                {held ? <UnitStatusMark status={held.state as 'assigned'} className="text-xs" /> : null}
              </div>
            )}
            empty={<Empty title={t(mode === 'swap' ? 'noUnits' : 'noIncidents')} />}
          />
        </div>
        <Field label={t('reason')}>
          <Input id={formId} maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </div>
    </Dialog>
  );
}
