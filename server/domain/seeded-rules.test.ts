import { describe, expect, it } from 'vitest';
import { incidentKind } from './incident-kind.ts';
import { rule as schema, simpleConditionsOf } from './rule.ts';
import { seededRules } from './seeded-rules.ts';

describe('seeded rules', () => {
  it.each(seededRules.map((rule) => [rule.id, rule] as const))('%s is a whole rule', (_id, rule) => {
    expect(schema.parse(rule)).toEqual(rule);
    for (const words of [rule.title, rule.consequence, rule.action])
      expect(Object.values(words).every(Boolean)).toBe(true);
    if (rule.proposedKind !== null) expect(incidentKind(rule.proposedKind)).not.toBeNull();
    // What somebody must act on says by when.
    expect(rule.respondWithinS === null).toBe(rule.raises === 'status');
  });
  it('have one id each, and no two speak of one property in one way', () => {
    expect(new Set(seededRules.map(({ id }) => id)).size).toBe(seededRules.length);
    const general = seededRules.find(({ id }) => id === 'reading-over-limit')!;
    const named = seededRules
      .filter((rule) => rule !== general)
      .flatMap((rule) => simpleConditionsOf(rule.condition))
      .flatMap((of) =>
        of.of === 'reading' && typeof of.value === 'object' && 'limit' in of.value ? of.properties : [],
      );
    const [condition] = simpleConditionsOf(general.condition);
    expect(condition?.of === 'reading' && named.every((name) => condition.except.properties.includes(name))).toBe(true);
  });
});
