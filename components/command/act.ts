import type { inferRouterInputs } from '@trpc/server';
import type { AppRouter } from '@/server/api/router.ts';
import type { FollowUpCommand } from '@/server/domain/follow-up-decide.ts';
import type { IncidentCommand } from '@/server/domain/incident-command.ts';

type Inputs = inferRouterInputs<AppRouter>;
type Given<T> = T extends unknown ? Omit<T, 'commandId'> : never;

/** What a command does, as data: one call of the same commands that the buttons call, or a step on the screen. */
export type Act =
  | { readonly call: 'move'; readonly incident: string; readonly command: IncidentCommand }
  | { readonly call: 'followUp'; readonly incident: string; readonly command: FollowUpCommand }
  | { readonly call: 'send'; readonly input: Given<Inputs['incident']['send']> }
  | { readonly call: 'step'; readonly input: Given<Inputs['incident']['step']> }
  | { readonly call: 'endOrder'; readonly input: Given<Inputs['incident']['endOrder']> }
  | { readonly call: 'startPlan'; readonly incident: string; readonly plan: string; readonly level: 1 | 2 | 3 | 4 }
  | { readonly call: 'merge'; readonly source: string; readonly target: string }
  | { readonly call: 'split'; readonly source: string; readonly reason: string }
  | { readonly call: 'void'; readonly incident: string; readonly reason: string }
  | { readonly call: 'attach'; readonly signal: string; readonly incident: string }
  | { readonly call: 'detach'; readonly signal: string; readonly incident: string; readonly reason: string }
  | { readonly call: 'dismiss'; readonly signal: string; readonly reason: string }
  | { readonly call: 'restore'; readonly signal: string }
  | { readonly call: 'keepApart' | 'takeApartBack'; readonly signal: string; readonly from: string }
  | { readonly call: 'acknowledgeAlarm' | 'unshelve'; readonly alarm: string }
  | { readonly call: 'shelve'; readonly alarm: string; readonly until: number; readonly reason: string }
  | { readonly call: 'unit'; readonly input: Given<Inputs['unit']['change']> }
  | { readonly call: 'claimSignal'; readonly signal: string; readonly incident: string }
  | { readonly call: 'show'; readonly key: string }
  | { readonly call: 'find'; readonly unit: string }
  | { readonly call: 'page'; readonly path: string }
  | { readonly call: 'new' }
  | { readonly call: 'edit'; readonly incident: string };

export const staysOnScreen = (act: Act): boolean =>
  act.call === 'show' || act.call === 'find' || act.call === 'page' || act.call === 'new' || act.call === 'edit';
