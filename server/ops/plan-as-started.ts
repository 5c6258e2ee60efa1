import type { PlanRun } from '@/server/domain/follow-up.ts';
import { type Plan, plan } from '@/server/domain/plan.ts';
import type { ReadTx } from '@/server/store/store.ts';

/** The plan as it was when the incident started it: later edits change nothing for those who work by it. */
export async function planAsStarted(tx: ReadTx, run: PlanRun): Promise<Plan | null> {
  const held = await tx.find('plan', run.plan);
  if (!held || held.state.version === run.version) return held?.state ?? null;
  const rows = await tx.query<{ content: string }>(
    'select content::text as content from event where stream = $1 and version = $2',
    [`plan/${run.plan}`, run.version],
  );
  const then = plan.safeParse((JSON.parse(rows[0]?.content ?? 'null') as { plan?: unknown } | null)?.plan);
  return then.success ? { ...then.data, version: run.version } : held.state;
}
