import { incidentKind } from './incident-kind.ts';
import { type Rule, type SimpleCondition, simpleConditionsOf } from './rule.ts';

/** Beyond anything that is measured; a slip of the finger, not a limit. */
const mostValue = 1e9;

/** By the field that is wrong. */
export const ruleFaults = [
  ...(['condition', 'value', 'deadBand', 'flags', 'area', 'dwellS', 'title', 'consequence', 'action'] as const),
  ...(['proposedKind', 'enabled', 'source'] as const),
] as const;
export type RuleFault = (typeof ruleFaults)[number];

const shapeOf = ({ condition }: Pick<Rule, 'condition'>): string =>
  [
    'of' in condition ? 'one' : 'all' in condition ? 'all' : 'any',
    ...simpleConditionsOf(condition).map(({ of }) => of),
  ].join(' ');

function numberFault(of: SimpleCondition): RuleFault | null {
  if (of.of !== 'reading' && of.of !== 'capacity') return null;
  const { value, deadBand } = of;
  if (deadBand > mostValue) return 'deadBand';
  if (typeof value !== 'number') return null;
  if (Math.abs(value) > mostValue) return 'value';
  // As wide as the limit itself, and what was never negative would never be over.
  return value !== 0 && deadBand > Math.abs(value) ? 'deadBand' : null;
}

/** A condition that could never be true, or always is. */
function positionFault(of: SimpleCondition): RuleFault | null {
  if (of.of !== 'position') return null;
  if (of.event === 'flag' && of.flags.length === 0) return 'flags';
  if ((of.event === 'inside' || of.event === 'outside') && of.area.length === 0) return 'area';
  return of.event === 'dwell' && (of.dwellS ?? 0) <= 0 ? 'dwellS' : null;
}

/** Feeds and the room are subjects of their own: nothing else is ever said of them that could be joined. */
const joinsApart = ({ condition }: Pick<Rule, 'condition'>): boolean =>
  !('of' in condition) && simpleConditionsOf(condition).some(({ of }) => of === 'feed' || of === 'flood');

const isBlank = (words: Rule['title']): boolean => !words['zh-CN'].trim() || !words.en.trim();

type Given = Omit<Rule, 'changed'>;

/** What it has to say and does not. An alarm needs somebody's action; what has none is a status line (PRODUCT.md §8). */
export function wordFaults(of: Pick<Rule, 'title' | 'raises' | 'consequence' | 'action' | 'source'>): RuleFault[] {
  const faults: RuleFault[] = isBlank(of.title) ? ['title'] : [];
  if (of.raises !== 'status' && isBlank(of.consequence)) faults.push('consequence');
  if (of.raises !== 'status' && isBlank(of.action)) faults.push('action');
  return of.source.verified && isBlank(of.source.text) ? [...faults, 'source'] : faults;
}

/** What is wrong with a rule as somebody wrote it (`held` null) or changed it: then its numbers and words may change, not what it is about. */
export function ruleFault(held: Given | null, given: Given): RuleFault | null {
  if (held && shapeOf(held) !== shapeOf(given)) return 'condition';
  if (!held && (joinsApart(given) || shapeOf(given) === 'one flood')) return 'condition';
  for (const of of simpleConditionsOf(given.condition)) {
    const fault = numberFault(of) ?? positionFault(of);
    if (fault) return fault;
  }
  const [unsaid] = wordFaults(given);
  if (unsaid) return unsaid;
  if (given.retired && given.enabled) return 'enabled';
  if (given.proposedKind !== (held?.proposedKind ?? null) && given.proposedKind && !incidentKind(given.proposedKind))
    return 'proposedKind';
  return null;
}
