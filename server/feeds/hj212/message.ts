import type { QualityFlag } from '@/server/wire/record.ts';
import type { Secret } from '../secret.ts';
import type { ChecksumDialect } from './checksum.ts';
import type { CommandRole } from './commands.ts';

/** One `key=value`, and the `;`-separated group of them that belongs together. */
export type Field = readonly [key: string, value: string];
export type Group = readonly Field[];

export type Part = { readonly total: number; readonly index: number };

export type Hj212Message = {
  /** The command code, CN. */
  readonly command: string;
  readonly name: string;
  readonly role: CommandRole;
  readonly version: '2005' | '2017' | '2025' | 'later';
  readonly wantsAnswer: boolean;
  readonly part: Part | null;
  /** QN, ST, CN, MN, Flag, RF, PNUM, PNO as they were sent; PW is left out. */
  readonly header: Readonly<Record<string, string>>;
  /** The data section in its own words and order; passwords are blanked. */
  readonly cp: readonly Group[];
  readonly checksum: ChecksumDialect;
  readonly flags: readonly QualityFlag[];
  /** Repeated in the reply, nowhere else. */
  readonly password: Secret | null;
};

export const parameter = (cp: readonly Group[], name: string): string | null => {
  for (const group of cp) for (const [key, value] of group) if (key.toLowerCase() === name.toLowerCase()) return value;
  return null;
};
