'use client';
import { MapPin, Pencil, Siren, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { PriorityMark } from '@/components/shell/marks/priority-mark.tsx';
import { IncidentStateMark, RealityMark } from '@/components/shell/marks/state-marks.tsx';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { currentCycle, isOpen } from '@/server/domain/incident.ts';
import { ClockStrip } from './clock-strip.tsx';
import type { Late } from './room-late.ts';
import { MajorMark, RoomLateList } from './room-late-list.tsx';
import { ScaleRow, type ScaleRowProps } from './scale-row.tsx';

export type IncidentHeadProps = ScaleRowProps & {
  onEdit: (() => void) | null;
  onShow: (() => void) | null;
  /** Leading roles make it a major incident, once. */
  onUpgrade: (() => void) | null;
  onLate: (kind: Late['kind']) => void;
  onClose: () => void;
};

export function IncidentHead({ of, onEdit, onShow, onUpgrade, onLate, onClose, ...scales }: IncidentHeadProps) {
  const t = useTranslations();
  const words = useCodeWords();
  const returns = isOpen(of) && of.state !== 'verified' ? currentCycle(of).returns : 0;
  return (
    <header className="flex shrink-0 flex-col gap-2 border-b border-line px-3 pt-2 pb-2.5">
      <div className="flex items-start gap-2">
        <PriorityMark priority={of.priority} className="mt-1" />
        <div className="min-w-0 flex-1">
          <h2 className="text-lg leading-snug font-semibold break-words">
            {of.title || words.incidentKind(of.kind) || t('incident.untitled')}
          </h2>
          <p className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5 text-xs text-ink-faint">
            <span className="figures">{of.number}</span>
            <IncidentStateMark state={of.state} />
            {returns > 0 ? <Badge tone="serious">{t('incident.returned', { count: returns })}</Badge> : null}
            {of.owner ? <span>{t('incident.owner', { name: of.owner.name })}</span> : null}
            <MajorMark of={of} />
            <RealityMark reality={of.reality} />
          </p>
        </div>
        <div className="flex">
          {onUpgrade ? (
            <Button
              look="quiet"
              size="icon-sm"
              aria-label={t('room.upgrade.title')}
              title={t('room.upgrade.title')}
              onClick={onUpgrade}
            >
              <Siren />
            </Button>
          ) : null}
          {onShow ? (
            <Button
              look="quiet"
              size="icon-sm"
              aria-label={t('incident.show')}
              title={t('incident.show')}
              onClick={onShow}
            >
              <MapPin />
            </Button>
          ) : null}
          {onEdit ? (
            <Button
              look="quiet"
              size="icon-sm"
              aria-label={t('incident.form.edit')}
              title={t('incident.form.edit')}
              onClick={onEdit}
            >
              <Pencil />
            </Button>
          ) : null}
          <Button look="quiet" size="icon-sm" aria-label={t('ui.close')} onClick={onClose}>
            <X />
          </Button>
        </div>
      </div>
      <RoomLateList of={of} onOpen={onLate} />
      <ClockStrip of={of} />
      <ScaleRow of={of} {...scales} />
    </header>
  );
}
