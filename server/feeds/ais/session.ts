import type { Session, Step } from '../contract.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { readPayload } from './decode.ts';
import type { AisMessage, AisRead, Carrier } from './message.ts';
import { type Groups, incomplete, noGroups, reassemble } from './reassemble.ts';
import { noVessels, remember, staticDataOf, type Vessels, vesselOf } from './vessels.ts';

export type SessionState = {
  readonly groups: Groups;
  readonly vessels: Vessels;
  /** When the receiver says that the next sentence was heard, epoch ms. */
  readonly heardAt: number | null;
};

/** Remembers sentences of messages that are not complete, and what vessels have said of themselves. */
export function session(): Session<AisRead, SessionState> {
  return {
    start: { groups: noGroups, vessels: noVessels, heardAt: null },
    step,
    end: ({ groups }) => groups.map(incomplete),
  };
}

function step(before: SessionState, read: AisRead, now: number): Step<AisRead, SessionState> {
  if (read.kind === 'sentence') {
    const state = read.heardAt === null ? before : { ...before, heardAt: read.heardAt };
    return { state, message: read, refusal: null, expired: [] };
  }
  const state = before.heardAt === null ? before : { ...before, heardAt: null };
  const carrier = stamped(read.carrier, before.heardAt);
  if (read.kind === 'message') return known(state, { ...read, carrier }, []);
  const { groups, whole, expired } = reassemble(state.groups, { ...read, carrier }, now);
  const next = { ...state, groups };
  if (!whole) return { state: next, message: null, refusal: null, expired };
  const message = readPayload(whole.payload, whole.fill, whole.carrier);
  if (isRefusal(message)) return { state: next, message: null, refusal: message, expired };
  return known(next, message, expired);
}

const stamped = (carrier: Carrier, heardAt: number | null): Carrier =>
  heardAt === null || carrier.heardAt !== null ? carrier : { ...carrier, heardAt };

function known(state: SessionState, message: AisMessage, expired: readonly Refusal[]): Step<AisRead, SessionState> {
  const said = staticDataOf(message);
  const vessels = said ? remember(state.vessels, message.mmsi, said) : state.vessels;
  const vessel = vesselOf(vessels, message.mmsi);
  return {
    state: said ? { ...state, vessels } : state,
    message: vessel ? { ...message, vessel } : message,
    refusal: null,
    expired,
  };
}
