import { z } from 'zod';
import { type Refused, refused, wasRefused } from '@/server/domain/refusal.ts';
import { type Rule, rule } from '@/server/domain/rule.ts';
import { ruleFault } from '@/server/domain/rule-fault.ts';
import type { Tx } from '@/server/store/store.ts';
import { type Command, eventsFor, loadOr, type OpDeps } from './op.ts';
import { unknownDepartment } from './unknown-department.ts';

/** `version`: of the rule that was looked at while it was changed; 0: a new one. */
export const setRuleInput = z.object({ rule: rule.omit({ changed: true }), version: z.number().int().min(0) });

/** A new rule, or another one's numbers and words, or whether it is asked at all. Who changed what stands in the log. */
export function setRule(
  { store }: OpDeps,
  command: Command<z.infer<typeof setRuleInput>>,
): Promise<{ readonly rule: string } | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'set-rule', actor, input }, async (tx) => {
    const found = await heldRule(tx, input);
    if (wasRefused(found)) return found;
    const held = found.rule;
    if (held && sameRule(held, input.rule)) return refused('wrong_state', 'nothing changed');
    const fault = ruleFault(held, input.rule);
    if (fault) return refused('bad_input', fault);
    if (held?.owner !== input.rule.owner) {
      const unknown = await unknownDepartment(tx, [input.rule.owner]);
      if (unknown) return unknown;
    }
    const by = { id: actor.id, name: actor.name };
    const content = { rule: { ...input.rule, changed: null }, by, at: tx.now };
    return {
      events: eventsFor('rule', input.rule.id, [{ kind: 'ruleSet', content }]),
      answer: { rule: input.rule.id },
    };
  });
}

/** The rule as it is, if the one who asks has seen it so. */
async function heldRule(
  tx: Tx,
  { rule: given, version }: z.infer<typeof setRuleInput>,
): Promise<{ readonly rule: Omit<Rule, 'changed'> | null } | Refused> {
  if (version === 0) return (await tx.load('rule', given.id)) ? refused('rule_exists', given.id) : { rule: null };
  const loaded = await loadOr(tx, 'rule', given.id);
  if (wasRefused(loaded)) return loaded;
  const { changed, ...held } = loaded.state;
  return loaded.version === version
    ? { rule: held }
    : refused('version_conflict', String(loaded.version), { by: changed?.by ?? null });
}

/** Whatever the order of keys. */
const sameRule = (one: Omit<Rule, 'changed'>, other: Omit<Rule, 'changed'>): boolean =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, held]) => [key, sorted(held)]),
        )
      : value;
