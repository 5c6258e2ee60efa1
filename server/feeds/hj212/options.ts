import { z } from 'zod';
import { checksumDialects } from './checksum.ts';

export const hj212Options = z
  .object({
    /** The checksum algorithms this source may use; a variant is flagged, one that is left out here is refused. */
    checksums: z
      .array(z.enum(checksumDialects))
      .min(1)
      .default([...checksumDialects]),
    /** Whether DataTime of minute, hour and day values marks the end of their interval or its start. Records carry the end. */
    dataTime: z.enum(['end', 'start']).default('end'),
    /** The interval of minute values (CN 2051), which no message states. */
    minuteIntervalS: z.number().int().min(60).max(3600).default(600),
  })
  .strict();

export type Hj212Options = z.infer<typeof hj212Options>;
