import { z } from 'zod';
import { type Refused, refused, wasRefused } from '@/server/domain/refusal.ts';
import { type Rule, rule } from '@/server/domain/rule.ts';
import { ruleFault } from '@/server/domain/rule-fault.ts';
import { type Command, eventsFor, loadOr, type OpDeps } from './op.ts';

/** `version`: of the rule that was looked at while it was changed. */
export const setRuleInput = z.object({ rule: rule.omit({ changed: true }), version: z.number().int().min(1) });

/** A rule's numbers, delays, or whether it is asked at all. Who changed what stands in the log. */
export function setRule(
  { store }: OpDeps,
  command: Command<z.infer<typeof setRuleInput>>,
): Promise<{ readonly rule: string } | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'set-rule', actor, input }, async (tx) => {
    const loaded = await loadOr(tx, 'rule', input.rule.id);
    if (wasRefused(loaded)) return loaded;
    if (loaded.version !== input.version)
      return refused('version_conflict', String(loaded.version), { by: loaded.state.changed?.by ?? null });
    const { changed: _who, ...held } = loaded.state;
    if (sameRule(held, input.rule)) return refused('wrong_state', 'nothing changed');
    const fault = ruleFault(held, input.rule);
    if (fault) return refused('bad_input', fault);
    const by = { id: actor.id, name: actor.name };
    const content = { rule: { ...input.rule, changed: null }, by, at: tx.now };
    return {
      events: eventsFor('rule', input.rule.id, [{ kind: 'ruleSet', content }]),
      answer: { rule: input.rule.id },
    };
  });
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
