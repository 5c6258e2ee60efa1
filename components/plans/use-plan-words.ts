'use client';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import type { Plan, PlanDepartment, PlanTask, UnitNeed } from '@/server/domain/plan.ts';

type Words = { readonly 'zh-CN': string; readonly en: string };

/** A plan's parts in one line each: the same words in the view, the difference and the editor. */
export function usePlanWords() {
  const t = useTranslations('plans');
  const domain = useTranslations('domain');
  const locale = useLocale();
  const codes = useCodeWords();
  return useMemo(() => {
    const say = (words: Words): string => (locale === 'en' && words.en) || words['zh-CN'];
    const time = (seconds: number): string =>
      seconds < 120 || seconds % 60 !== 0 ? t('seconds', { count: seconds }) : t('minutes', { count: seconds / 60 });
    const owner = ({ kind, id }: PlanTask['owner']): string => {
      const key = `role.${id}` as 'role.duty-chief';
      return kind === 'department' ? (codes.department(id) ?? id) : domain.has(key) ? domain(key) : id;
    };
    const join = (parts: readonly (string | null | false)[]): string => parts.filter(Boolean).join(' · ');
    return {
      say,
      time,
      owner,
      need: (of: UnitNeed): string =>
        join([
          t('need', { kinds: of.kinds.map(codes.unitKind).join('/'), count: of.count }),
          of.capabilities.length > 0 &&
            t('withAbility', { list: of.capabilities.map(codes.capability).join(t('and')) }),
          of.role && say(of.role),
        ]),
      department: (of: PlanDepartment): string =>
        join([
          codes.department(of.department),
          say(of.role),
          t('answerWithin', { time: time(of.answerWithinS) }),
          of.stationWithinS !== null && t('stationWithin', { time: time(of.stationWithinS) }),
        ]),
      task: (of: PlanTask): string =>
        join([say(of.title), owner(of.owner), t('within', { time: time(of.withinS) }), of.evidence && t('evidence')]),
      triggers: (of: Plan['triggers']): string =>
        of
          .map((one) =>
            join([
              one.kinds.map((kind) => codes.incidentKind(kind)).join(t('and')),
              one.grade && t('fromGrade', { grade: domain(`grade.${one.grade}`) }),
              one.warning && t('underWarning', { colour: domain(`warningColour.${one.warning}`) }),
            ]),
          )
          .join('；'),
      source: (of: Plan['source']): string => `${say(of.text)} · ${t(of.verified ? 'verified' : 'unverified')}`,
      level: (level: number): string => domain(`response.${level}` as 'response.1'),
    };
  }, [t, domain, locale, codes]);
}
