import type { QualityFlag } from '@/server/wire/record.ts';
import type { Refusal } from '../refusal.ts';
import type { Location } from '../vehicle-location.ts';
import type { Header } from './header.ts';

/** What the session of a connection knows about the sender; absent without a session. */
export type SignOn = {
  /** The terminal has authenticated on this connection. */
  readonly signedOn: boolean;
  /** The code that a registration is answered with; empty for messages that neither register nor sign on. */
  readonly authCode: string;
};

/** The fields of a body. Locations stand under these names in every message that carries any; an unreadable one is a refusal. */
export type MessageFields = Readonly<Record<string, unknown>> & {
  readonly location?: Location | null;
  readonly locations?: readonly (Location | Refusal)[];
};

export type Jt808Message = {
  /** `0x0200` */
  readonly messageId: string;
  readonly name: string;
  readonly header: Header;
  /** The fields of the body under the standard's terms; `bytes` for an unknown id or a part of a split message. */
  readonly body: MessageFields;
  readonly flags: readonly QualityFlag[];
  readonly signOn?: SignOn;
};

/** What one message of the standard is: its name, its body, and whether the platform owes a general answer (0x8001). */
export type MessageKind = {
  readonly name: string;
  readonly owes: 'general' | 'register' | 'time' | 'media' | 'nothing';
  readonly read: (body: Uint8Array, header: Header) => BodyRead | Refusal;
};

export type BodyRead = {
  readonly body: MessageFields;
  readonly flags?: readonly QualityFlag[];
};
