import type { QualityFlag } from '@/server/wire/record.ts';
import type { Secret } from '../secret.ts';
import type { Form } from './layout.ts';

export type Part = { readonly total: number; readonly index: number };

export type Header = {
  readonly form: Form;
  readonly direction: 'up' | 'down';
  readonly centre: number;
  /** Ten hexadecimal digits. */
  readonly station: string;
  readonly bodyLength: number;
  /** `ETX`, `ETB`, `EOT`, `ENQ`, `ACK`, `NAK`, `ESC`. */
  readonly end: string;
  /** One packet of several; null in a single frame and in the whole that packets make. */
  readonly part: Part | null;
};

/** One value of one element. */
export type ElementValue = {
  /** Two digits, `FF` and two for an extension; the identifier in the ASCII form. */
  readonly id: string;
  readonly identifier: string;
  /** The last F0F0 before it: its digits, and the time they are. Null where there is none, or the digits are no time. */
  readonly observeTimeBcd: string | null;
  readonly observeTime: string | null;
  readonly bytes: number;
  readonly decimals: number;
  readonly raw: string;
  /** Null where the digits say "missing" or are none. */
  readonly value: number | null;
  /** Why there is no value, or why it is not to be believed. */
  readonly doubt: 'missing' | 'unreadable' | 'sentinel' | null;
  /** For one of a row of values: seconds after that time at which it was true, and the interval it stands for. */
  readonly offsetS?: number;
  readonly stepS?: number;
  /** The station, where a message of several stations has gone on to another than its first. */
  readonly station?: string;
};

/** What a centre asks for: identifiers, for 38 with the hours from and to and the time step. */
export type Asked = {
  readonly from: string | null;
  readonly to: string | null;
  readonly stepS: number | null;
  readonly ids: readonly string[];
};

export type Parameter = { readonly id: string; readonly raw: string };

export type Sl651Message = {
  readonly functionCode: string;
  readonly name: string;
  readonly header: Header;
  /** Null in the later packets of a split message. */
  readonly serial: number | null;
  /** The digits of the station's clock, and the time they are; null where they are none. */
  readonly sendTimeBcd: string | null;
  readonly sendTime: string | null;
  readonly reportStation: string | null;
  readonly stationClass: { readonly code: string; readonly name: string | null } | null;
  readonly elements: readonly ElementValue[];
  readonly parameters: readonly Parameter[];
  /** Raised bits of the state and alarm element; null where there is none. */
  readonly states: readonly string[] | null;
  /** Pumps, valves or gates from number 1 on: whether they run, or stand open. */
  readonly switches: readonly boolean[] | null;
  /** How far gates stand open, from number 1 on; null where that is no number. */
  readonly openingsM: readonly (number | null)[] | null;
  /** How often each of the events ERC1–ERC32 was recorded. */
  readonly events: readonly number[] | null;
  readonly asked: Asked | null;
  readonly text: string | null;
  /** A picture, a row of velocities, or the body of one packet of several. */
  readonly bytes: Uint8Array | null;
  /** What follows the last thing that could be read. */
  readonly trailing: string | null;
  readonly flags: readonly QualityFlag[];
  /** How many packets this whole was put together from; null for a single frame. */
  readonly packets: number | null;
  /** Packets that the session still waits for after the last one came. */
  readonly missing: readonly number[];
  readonly password: Secret;
  /** What the source's options say of the confirmation; absent without a session. */
  readonly keepOnline?: boolean;
};
