'use client';
import { decideFollowUp } from '@/server/domain/follow-up-decide.ts';
import type { Incident } from '@/server/domain/incident.ts';
import { may } from '@/server/domain/policy.ts';
import { wasRefused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { warningColours } from '@/server/domain/scale.ts';
import { subjectOf } from '@/server/domain/visibility.ts';
import { CheckInList } from './check-in-list.tsx';
import { NeedList } from './need-list.tsx';
import { PlanSection } from './plan-section.tsx';
import { TaskList } from './task-list.tsx';
import { useFollowUp } from './use-follow-up.ts';

export type FollowTabProps = {
  of: Incident;
  actor: Actor;
  warnings: readonly (typeof warningColours)[number][];
  onDispatch: () => void;
};

/** What follows a dispatch: the plan, its tasks, what the scene asks for, who must be heard of. */
export function FollowTab({ of, actor, warnings, onDispatch }: FollowTabProps) {
  const command = useFollowUp(of.id);
  const asked = { act: 'raiseNeed', need: '-', unitKind: null, count: 1, text: '-' } as const;
  const takesPart =
    may(actor, 'incident.move', subjectOf.incident(of)) && !wasRefused(decideFollowUp(of, asked, { now: 0, actor }));
  const sends = may(actor, 'incident.dispatch', subjectOf.incident(of));
  return (
    <>
      <PlanSection of={of} actor={actor} warnings={warnings} onDispatch={onDispatch} />
      <TaskList of={of} actor={actor} command={command} />
      <CheckInList of={of} may={takesPart} command={command} />
      <NeedList of={of} mayRaise={takesPart} mayAnswer={sends} command={command} />
    </>
  );
}
