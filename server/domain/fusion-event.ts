import { z } from 'zod';

/** Why one thing was taken for another's, as it stands in the log: the figures of that moment and the weights' version. */
export const fusionReason = z.object({
  code: z.enum([
    'distance',
    'minutes',
    'kindSame',
    'kindRelated',
    'text',
    'sameCaller',
    'sameDevice',
    'noPoint',
    'road',
    'house',
    'estate',
    'building',
    'room',
    'floor',
    'plate',
    'heading',
    'stake',
    'details',
  ]),
  /** Speaks for one thing, or against it. */
  speaksFor: z.boolean(),
  /** Metres, minutes or a share, where the code has one. */
  value: z.number().nullable(),
});
export type FusionReason = z.infer<typeof fusionReason>;

export const fused = z.object({
  score: z.number().min(0).max(1),
  reasons: z.array(fusionReason).max(24),
  version: z.string().max(64),
});
export type Fused = z.infer<typeof fused>;
