import { z } from 'zod';

export const gtfsRtOptions = z.strictObject({
  /** Whether each stop's own delay becomes a reading too; the trip's always does. */
  stops: z.boolean().default(true),
});
/** What is left out has its default: a transport hands in nothing. */
export type GtfsRtOptions = Partial<z.infer<typeof gtfsRtOptions>>;
