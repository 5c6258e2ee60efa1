import { redact } from './assist-redact.ts';

/** One line of an incident's log as a model reads it: its number, when, and what of it may leave the house. */
export type LogLineForModel = {
  readonly n: number;
  readonly at: string;
  readonly what: string;
  readonly facts: string;
};
export type LoggedEntry = { readonly kind: string; readonly content: unknown; readonly recordedAt: number };

/**
 * The only keys whose values are taken along. Who did or said it, positions, callers, files and check-ins (people on the scene) have none:
 * a brief needs what happened, not the names of colleagues.
 */
const taken = new Set([
  'callSign',
  'category',
  'clock',
  'code',
  'count',
  'department',
  'grade',
  'headline',
  'kind',
  'level',
  'lessons',
  'move',
  'number',
  'passed',
  'priority',
  'reason',
  'response',
  'rule',
  'score',
  'state',
  'text',
  'title',
  'to',
  'unitKind',
]);
/** Of the incident as it was opened, everything below is told by lines of its own. */
const left = new Set([
  'by',
  'owner',
  'notes',
  'cycles',
  'orders',
  'tasks',
  'needs',
  'checkIns',
  'checkIn',
  'file',
  'files',
  'drawing',
  'merged',
]);

const longestFact = 600;
const longestLine = 1_200;
/** One zone for all of China; the log itself keeps UTC. */
const zoneMs = 8 * 3_600_000;
export const cityTime = (at: number): string => new Date(at + zoneMs).toISOString().slice(5, 19).replace('T', ' ');

function walk(value: unknown, key: string, into: string[]): void {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    if (taken.has(key) && value !== '') into.push(`${key}=${redact(String(value)).slice(0, longestFact)}`);
    return;
  }
  if (Array.isArray(value)) for (const one of value) walk(one, key, into);
  else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value)) if (!left.has(name)) walk(inner, name, into);
}

/** The first lines say how it began, the last how it stands. */
const keptFirst = 30;
const keptLast = 120;

export function linesForModel(log: readonly LoggedEntry[]): LogLineForModel[] {
  const lines = log.map(({ kind, content, recordedAt }, index) => {
    const facts: string[] = [];
    walk(content, '', facts);
    return { n: index + 1, at: cityTime(recordedAt), what: kind, facts: facts.join('; ').slice(0, longestLine) };
  });
  return lines.length <= keptFirst + keptLast
    ? lines
    : [...lines.slice(0, keptFirst), ...lines.slice(lines.length - keptLast)];
}
