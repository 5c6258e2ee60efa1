'use client';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { GapLine } from '@/components/shell/gap-line.tsx';
import { ResponseMark } from '@/components/shell/marks/scale-marks.tsx';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useCommand } from '@/components/shell/use-command.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Select } from '@/components/ui/select.tsx';
import { Failed, Loading } from '@/components/ui/states.tsx';
import type { Incident } from '@/server/domain/incident.ts';
import { levelOf, type Plan } from '@/server/domain/plan.ts';
import { isRaised, type PlanProposal, proposePlans } from '@/server/domain/plan-run.ts';
import { may } from '@/server/domain/policy.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { ResponseLevel, warningColours } from '@/server/domain/scale.ts';
import { subjectOf } from '@/server/domain/visibility.ts';
import { FollowSection } from './follow-section.tsx';

type Words = { 'zh-CN': string; en: string };
export type PlanSectionProps = {
  of: Incident;
  actor: Actor;
  warnings: readonly (typeof warningColours)[number][];
  onDispatch: () => void;
};

/** The plan that runs, or those that fit; what it still lacks, and who could go. */
export function PlanSection({ of, actor, warnings, onDispatch }: PlanSectionProps) {
  const t = useTranslations('followUp.plan');
  const client = useTRPCClient();
  const plans = useQuery({
    queryKey: ['plan.list'],
    queryFn: () => client.plan.list.query(),
    staleTime: 60_000,
    enabled: may(actor, 'plan.read'),
  });
  const mayStart = may(actor, 'incident.dispatch', subjectOf.incident(of));
  if (plans.isError) return <Failed onRetry={() => void plans.refetch()} />;
  if (!plans.data) return may(actor, 'plan.read') ? <Loading /> : null;
  const running = of.plan ? (plans.data.find((plan) => plan.id === of.plan?.plan) ?? null) : null;
  const proposals = of.plan ? [] : proposePlans(plans.data, of, warnings);
  return (
    <FollowSection title={t('title')}>
      {running && of.plan ? (
        <Running of={of} plan={running} mayStart={mayStart} onDispatch={onDispatch} />
      ) : proposals.length > 0 ? (
        <ul className="flex flex-col gap-2">
          {proposals.map((one) => (
            <Proposal key={one.plan.id} of={of} proposal={one} mayStart={mayStart} />
          ))}
        </ul>
      ) : (
        <p className="text-xs text-ink-faint">{t(of.kind ? 'none' : 'needsKind')}</p>
      )}
    </FollowSection>
  );
}

function useStart(of: Incident) {
  const client = useTRPCClient();
  const t = useTranslations('followUp.plan');
  const locale = useLocale();
  return useCommand<{ plan: string; level: ResponseLevel }, unknown>(
    ({ commandId, plan, level }) =>
      client.incident.startPlan.mutate({
        commandId,
        incident: of.id,
        plan,
        level,
        language: locale === 'en' ? 'en' : 'zh-CN',
      }),
    { saved: t('started') },
  );
}

function useLanguage() {
  const locale = useLocale();
  return (words: Words) => (locale === 'en' && words.en) || words['zh-CN'];
}

function Source({ of }: { of: Plan['source'] }) {
  const t = useTranslations('incident.clock');
  const say = useLanguage();
  return (
    <p className="text-2xs text-ink-faint">
      {say(of.text)} · {t(of.verified ? 'verified' : 'unverified')}
    </p>
  );
}

