import type { Incident } from './incident.ts';
import { activeAssignments, isOpen, isOpenOrder } from './incident.ts';
import { checkMove, type Decision, moved, stampBy } from './incident-decide.ts';
import type { IncidentEvent } from './incident-event.ts';
import { type Refused, refused } from './refusal.ts';

export type Merged = { readonly source: readonly IncidentEvent[]; readonly target: readonly IncidentEvent[] };

/** 并案: the source's signals join the target; the source keeps everything, so that a split restores it. */
export function mergeIncidents(source: Incident, target: Incident, context: Decision): Merged | Refused {
  if (source.id === target.id) return refused('same_incident');
  const no = checkMove(source, 'merge', context.actor);
  if (no) return no;
  if (!isOpen(target)) return refused('wrong_state', target.state);
  if (activeAssignments(source).length > 0 || source.orders.some(isOpenOrder)) return refused('units_engaged');
  const by = stampBy(context);
  return {
    source: [
      { kind: 'mergedInto', content: { incident: target.id, ...by } },
      moved(source, 'merge', context, target.number),
    ],
    target: [
      {
        kind: 'incidentAbsorbed',
        content: {
          incident: source.id,
          signals: source.signals,
          grade: source.grade,
          priority: source.priority,
          ...by,
        },
      },
    ],
  };
}

/** 拆分: undoes one merge. */
export function splitIncident(
  source: Incident,
  target: Incident,
  split: { reason: string } & Decision,
): Merged | Refused {
  const no = checkMove(source, 'split', split.actor);
  if (no) return no;
  if (source.mergedInto !== target.id) return refused('not_found', target.id);
  // Its signals have gone on with it: what was merged last is split first.
  if (target.state === 'merged') return refused('wrong_state', 'the other one is merged itself: split that first');
  if (!split.reason.trim()) return refused('reason_missing');
  const by = stampBy(split);
  return {
    source: [moved(source, 'split', split, split.reason)],
    target: [{ kind: 'incidentSplitOff', content: { incident: source.id, reason: split.reason, ...by } }],
  };
}

/** Voided, never deleted; the caller detaches its signals, which are open again. */
export function voidIncident(of: Incident, reason: string, context: Decision): readonly IncidentEvent[] | Refused {
  const no = checkMove(of, 'void', context.actor);
  if (no) return no;
  if (!reason.trim()) return refused('reason_missing');
  if (activeAssignments(of).length > 0) return refused('units_engaged');
  const by = stampBy(context);
  const orders = of.orders.filter(isOpenOrder).map<IncidentEvent>((order) => ({
    kind: 'orderEnded',
    content: { order: order.id, state: 'cancelled', reason, ...by },
  }));
  const parted = of.signals.map<IncidentEvent>((signal) => ({
    kind: 'signalParted',
    content: { signal, reason, ...by },
  }));
  return [...orders, ...parted, moved(of, 'void', context, reason)];
}
