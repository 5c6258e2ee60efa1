'use client';
import { useLocale, useTranslations } from 'next-intl';
import { type GradeSuggestion, gradeRulesVersion } from '@/server/domain/grade-rules.ts';
import { grades } from '@/server/domain/scale.ts';

export type GradeHintProps = { of: GradeSuggestion | null };

/** A suggestion with what it rests on; it is set by a person only, with 1 to 4 once the incident has its number. */
export function GradeHint({ of }: GradeHintProps) {
  const t = useTranslations();
  const locale = useLocale() === 'en' ? 'en' : 'zh-CN';
  if (!of) return null;
  const { grade, rule, counted, from } = of;
  return (
    <p role="note" className="rounded-sm bg-sunken px-2 py-1 text-xs text-ink-soft">
      <span className="font-medium text-ink">
        {t('incident.grade.suggested', { grade: t(`domain.grade.${grade}`) })}
      </span>{' '}
      {t('incident.grade.why', { fact: t(`incident.grade.fact.${rule.fact}`), counted, from })}
      <span className="block text-2xs text-ink-faint" title={`${rule.id}@${gradeRulesVersion}`}>
        {rule.source.text[locale]} · {t(rule.source.verified ? 'incident.grade.verified' : 'incident.grade.unverified')}{' '}
        · {t('incident.grade.confirm', { key: String(grades.indexOf(grade) + 1) })}
      </span>
    </p>
  );
}
