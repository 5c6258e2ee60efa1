'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Button } from '@/components/ui/button.tsx';
import { gradeFor } from '@/server/domain/grade-suggestion.ts';
import { currentCycle, type Incident } from '@/server/domain/incident.ts';
import { isReceiver } from '@/server/domain/transfer.ts';
import { GradeHint } from './grade-hint.tsx';

function Row({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[5.2rem_1fr] gap-x-3 py-1">
      <dt className="text-xs leading-[1.6] text-ink-faint">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

function Other({
  incident,
  numberOf,
  onOpen,
}: {
  incident: string;
  numberOf: (incident: string) => string | null;
  onOpen: (incident: string) => void;
}) {
  const t = useTranslations('incident.signal');
  return (
    <Button size="sm" className="figures h-6 px-1.5" onClick={() => onOpen(incident)}>
      {numberOf(incident) ?? t('openIncident')}
    </Button>
  );
}

/** What is known; what is not says so. */
export type FactsProps = {
  of: Incident;
  onEdit: (() => void) | null;
  numberOf: (incident: string) => string | null;
  onOpenIncident: (incident: string) => void;
};

export function Facts({ of, onEdit, numberOf, onOpenIncident }: FactsProps) {
  const t = useTranslations();
  const words = useCodeWords();
  const formats = useFormats();
  const { place } = of;
  const cycle = currentCycle(of);
  const missing = (
    <span className="inline-flex items-center gap-2 text-ink-faint">
      {t('ui.unknown')}
      {onEdit ? (
        <Button size="sm" className="h-6 px-1.5" onClick={onEdit}>
          {t('incident.form.complete')}
          <span aria-hidden className="text-2xs opacity-75">
            M
          </span>
        </Button>
      ) : null}
    </span>
  );
  const suggested = onEdit ? gradeFor(of) : null;
  return (
    <dl className="px-3 py-2 text-sm">
      {suggested && suggested.grade !== of.grade ? (
        <Row label={t('incident.scale.grade')}>
          <GradeHint of={suggested} />
        </Row>
      ) : null}
      <Row label={t('incident.kind')}>
        {of.kind ? (
          <>
            {words.incidentKind(of.kind)}
            {of.category ? (
              <span className="ms-2 text-xs text-ink-faint">{t(`domain.category.${of.category}`)}</span>
            ) : null}
          </>
        ) : (
          missing
        )}
      </Row>
      <Row label={t('incident.place.label')}>
        {place.text || (place.lonLat ? null : missing)}
        <span className="figures block text-xs text-ink-faint">
          {place.lonLat ? `${place.lonLat[0].toFixed(5)}, ${place.lonLat[1].toFixed(5)}` : t('incident.place.noPoint')}
          {place.source === 'none' ? '' : ` · ${t(`domain.placeSource.${place.source}`)}`}
          {place.nearDistrict ? ` · ${t('incident.place.nearBorder')}` : ''}
        </span>
      </Row>
      <Row label={t('incident.form.story')}>
        {of.text ? <span className="whitespace-pre-wrap">{of.text}</span> : missing}
      </Row>
      {of.mergedInto ? (
        <Row label={t('domain.incidentState.merged')}>
          <Other incident={of.mergedInto} numberOf={numberOf} onOpen={onOpenIncident} />
        </Row>
      ) : null}
      {of.merged.length ? (
        <Row label={t('incident.absorbed')}>
          <span className="flex flex-wrap gap-1.5">
            {of.merged.map((one) => (
              <Other key={one.incident} incident={one.incident} numberOf={numberOf} onOpen={onOpenIncident} />
            ))}
          </span>
        </Row>
      ) : null}
      {of.suspendedUntil ? (
        <Row label={t('domain.incidentState.suspended')}>
          {t('incident.until', { time: formats.dateTime(of.suspendedUntil) })}
        </Row>
      ) : null}
      {of.transferredTo ? (
        <Row label={t('domain.incidentState.transferred')}>
          {isReceiver(of.transferredTo) ? t(`incident.receiver.line.${of.transferredTo}`) : of.transferredTo}
        </Row>
      ) : null}
      {of.voidReason ? <Row label={t('domain.incidentState.voided')}>{of.voidReason}</Row> : null}
      {cycle.report ? (
        <Row label={t('domain.move.report')}>
          {cycle.report.text}
          <span className="block text-xs text-ink-faint">{`${cycle.report.by.name} · ${formats.dateTime(cycle.report.at)}`}</span>
        </Row>
      ) : null}
      {cycle.verification ? (
        <Row label={t(cycle.verification.passed ? 'domain.move.confirm' : 'domain.move.sendBack')}>
          {cycle.verification.text}
          <span className="block text-xs text-ink-faint">{`${cycle.verification.by.name} · ${formats.dateTime(cycle.verification.at)}`}</span>
        </Row>
      ) : null}
      {cycle.closing ? (
        <Row label={t('domain.move.close')}>
          {t.has(`domain.closingCode.${cycle.closing.code as 'resolved'}`)
            ? t(`domain.closingCode.${cycle.closing.code as 'resolved'}`)
            : cycle.closing.code}{' '}
          {cycle.closing.text}
          <span className="block text-xs text-ink-faint">{`${cycle.closing.by.name} · ${formats.dateTime(cycle.closing.at)}`}</span>
        </Row>
      ) : null}
      {cycle.evaluation ? (
        <Row label={t('domain.move.evaluate')}>
          <span className="figures font-semibold">{cycle.evaluation.score}</span> {cycle.evaluation.lessons}
          <span className="block text-xs text-ink-faint">{`${cycle.evaluation.by.name} · ${formats.dateTime(cycle.evaluation.at)}`}</span>
        </Row>
      ) : null}
    </dl>
  );
}