function Proposal({ of, proposal, mayStart }: { of: Incident; proposal: PlanProposal; mayStart: boolean }) {
  const t = useTranslations('followUp.plan');
  const words = useTranslations('domain.response');
  const say = useLanguage();
  const start = useStart(of);
  const { plan } = proposal;
  const [level, setLevel] = useState<ResponseLevel>(proposal.level);
  const asked = levelOf(plan, level);
  return (
    <li className="flex flex-col gap-1 rounded-md border border-line p-2">
      <div className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate font-medium">{say(plan.title)}</span>
        <Select
          aria-label={t('level')}
          className="w-28"
          value={String(level)}
          onValueChange={(value) => setLevel(Number(value) as ResponseLevel)}
          choices={plan.levels.map((one) => ({ value: String(one.level), label: words(`${one.level}`) }))}
        />
        {mayStart ? (
          <Button
            size="sm"
            look="primary"
            data-start-plan={plan.id}
            aria-disabled={start.busy}
            onClick={() => !start.busy && start.run({ plan: plan.id, level })}
          >
            {t('start')}
          </Button>
        ) : null}
      </div>
      {asked ? (
        <>
          <p className="text-xs text-ink-soft">{say(asked.when)}</p>
          <p className="text-xs text-ink-faint">
            {t('asks', {
              units: asked.units.reduce((sum, need) => sum + need.count, 0),
              departments: asked.departments.length,
              tasks: asked.tasks.length,
            })}
          </p>
        </>
      ) : null}
      <Source of={asked?.source ?? plan.source} />
    </li>
  );
}

function Running(props: { of: Incident; plan: Plan; mayStart: boolean; onDispatch: () => void }) {
  const { of, plan, mayStart, onDispatch } = props;
  const t = useTranslations('followUp.plan');
  const words = useTranslations('domain.response');
  const say = useLanguage();
  const start = useStart(of);
  const run = of.plan!;
  const asked = levelOf(plan, run.level);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{say(plan.title)}</span>
        <ResponseMark level={run.level} />
        <span className="text-xs text-ink-faint">{t('since', { name: run.by.name })}</span>
        {run.version !== plan.version ? <Badge tone="notice">{t('newer', { version: plan.version })}</Badge> : null}
      </div>
      {asked ? <p className="text-xs text-ink-soft">{say(asked.when)}</p> : null}
      <Missing of={of} mayStart={mayStart} onDispatch={onDispatch} />
      {mayStart && plan.levels.length > 1 ? (
        <div className="flex flex-wrap gap-1">
          {plan.levels
            .filter((one) => one.level !== run.level)
            .map((one) => (
              <Button
                key={one.level}
                size="sm"
                aria-disabled={start.busy}
                onClick={() => !start.busy && start.run({ plan: plan.id, level: one.level })}
              >
                {t(isRaised(run.level, one.level) ? 'raise' : 'lower', { level: words(`${one.level}`) })}
              </Button>
            ))}
        </div>
      ) : null}
      <Source of={asked?.source ?? plan.source} />
    </div>
  );
}

/** Asked again with every order; an answer is a recommendation, never an order. */
function Missing({ of, mayStart, onDispatch }: { of: Incident; mayStart: boolean; onDispatch: () => void }) {
  const t = useTranslations('followUp.plan');
  const client = useTRPCClient();
  const codes = useCodeWords();
  const answer = useQuery({
    queryKey: ['unit.recommend', of.id, of.plan?.level, of.orders.length, of.needs.length],
    queryFn: () => client.unit.recommend.query({ incidents: [of.id] }),
    refetchInterval: 15_000,
    enabled: mayStart,
  });
  if (!mayStart || !answer.data) return null;
  const { picks, gaps } = answer.data;
  if (picks.length + gaps.length === 0) return <p className="text-xs text-good-text">{t('complete')}</p>;
  const byKind = new Map<string, number>();
  for (const pick of picks) byKind.set(pick.kind, (byKind.get(pick.kind) ?? 0) + 1);
  return (
    <div className="flex flex-col gap-1 rounded-md border border-line bg-sunken p-2">
      {picks.length ? (
        <div className="flex items-center gap-2">
          <p className="min-w-0 flex-1 text-xs">
            {t('ready')}{' '}
            {[...byKind].map(([kind, count]) => t('count', { kind: codes.unitKind(kind), count })).join('、')}
          </p>
          <Button size="sm" onClick={onDispatch}>
            {t('choose')}
          </Button>
        </div>
      ) : null}
      {gaps.map((gap) => (
        <GapLine key={gap.need} of={gap} />
      ))}
    </div>
  );
}
