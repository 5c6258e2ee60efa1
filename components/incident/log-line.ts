import { isFollowUpEvent } from '@/server/domain/follow-up-event.ts';
import type { IncidentState } from '@/server/domain/incident.ts';
import type { IncidentEvent } from '@/server/domain/incident-event.ts';
import { followLine } from './follow-line.ts';

/** One entry of the log, ready for words: a key under `incident.log`, its values, and the person's own words. */
export type LogLine = {
  readonly key: IncidentEvent['kind'] | 'unknown';
  readonly tone: 'plain' | 'strong' | 'warn';
  /** Codes that the caller turns into words. */
  readonly state?: IncidentState;
  readonly move?: string;
  readonly name?: string;
  readonly code?: string;
  readonly text?: string | null;
};

type Entry = { readonly kind: string; readonly content?: unknown };

const plain = (key: LogLine['key'], more: Omit<LogLine, 'key' | 'tone'> = {}): LogLine => ({
  key,
  tone: 'plain',
  ...more,
});

/** Total: an entry of a newer server is shown as such, never dropped. */
export function logLine(
  entry: Entry,
  names: {
    order: (id: string) => string;
    assignment: (id: string) => string;
    task?: (id: string) => string;
    checkIn?: (id: string) => string;
    incident?: (id: string) => string | null;
    signal?: (id: string) => string | null;
  },
): LogLine {
  if (isFollowUpEvent(entry)) return followLine(entry, names);
  const event = entry as IncidentEvent;
  switch (event.kind) {
    case 'incidentMoved':
      return {
        key: event.kind,
        tone: 'strong',
        state: event.content.to,
        move: event.content.move,
        text: event.content.reason,
      };
    case 'incidentOpened':
      return plain(event.kind, { name: event.content.incident.number ?? '' });
    case 'incidentNumbered':
      return plain(event.kind, { name: event.content.number });
    case 'incidentClaimed':
      return plain(event.kind);
    case 'incidentEdited':
      return plain(event.kind, { text: event.content.title ?? event.content.place?.text ?? event.content.text });
    case 'incidentGraded':
      return plain(event.kind, { code: event.content.grade ?? 'none', text: event.content.rule });
    case 'incidentResponded':
      return plain(event.kind, { code: String(event.content.response ?? 'none'), text: event.content.reason });
    case 'signalJoined':
      return plain(event.kind, { text: names.signal?.(event.content.signal) });
    case 'signalParted':
      return plain(event.kind, {
        text: [names.signal?.(event.content.signal), event.content.reason].filter(Boolean).join('\n'),
      });
    case 'orderSent': {
      const { target, text } = event.content.order;
      return plain(event.kind, { name: target.kind === 'unit' ? target.callSign : target.id, text });
    }
    case 'orderAcknowledged':
      return plain(event.kind, { name: names.order(event.content.order) });
    case 'orderEnded':
      return plain(event.kind, {
        name: names.order(event.content.order),
        code: event.content.state,
        text: event.content.reason,
      });
    case 'orderLate':
      return { key: event.kind, tone: 'warn', name: names.order(event.content.order) };
    case 'assignmentAdvanced':
    case 'assignmentEnded':
      return plain(event.kind, { name: names.assignment(event.content.assignment), code: event.content.state });
    case 'noteAdded':
    case 'reportMade':
      return plain(event.kind, { text: event.content.text });
    case 'verificationMade':
      return plain(event.kind, { code: event.content.passed ? 'passed' : 'failed', text: event.content.text });
    case 'closingMade':
      return plain(event.kind, { code: event.content.code, text: event.content.text });
    case 'evaluationMade':
      return plain(event.kind, { name: String(event.content.score), text: event.content.lessons });
    case 'suspensionSet':
      return plain(event.kind, { name: String(event.content.until) });
    case 'transferSet':
      return plain(event.kind, { name: event.content.to });
    case 'cycleBegun':
      return { key: event.kind, tone: 'strong', text: event.content.reason };
    case 'mergedInto':
    case 'incidentAbsorbed':
      return plain(event.kind, { name: names.incident?.(event.content.incident) ?? '' });
    case 'incidentSplitOff':
      return plain(event.kind, {
        name: names.incident?.(event.content.incident) ?? '',
        text: event.content.reason,
      });
    default:
      return plain('unknown', { name: entry.kind });
  }
}
