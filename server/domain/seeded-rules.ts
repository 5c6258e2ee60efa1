import type { Rule } from './rule.ts';
import { devices, house, people } from './seeded-rules-city.ts';
import { environment, waters } from './seeded-rules-nature.ts';

/**
 * The alarms of a new city [prov]: numbers, delays and priorities are its own to change, and whoever does so stands in the log. A source is
 * `verified` only where its text is at hand; nobody here has read the paywalled norms.
 */
export const seededRules: readonly Rule[] = [...waters, ...environment, ...people, ...devices, ...house];
