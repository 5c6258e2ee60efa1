import { seededPlans } from '@/server/domain/seeded-plans.ts';
import { type SeedStore, seedOnce } from './apply.ts';

/** The plans of a new city, and those that a later version adds. What people made of one stands. */
export const seedPlans = (store: SeedStore, now: number): Promise<number> =>
  seedOnce(store, { name: 'plans', from: seededPlans }, async (tx) => {
    const held = await tx.findAll(
      'plan',
      seededPlans.map((of) => of.id),
    );
    const missing = seededPlans.filter((of) => !held.has(of.id));
    const by = { id: tx.actor.id, name: tx.actor.name };
    return {
      events: missing.map((plan) => ({ stream: `plan/${plan.id}`, kind: 'planSet', content: { plan, by, at: now } })),
      answer: { added: missing.length },
    };
  });
