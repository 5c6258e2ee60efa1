import type { QualityFlag } from '@/server/wire/record.ts';
import type { Secret } from '../secret.ts';
import type { Manscdp } from './manscdp.ts';
import type { questions } from './options.ts';
import type { SipAddress, SipHead } from './sip-head.ts';

export type Sip = {
  /** Null in a response. */
  readonly method: string | null;
  readonly uri: string | null;
  /** Null in a request. */
  readonly status: number | null;
  readonly from: SipAddress;
  readonly to: SipAddress;
  readonly callId: string;
  readonly sequence: number;
  readonly via: readonly string[];
  readonly contact: string | null;
  /** Seconds; null where it says none. */
  readonly expires: number | null;
  readonly event: string | null;
  readonly contentType: string | null;
  /** X-GB-Ver: 1.0 is 2011, 2.0 is 2016, 3.0 is 2022. */
  readonly edition: string | null;
  readonly userAgent: string | null;
};

/** What the session knows of the sender, for the records and for the answer. */
export type Standing =
  | {
      readonly kind: 'challenged';
      readonly realm: string;
      readonly nonce: string;
      readonly stale: boolean;
      readonly algorithms: readonly string[];
    }
  | { readonly kind: 'registered'; readonly deviceId: string; readonly expiresS: number; readonly ask: readonly Ask[] }
  | { readonly kind: 'unregistered'; readonly deviceId: string }
  /** Has not registered. */
  | { readonly kind: 'stranger' }
  /** Registered before, or nobody has to. */
  | { readonly kind: 'known'; readonly ask: readonly Ask[] };

/** What goes out behind an answer. */
export type Ask = {
  readonly about: (typeof questions)[number];
  /** Our own `code@realm`. */
  readonly from: string;
  readonly everyS: number;
};

export type CatalogProgress = { readonly received: number; readonly total: number };

export type Gb28181Message = {
  /** Null where a MANSCDP document came alone. */
  readonly sip: Sip | null;
  readonly body: Manscdp | null;
  /** Bytes of a body that is no MANSCDP (SDP). */
  readonly otherBodyBytes: number;
  readonly flags: readonly QualityFlag[];
  /** Of an answer to a catalogue query in parts: how far it has come. */
  readonly catalog?: CatalogProgress;
  readonly standing?: Standing;
  /** Checked by the session, in nothing that is kept or printed. */
  readonly authorization?: Secret;
  /** What an answer repeats. */
  readonly head?: EchoedHead;
};

/** Out of the message view: it only says again what `sip` says. */
export class EchoedHead {
  readonly #head: SipHead;

  constructor(head: SipHead) {
    this.#head = head;
  }

  read(): SipHead {
    return this.#head;
  }

  toJSON(): undefined {
    return undefined;
  }
}
