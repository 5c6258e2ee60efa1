import { z } from 'zod';
import { unitId } from '@/server/domain/ids.ts';
import type { Unit } from '@/server/domain/unit.ts';
import { type SeedStore, seedOnce } from './apply.ts';
import file from './demo-units.json' with { type: 'json' };

const demoUnit = z.object({
  id: unitId,
  callSign: z.string(),
  name: z.string(),
  kind: z.string(),
  capabilities: z.array(z.string()).default([]),
  department: z.string(),
  district: z.string(),
  subject: z.object({ scheme: z.string(), key: z.string() }),
});

export const demoUnits = (): Unit[] =>
  z
    .array(demoUnit)
    .parse(file)
    .map((of) => ({ ...of, dispatchable: true, rest: 'available', emergencySince: null, assignments: [] }));

const perCommand = 200;

/** The units that the simulator moves; demo data only. Those that are there keep what they are doing. */
export async function seedDemoUnits(store: SeedStore, units: readonly Unit[] = demoUnits()): Promise<number> {
  let added = 0;
  for (let from = 0; from < units.length; from += perCommand) {
    const part = units.slice(from, from + perCommand);
    added += await seedOnce(store, { name: 'demo-units', from: part }, async (tx) => {
      const held = await tx.findAll(
        'unit',
        part.map((unit) => unit.id),
      );
      const missing = part.filter((unit) => !held.has(unit.id));
      return {
        events: missing.map((unit) => ({ stream: `unit/${unit.id}`, kind: 'unitRegistered', content: { unit } })),
        answer: { added: missing.length },
      };
    });
  }
  return added;
}
