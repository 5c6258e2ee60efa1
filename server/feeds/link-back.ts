import type { Reply } from './contract.ts';
import type { Refusal } from './refusal.ts';

/** What an accepted message on the first link means for the second one, which we open ourselves. */
export type LinkPlan =
  | {
      readonly kind: 'open';
      readonly key: string;
      readonly host: string;
      readonly port: number;
      readonly state: unknown;
    }
  /** The message asks for a link that is not to be opened: an address that nobody allowed. */
  | { readonly kind: 'refuse'; readonly key: string; readonly detail: string }
  | { readonly kind: 'close'; readonly key: string };

export type LinkEvent<Message> =
  | { readonly kind: 'connected' }
  /** It came over the second link. */
  | { readonly kind: 'message'; readonly message: Message }
  /** It came over the first one, and was accepted. */
  | { readonly kind: 'first'; readonly message: Message }
  | { readonly kind: 'tick' }
  /** `logout`: the peer left the first link; `stop`: we go. */
  | { readonly kind: 'closing'; readonly because: 'logout' | 'stop' };

export type LinkStep<Message> = {
  readonly state: unknown;
  readonly send: readonly Uint8Array[];
  /** To be mapped and stored, for `message` events. */
  readonly message: Message | null;
  readonly refusal: Refusal | null;
  /** `retry`: connect again after a pause; `done`: not before the next plan. */
  readonly end: 'retry' | 'done' | null;
};

/** Why the second link does not stand. */
export type LinkCause = 'unreachable' | 'broken';

/**
 * A second link, to the address that a peer states on the first one (JT/T 809's slave link). An address that a message states is a
 * forger's tool: `plan` opens nothing that the feed's options do not allow by name. Pure like the rest of a protocol.
 */
export type LinkBack<Message, Options> = {
  /** Who a message on the first link is from; null where it says nothing of a link. */
  keyOf(message: Message): string | null;
  plan(message: Message, options: Options, peer: string): LinkPlan | null;
  step(state: unknown, event: LinkEvent<Message>, now: number): LinkStep<Message>;
  /** What the peer is told over the first link, in the manner of a message that it sent. */
  notice(to: Message, cause: LinkCause, reply: Reply): Uint8Array;
};
