import { incidentKind } from './incident-kind.ts';
import { type Rule, type SimpleCondition, simpleConditionsOf } from './rule.ts';

/** Beyond anything that is measured; a slip of the finger, not a limit. */
const mostValue = 1e9;

const shapeOf = ({ condition }: Pick<Rule, 'condition'>): string =>
  [
    'of' in condition ? 'one' : 'all' in condition ? 'all' : 'any',
    ...simpleConditionsOf(condition).map(({ of }) => of),
  ].join(' ');

function numberFault(of: SimpleCondition): string | null {
  if (of.of !== 'reading' && of.of !== 'capacity') return null;
  const { value, deadBand } = of;
  if (deadBand > mostValue) return 'deadBand';
  if (typeof value !== 'number') return null;
  if (Math.abs(value) > mostValue) return 'value';
  // As wide as the limit itself, and what was never negative would never be over.
  return value !== 0 && deadBand > Math.abs(value) ? 'deadBand' : null;
}

type Given = Omit<Rule, 'changed'>;

/** What is wrong with a rule as somebody changed it, by its field: numbers may change, not what it is about. */
export function ruleFault(held: Given, given: Given): string | null {
  if (shapeOf(held) !== shapeOf(given)) return 'condition';
  for (const of of simpleConditionsOf(given.condition)) {
    const fault = numberFault(of);
    if (fault) return fault;
  }
  if (!given.title['zh-CN'].trim() || !given.title.en.trim()) return 'title';
  if (given.proposedKind !== held.proposedKind && given.proposedKind && !incidentKind(given.proposedKind))
    return 'proposedKind';
  return null;
}
