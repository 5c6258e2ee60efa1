import { z } from 'zod';
import { digestAlgorithms } from './digest.ts';

export const questions = [
  'catalog',
  'device-info',
  'device-status',
  'mobile-position',
  'alarm',
  'alarm-response',
] as const;

const password = z.string().min(1).max(256);

export const gb28181Options = z
  .object({
    /** Our own code; its first ten digits are the realm unless one is named. */
    serverId: z
      .string()
      .regex(/^\d{20}$/, 'must be a code of 20 digits')
      .default('32010000002000000001'),
    realm: z
      .string()
      .regex(/^[\w.-]{1,64}$/)
      .optional(),
    /** By device code. */
    passwords: z.record(z.string().min(1).max(64), password).default({}),
    /** Of every device that has none of its own. */
    password: password.optional(),
    /** False: whoever comes is believed. For a closed network and for trying. */
    authenticate: z.boolean().default(true),
    /** What a device may answer with. SHA-256 is offered only to devices of the 2022 edition: older ones do not read past it. */
    algorithms: z
      .array(z.enum(digestAlgorithms))
      .min(1)
      .default([...digestAlgorithms]),
    /** How long a challenge may be answered. */
    nonceS: z.number().int().min(10).max(3_600).default(300),
    /** The longest that a registration lasts, whatever was asked for. */
    maxExpiresS: z.number().int().min(60).max(604_800).default(86_400),
    /** What is asked of a device when it has registered, and whether alarms are answered by a message of their own. */
    ask: z.array(z.enum(questions)).default([]),
    /** Seconds between the positions that are asked for. */
    positionEveryS: z.number().int().min(1).max(3_600).default(5),
  })
  .strict();

export type Gb28181Options = z.infer<typeof gb28181Options>;
