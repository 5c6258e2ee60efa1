import { seededRules } from '@/server/domain/seeded-rules.ts';
import { type SeedStore, seedOnce } from './apply.ts';

/** The alarm rules of a new city, and those that a later version adds. What people made of one stands. */
export const seedRules = (store: SeedStore, now: number): Promise<number> =>
  seedOnce(store, { name: 'rules', from: seededRules }, async (tx) => {
    const held = await tx.findAll(
      'rule',
      seededRules.map((of) => of.id),
    );
    const missing = seededRules.filter((of) => !held.has(of.id));
    const by = { id: tx.actor.id, name: tx.actor.name };
    return {
      events: missing.map((rule) => ({
        stream: `rule/${rule.id}`,
        kind: 'ruleSet',
        content: { rule, by, at: now },
      })),
      answer: { added: missing.length },
    };
  });
