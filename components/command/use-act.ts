'use client';
import { useLocale } from 'next-intl';
import { useCallback } from 'react';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import type { Act } from './act.ts';

/** Sends one act through the same commands that the buttons use; the server decides as for anybody. */
export function useAct(): (act: Act, commandId: string) => Promise<unknown> {
  const client = useTRPCClient();
  const language = useLocale() === 'en' ? 'en' : 'zh-CN';
  return useCallback(
    (act: Act, commandId: string): Promise<unknown> => {
      const { incident, signal, alarm, unit } = client;
      switch (act.call) {
        case 'move':
          return incident.move.mutate({ commandId, incident: act.incident, command: act.command });
        case 'followUp':
          return incident.followUp.mutate({ commandId, incident: act.incident, command: act.command });
        case 'send':
          return incident.send.mutate({ commandId, ...act.input });
        case 'step':
          return incident.step.mutate({ commandId, ...act.input });
        case 'endOrder':
          return incident.endOrder.mutate({ commandId, ...act.input });
        case 'startPlan':
          return incident.startPlan.mutate({
            commandId,
            incident: act.incident,
            plan: act.plan,
            level: act.level,
            language,
          });
        case 'merge':
          return incident.merge.mutate({ commandId, source: act.source, target: act.target });
        case 'split':
          return incident.split.mutate({ commandId, source: act.source, reason: act.reason });
        case 'void':
          return incident.void.mutate({ commandId, incident: act.incident, reason: act.reason });
        case 'claimSignal':
          return incident.open.mutate({
            commandId,
            incident: act.incident,
            signals: [act.signal],
            facts: { title: null, text: null, kind: null, place: null, priority: null },
          });
        case 'attach':
          return signal.attach.mutate({ commandId, signal: act.signal, incident: act.incident });
        case 'detach':
          return signal.detach.mutate({
            commandId,
            signal: act.signal,
            incident: act.incident,
            reason: act.reason,
          });
        case 'dismiss':
          return signal.dismiss.mutate({ commandId, signal: act.signal, reason: act.reason });
        case 'restore':
          return signal.restore.mutate({ commandId, signal: act.signal });
        case 'keepApart':
          return signal.keepApart.mutate({ commandId, signal: act.signal, from: act.from });
        case 'takeApartBack':
          return signal.takeApartBack.mutate({ commandId, signal: act.signal, from: act.from });
        case 'acknowledgeAlarm':
          return alarm.acknowledge.mutate({ commandId, alarm: act.alarm });
        case 'unshelve':
          return alarm.unshelve.mutate({ commandId, alarm: act.alarm });
        case 'shelve':
          return alarm.shelve.mutate({ commandId, alarm: act.alarm, until: act.until, reason: act.reason });
        case 'unit':
          return unit.change.mutate({ commandId, ...act.input });
        default:
          return Promise.reject(new Error(`${act.call} is no command of the server`));
      }
    },
    [client, language],
  );
}
