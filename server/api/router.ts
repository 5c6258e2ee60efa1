import { accountProcedures } from './account/account.ts';
import { alarmProcedures } from './alarm/alarm.ts';
import { assistProcedures } from './assist/assist.ts';
import { departmentProcedures } from './department/department.ts';
import { feedProcedures } from './feed/feed.ts';
import { historyProcedures } from './history/history.ts';
import { incidentCommands } from './incident/command.ts';
import { incidentReads } from './incident/read.ts';
import { placeProcedures } from './place/place.ts';
import { planProcedures } from './plan/plan.ts';
import { ruleProcedures } from './rule/rule.ts';
import { sessionReads } from './session/about.ts';
import { sessionOwn } from './session/own.ts';
import { sessionSignIn } from './session/sign-in.ts';
import { signalCommands } from './signal/command.ts';
import { signalReads } from './signal/read.ts';
import { stationProcedures } from './station/station.ts';
import { tokenProcedures } from './token/token.ts';
import type { WithoutRefusals } from './told.ts';
import { router } from './trpc.ts';
import { unitProcedures } from './unit/unit.ts';

/** Every procedure, `<noun>.<verb>`. */
export const appRouter = router({
  session: router({ ...sessionReads, ...sessionSignIn, ...sessionOwn }),
  account: router(accountProcedures),
  token: router(tokenProcedures),
  incident: router({ ...incidentReads, ...incidentCommands }),
  signal: router({ ...signalReads, ...signalCommands }),
  alarm: router(alarmProcedures),
  rule: router(ruleProcedures),
  plan: router(planProcedures),
  station: router(stationProcedures),
  unit: router(unitProcedures),
  department: router(departmentProcedures),
  feed: router(feedProcedures),
  history: router(historyProcedures),
  place: router(placeProcedures),
  assist: router(assistProcedures),
});

/** As clients see it: a refusal arrives as an error, never as an answer. */
export type AppRouter = WithoutRefusals<typeof appRouter>;
