import { z } from 'zod';
import { feedStates } from './feed.ts';
import { priorities } from './scale.ts';
import { stationKinds, thresholdLevels } from './station.ts';
import { at, who } from './who.ts';

/**
 * An alarm's definition (PRODUCT.md §8; ISA-18.2, EEMUA 191): what has to be true for how long, what follows if nobody acts, what to do and by
 * when. Data, changed by people and kept in the log; what needs nobody's action is a status line, not an alarm.
 */
const words = z.object({ 'zh-CN': z.string().max(500), en: z.string().max(500) });
const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);

/** What a value is held against: a number, the limit its own message states, or a threshold of the station's register entry. */
const against = z.union([
  z.number(),
  z.object({ limit: z.literal('message') }),
  z.object({ threshold: z.enum(thresholdLevels) }),
  /** A share of the maximum in the message or in the register, 0..n. */
  z.object({ shareOfMaximum: z.number().min(0).max(10) }),
]);
export type Against = z.infer<typeof against>;

const schemes = z.array(z.string().max(64)).max(20);
const properties = z.array(z.string().max(128)).max(50);
/** A number is reached (at it or beyond); a limit that a message states is passed, as the norms that state one mean it. */
const valueCondition = {
  schemes,
  stationKinds: z.array(z.enum(stationKinds)).max(20),
  when: z.enum(['above', 'below']),
  value: against,
  /** In the number's unit: how far it must come back before the condition is over. */
  deadBand: z.number().min(0),
};

export const statistics = ['instant', 'mean', 'min', 'max', 'sum', 'count'] as const;

const readingCondition = z.object({
  of: z.literal('reading'),
  /** Any of these properties; empty: any. */
  properties,
  /** What another rule speaks of: two alarms for one thing are one too many. */
  except: z.object({ properties, schemes }),
  /** Empty: any but `min` and `max`, which say nothing of now. */
  statistics: z.array(z.enum(statistics)).max(6),
  /** `per-hour`: a sum over its interval, as a rate. */
  as: z.enum(['value', 'per-hour']),
  /** UCUM unit of the numbers here; null: the reading's own. */
  unit: z.string().max(64).nullable(),
  ...valueCondition,
});
const capacityCondition = z.object({
  of: z.literal('capacity'),
  /** What is left of it: beds, places for visitors. */
  resources: properties,
  ...valueCondition,
});
const positionCondition = z.object({
  of: z.literal('position'),
  event: z.enum(['sos', 'flag', 'inside', 'outside', 'dwell']),
  /** For `flag`: any of these of its extras is set (`alarm.rollover`). */
  flags: z.array(z.string().max(128)).max(50),
  /** Rings in WGS-84; empty for `sos` and `flag`. */
  area: z.array(z.array(position).min(4).max(500)).max(20),
  /** For `dwell`: hardly moved (within `dwellM`) within the area for so long. */
  dwellS: z.number().min(0).max(604_800).nullable(),
  dwellM: z.number().min(0).max(100_000).nullable(),
  schemes,
});
const alertCondition = z.object({
  of: z.literal('alert'),
  /** Any of these event codes, by prefix (`fire.` …). */
  events: z.array(z.string().max(128)).min(1).max(50),
  schemes,
});
const feedCondition = z.object({ of: z.literal('feed'), states: z.array(z.enum(feedStates)).min(1) });
/** The room itself: more alarms in a time than anybody can follow. */
const floodCondition = z.object({
  of: z.literal('flood'),
  alarms: z.number().int().min(2).max(1_000),
  withinS: z.number().min(1).max(86_400),
  /** It is over when fewer than these came within the time. */
  endsBelow: z.number().int().min(1).max(1_000),
});

export const simpleCondition = z.discriminatedUnion('of', [
  readingCondition,
  capacityCondition,
  positionCondition,
  alertCondition,
  feedCondition,
  floodCondition,
]);
export type SimpleCondition = z.infer<typeof simpleCondition>;

/** `all` and `any` join conditions about one subject (one station, one terminal, one feed). */
export const condition = z.union([
  simpleCondition,
  z.object({ all: z.array(simpleCondition).min(1).max(8) }),
  z.object({ any: z.array(simpleCondition).min(1).max(8) }),
]);
export type Condition = z.infer<typeof condition>;

export const rule = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  title: words,
  condition,
  /** Seconds the condition has to hold before it is an alarm, and to be over before the alarm is. */
  onDelayS: z.number().min(0).max(86_400),
  offDelayS: z.number().min(0).max(86_400),
  priority: z.enum(priorities),
  consequence: words,
  action: words,
  respondWithinS: z.number().positive().max(604_800).nullable(),
  /** A department, or null: the desk. */
  owner: z.string().max(64).nullable(),
  /**
   * `signal`: a person must judge whether it is an incident; `alarm`: somebody must act, but it is none (a silent feed); `status`: a
   * line in the list, which nobody has to acknowledge.
   */
  raises: z.enum(['signal', 'alarm', 'status']),
  /** What incident it would be; an operator's choice is never overwritten. */
  proposedKind: z.string().max(128).nullable(),
  /** Parts of one thing that alarm together are one alarm: the panels and detectors of one building. */
  groupedBy: z.enum(['subject', 'site']),
  /** A norm's own name, or whose word it is; `verified` only where somebody has read the text itself. */
  source: z.object({ text: words, verified: z.boolean() }),
  enabled: z.boolean(),
  /** Out of use for good, and out of the list; what it raised stays in the log. Left out: in use. */
  retired: z.boolean().optional(),
  /** Who made it what it is; null: as it was seeded. */
  changed: z.object({ by: who, at }).nullable(),
});
export type Rule = z.infer<typeof rule>;

export const ruleEventKinds = {
  ruleSet: z.object({ rule, by: who, at }),
} as const;
export type RuleEvent = { kind: 'ruleSet'; content: z.infer<(typeof ruleEventKinds)['ruleSet']> };

export const seededBy = 'system/seed';
export const applyRule = (_current: Rule | null, { content }: RuleEvent): Rule => ({
  ...content.rule,
  changed: content.by.id === seededBy ? null : { by: content.by, at: content.at },
});

export const simpleConditionsOf = (of: Condition): readonly SimpleCondition[] =>
  'all' in of ? of.all : 'any' in of ? of.any : [of];

/**
 * Whether each property of a subject is a matter of its own. Conditions that name one property each are joined across them (level and flow of one
 * gauge); a condition that takes several would else be answered by whichever spoke last.
 */
export const isPerProperty = (of: Condition): boolean =>
  'of' in of ||
  simpleConditionsOf(of).some((one) => {
    const names = one.of === 'reading' ? one.properties : one.of === 'capacity' ? one.resources : null;
    return names !== null && names.length !== 1;
  });
