import { z } from 'zod';

export const gb26875Options = z
  .object({
    /**
     * Bit 0 of a state is 0 while a system is under test, but many transmitters never set it. `flag`: the alarm counts and carries the
     * flag `test`; `honour`: it is an alert of status Test; `ignore`: the bit means nothing.
     */
    testBit: z.enum(['flag', 'honour', 'ignore']).default('flag'),
  })
  .strict();

export type Gb26875Options = z.infer<typeof gb26875Options>;
