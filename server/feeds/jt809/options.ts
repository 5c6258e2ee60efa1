import { z } from 'zod';

const u32 = z.number().int().min(0).max(0xffffffff);

/**
 * Whether, and where, the slave link may be opened. The login states an address, and whoever can log in could have us connect to
 * anything: so only to what stands here. `peer` is the address that the login came from, unless that is this machine itself.
 */
const slaveLink = z
  .object({
    hosts: z.array(z.string().min(1).max(253)).min(1).max(16).default(['peer']),
    /** None: any port from 1024 up. */
    ports: z.array(z.number().int().min(1).max(65_535)).max(16).default([]),
  })
  .strict();

const account = z
  .object({
    /** The access code we gave this lower platform. */
    centerId: u32,
    userId: u32,
    password: z.string().min(1).max(8),
    /** Off unless it is set. */
    slaveLink: slaveLink.optional(),
  })
  .strict();

/** What this lower platform and we agreed on for enciphered bodies. */
const cipherKeys = z.object({ centerId: u32, ia1: u32, ic1: u32, m1: u32 }).strict();

/** Passwords and keys are secrets: they stand in the settings of the installation and are never printed. */
export const jt809Options = z
  .object({
    /** Who may sign on. */
    accounts: z.array(account).max(256).default([]),
    ciphers: z.array(cipherKeys).max(256).default([]),
    /** Off only for captured streams that begin behind the login: then everybody on the line is believed. */
    requireLogin: z.boolean().default(true),
  })
  .strict();

export type Jt809Options = z.infer<typeof jt809Options>;
export type SlaveLinkOptions = z.infer<typeof slaveLink>;
