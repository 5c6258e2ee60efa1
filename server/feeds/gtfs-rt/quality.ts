import type { QualityFlag } from '@/server/wire/record.ts';
import type { RtEntity, RtFeed } from './message.ts';

/** Said for the reader, but no reason to doubt the value. */
const harmless: ReadonlySet<QualityFlag> = new Set(['clock_ahead', 'no_fix']);

export const flagsOf = (entity: RtEntity, feed: RtFeed): QualityFlag[] =>
  [...feed.deviations, ...entity.deviations].flatMap(({ flag }) => flag ?? []);

export const stateOf = (flags: ReadonlySet<QualityFlag>): 'good' | 'suspect' =>
  [...flags].every((flag) => harmless.has(flag)) ? 'good' : 'suspect';
