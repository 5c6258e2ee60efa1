'use client';
import { MapPin, Pencil, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { PriorityMark } from '@/components/shell/marks/priority-mark.tsx';
import { IncidentStateMark, RealityMark } from '@/components/shell/marks/state-marks.tsx';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { currentCycle, isOpen } from '@/server/domain/incident.ts';
import { ClockStrip } from './clock-strip.tsx';
import { ScaleRow, type ScaleRowProps } from './scale-row.tsx';

export type IncidentHeadProps = ScaleRowProps & {
  onEdit: (() => void) | null;
  onShow: (() => void) | null;
  onClose: () => void;
};

export function IncidentHead({ of, onEdit, onShow, onClose, ...scales }: IncidentHeadProps) {
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
            <RealityMark reality={of.reality} />
          </p>
        </div>
        <div className="flex">
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
      <ClockStrip of={of} />
      <ScaleRow of={of} {...scales} />
    </header>
  );
}
