'use client';
import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { GradeMark, ResponseMark, WarningMark } from '@/components/shell/marks/scale-marks.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Menu, MenuRow, MenuTitle } from '@/components/ui/menu.tsx';
import type { Incident } from '@/server/domain/incident.ts';
import {
  type Grade,
  grades,
  mayBeGraded,
  type ResponseLevel,
  responseLevels,
  type warningColours,
} from '@/server/domain/scale.ts';

export type ScaleRowProps = {
  of: Incident;
  /** Colours of warnings among its signals or in force at its place. */
  warnings: readonly (typeof warningColours)[number][];
  mayChange: boolean;
  onGrade: (grade: Grade | null) => void;
  onResponse: (level: ResponseLevel | null) => void;
};

function Cell({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1 border-s border-line px-3 first:border-s-0 first:ps-0">
      <dt className="text-2xs text-ink-faint">{label}</dt>
      <dd className="flex min-h-6 flex-wrap items-center gap-1">{children}</dd>
    </div>
  );
}

/** Three scales side by side, each under its own name; a person confirms each (PRODUCT.md §4). */
export function ScaleRow({ of, warnings, mayChange, onGrade, onResponse }: ScaleRowProps) {
  const t = useTranslations();
  const gradable = of.category !== null && mayBeGraded(of.category);
  const none = (words: string) => <span className="text-xs text-ink-faint">{words}</span>;
  return (
    <dl className="flex">
      <Cell label={t('incident.scale.grade')}>
        {mayChange && gradable ? (
          <Menu
            align="start"
            label={t('incident.scale.grade')}
            trigger={
              <Button look="quiet" size="sm" className="-mx-1.5 h-6 px-1.5" aria-label={t('incident.scale.setGrade')}>
                {of.grade ? <GradeMark grade={of.grade} /> : none(t('incident.scale.ungraded'))}
                <ChevronDown className="text-ink-faint" />
              </Button>
            }
          >
            <MenuTitle>{t('incident.scale.gradeHint')}</MenuTitle>
            {grades.map((grade) => (
              <MenuRow key={grade} onSelect={() => onGrade(grade)}>
                {t(`domain.grade.${grade}`)}
              </MenuRow>
            ))}
            {of.grade ? <MenuRow onSelect={() => onGrade(null)}>{t('incident.scale.clear')}</MenuRow> : null}
          </Menu>
        ) : of.grade ? (
          <GradeMark grade={of.grade} />
        ) : (
          none(t(of.category !== null && !gradable ? 'incident.scale.notGradable' : 'incident.scale.ungraded'))
        )}
      </Cell>
      <Cell label={t('incident.scale.response')}>
        {mayChange ? (
          <Menu
            align="start"
            label={t('incident.scale.response')}
            trigger={
              <Button
                look="quiet"
                size="sm"
                className="-mx-1.5 h-6 px-1.5"
                aria-label={t('incident.scale.setResponse')}
              >
                {of.response ? <ResponseMark level={of.response} /> : none(t('incident.scale.noResponse'))}
                <ChevronDown className="text-ink-faint" />
              </Button>
            }
          >
            <MenuTitle>{t('incident.scale.responseHint')}</MenuTitle>
            {responseLevels.map((level) => (
              <MenuRow key={level} onSelect={() => onResponse(level)}>
                {t(`domain.response.${level}`)}
              </MenuRow>
            ))}
            {of.response ? <MenuRow onSelect={() => onResponse(null)}>{t('incident.scale.end')}</MenuRow> : null}
          </Menu>
        ) : of.response ? (
          <ResponseMark level={of.response} />
        ) : (
          none(t('incident.scale.noResponse'))
        )}
      </Cell>
      <Cell label={t('incident.scale.warning')}>
        {warnings.length
          ? warnings.map((colour) => <WarningMark key={colour} colour={colour} />)
          : none(t('incident.scale.noWarning'))}
      </Cell>
    </dl>
  );
}
