import type { Plan } from './plan.ts';
import { accidentPlans } from './seeded-plans-accident.ts';
import { hazardPlans } from './seeded-plans-hazard.ts';
import { naturePlans } from './seeded-plans-nature.ts';

/**
 * The plans of a new city [prov]: numbers, deadlines and words are its own to change, and whoever does so stands in the log. No source is
 * marked verified: the city's own plans are not at hand.
 */
export const seededPlans: readonly Plan[] = [...naturePlans, ...accidentPlans, ...hazardPlans];
