import type { QualityFlag } from '@/server/wire/record.ts';
import type { Refusal } from '../refusal.ts';
import type { Secret } from '../secret.ts';
import type { Header } from './header.ts';
import type { Fields } from './layout.ts';
import type { Position } from './position.ts';

export type Vehicle = {
  readonly plate: string;
  /** Only operators' extension has it. */
  readonly terminalId?: string;
  readonly colour: number;
  readonly colourName: string;
};

/** What the session found out about a login; the answer says it. */
export type Login = { readonly result: number; readonly verifyCode: Secret | null };

export type Jt809Message = {
  /** `0x1200` */
  readonly messageId: string;
  readonly name: string;
  /** `0x1202`; null where the message has none, or its body is enciphered. */
  readonly subId: string | null;
  readonly subName: string | null;
  readonly header: Header;
  readonly vehicle: Vehicle | null;
  /** Plate and colour as they were sent, where our answer repeats them. */
  readonly vehicleBytes?: Uint8Array;
  /** The fields of the body; `bytes` for an unknown id. No password is among them. */
  readonly body: Fields;
  readonly positions: readonly (Position | Refusal)[];
  readonly flags: readonly QualityFlag[];
  /** The password of a login, until the session has compared it. */
  readonly password: Secret | null;
  /** The body as it came, while it is enciphered. */
  readonly sealed?: Uint8Array;
  readonly login?: Login;
  /** The alarm that this message ends, by its key. */
  readonly ends?: string;
};
