import { type AlarmFigures, alarmFigures, type Raised } from '@/server/domain/alarm-figures.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { OpDeps } from './op.ts';

const mostRaised = 50_000;

/** From the log, as this actor may read it: every raising since `from`, of alarms that are over too. */
export async function readAlarmFigures(
  { store }: Pick<OpDeps, 'store'>,
  actor: Actor,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<AlarmFigures> {
  const { raised, began } = await store.read(actor, async (tx) => ({
    // A log that is younger than the time asked about was no calm before it began.
    began: await tx.query<{ at: number }>('select recorded_at::float8 as at from event order by id limit 1'),
    raised: await tx.query<Raised>(
      `select recorded_at::float8 as at, substr(stream, 7) as alarm, of->>'rule' as rule, of->>'name' as name,
         of->>'priority' as priority, of->>'raises' as raises, of->>'quiet' as quiet
       from (select stream, recorded_at, content::jsonb->'alarm' as of from event
             where kind = 'alarmRaised' and recorded_at between $1 and $2
             order by recorded_at desc limit $3) raised`,
      [from, to, mostRaised],
    ),
  }));
  return alarmFigures(raised, { from: Math.max(from, Math.min(began[0]?.at ?? from, to)), to });
}
