import { alarmRules } from './alarm-rules.ts';
import { schemas } from './schemas.ts';
import { clocks, environment, feeds, incidentMoves, policyPage, refusals, unitTransitions } from './tables.ts';

/** Every file below `docs/generated`, by its name. */
export const generatedDocs = (): Record<string, string> => ({
  'environment.md': environment(),
  'policy.md': policyPage(),
  'incident-moves.md': incidentMoves(),
  'unit-transitions.md': unitTransitions(),
  'clocks.md': clocks(),
  'alarm-rules.md': alarmRules(),
  'refusals.md': refusals(),
  'feeds.md': feeds(),
  ...schemas(),
});
