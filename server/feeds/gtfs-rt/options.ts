import { z } from 'zod';

export const gtfsRtOptions = z.strictObject({
  /**
   * Whether each stop's own delay becomes a reading too; the trip's always does. Left out: in files yes, from a source that is connected no: a
   * city has a hundred thousand of them every half minute, and nobody looks at one.
   */
  stops: z.boolean().optional(),
});
/** What is left out has its default: a transport hands in nothing. */
export type GtfsRtOptions = Partial<z.infer<typeof gtfsRtOptions>>;
