'use client';
import { useTranslations } from 'next-intl';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { type Command, type CommandOptions, useCommand } from '@/components/shell/use-command.ts';
import { serverNow } from '@/components/ui/clock.ts';
import type { IncidentCommand } from '@/server/domain/incident-command.ts';
import type { AssignmentState } from '@/server/domain/unit.ts';
import type { MoveDraft } from './move-fields.ts';
import type { PersonMove } from './possible-moves.ts';

/** One door for what changes one incident: a move, a merge, a step of a unit, the end of an order. */
export type IncidentAction =
  | { readonly do: 'move'; readonly command: IncidentCommand; readonly said?: string }
  | { readonly do: 'merge'; readonly target: string }
  | { readonly do: 'split'; readonly reason: string }
  | { readonly do: 'void'; readonly reason: string }
  | { readonly do: 'step'; readonly assignment: string; readonly to: AssignmentState | 'cleared' }
  | {
      readonly do: 'end';
      readonly order: string;
      readonly end: 'done' | 'returned' | 'cancelled';
      readonly reason: string;
    };

/** From what the dialog asked to what the server takes. */
export function actionOf(move: PersonMove, draft: MoveDraft): IncidentAction | null {
  const { reason, text } = draft;
  const command = ((): IncidentCommand | null => {
    switch (move) {
      case 'claim':
      case 'check':
      case 'file':
      case 'control':
      case 'resume':
        return { move };
      case 'report':
      case 'confirm':
        return { move, text };
      case 'sendBack':
        return { move, text: reason };
      case 'close':
        return { move, code: draft.code, text };
      case 'evaluate':
        return { move, score: draft.score, lessons: draft.lessons };
      case 'suspend':
        return { move, until: Math.round(serverNow() + draft.untilMinutes * 60_000), reason };
      case 'transfer':
        return { move, to: draft.to, reason };
      case 'takeBack':
      case 'reopen':
        return { move, reason };
      default:
        return null;
    }
  })();
  if (command) return { do: 'move', command };
  if (move === 'merge' && draft.target) return { do: 'merge', target: draft.target };
  if (move === 'split') return { do: 'split', reason };
  if (move === 'void') return { do: 'void', reason };
  return null;
}

export function useIncidentCommand(
  incident: string,
  options: CommandOptions<unknown> = {},
): Command<IncidentAction, unknown> {
  const client = useTRPCClient();
  const t = useTranslations('command');
  return useCommand<IncidentAction, unknown>(
    ({ commandId, ...action }) => {
      switch (action.do) {
        case 'move':
          return client.incident.move.mutate({ commandId, incident, command: action.command });
        case 'merge':
          return client.incident.merge.mutate({ commandId, source: incident, target: action.target });
        case 'split':
          return client.incident.split.mutate({ commandId, source: incident, reason: action.reason });
        case 'void':
          return client.incident.void.mutate({ commandId, incident, reason: action.reason });
        case 'step':
          return client.incident.step.mutate({
            commandId,
            incident,
            command: { assignment: action.assignment, to: action.to },
          });
        case 'end':
          return client.incident.endOrder.mutate({
            commandId,
            incident,
            command: { order: action.order, end: action.end, reason: action.reason },
          });
      }
    },
    { saved: t('saved'), ...options },
  );
}
