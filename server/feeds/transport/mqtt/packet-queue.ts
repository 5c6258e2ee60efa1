import type { Socket } from 'node:net';
import type { Turns } from '../turns.ts';
import type { RawPacket } from './packet-cutter.ts';

export type PacketQueueSettings = {
  readonly socket: Socket;
  readonly turns: Turns;
  /** Packets that were begun and not yet answered for; past it the socket is paused, so that the sender slows down. */
  readonly mostPending: number;
  /** Milliseconds until this packet may be handled; 0 takes it. */
  readonly waitMs: (packet: RawPacket) => number;
  readonly handle: (packet: RawPacket) => void;
};

const longestWaitMs = 1_000;
const usualPacketBytes = 256;

/** The packets of one client in their order, by turns with everybody else; never more wait here than one read of the socket brought. */
export function createPacketQueue({ socket, turns, mostPending, waitMs, handle }: PacketQueueSettings) {
  let waiting: readonly RawPacket[] = [];
  /** Of these, the first that was not handled. */
  let next = 0;
  /** A turn was asked for and has not come. */
  let asked = false;
  let held = false;
  let pending = 0;
  let ended = false;
  let emptied: (() => void) | null = null;
  const isEmpty = () => next === waiting.length;

  function pump(): void {
    if (!ended && !asked && !held && !isEmpty() && pending < mostPending) {
      asked = true;
      turns.ask(turn);
    }
    flow();
  }

  function turn(): number {
    asked = false;
    let cost = 0;
    while (!ended && !held && !isEmpty() && cost < turns.share && pending < mostPending) {
      const packet = waiting[next] as RawPacket;
      const wait = waitMs(packet);
      if (wait > 0) {
        // Too fast: its own socket fills up, nobody else's.
        held = true;
        setTimeout(release, Math.min(wait, longestWaitMs)).unref();
        break;
      }
      next++;
      cost += Math.max(1, packet.body.length / usualPacketBytes);
      handle(packet);
    }
    if (isEmpty()) emptied?.();
    pump();
    return cost;
  }

  function flow(): void {
    if (ended) return;
    if (held || !isEmpty() || pending >= mostPending || socket.writableNeedDrain) socket.pause();
    else if (socket.isPaused()) socket.resume();
  }

  function release(): void {
    held = false;
    pump();
  }

  return {
    push(packets: readonly RawPacket[]): void {
      waiting = isEmpty() ? packets : [...waiting.slice(next), ...packets];
      next = 0;
      pump();
    },
    /** Nothing more is handled until `release`. */
    hold: (): void => {
      held = true;
    },
    release,
    begin: (): void => {
      pending++;
    },
    done(): void {
      pending--;
      pump();
    },
    flow,
    /** Whether it is us that the line waits for. */
    isBehind: (): boolean => held || pending > 0,
    /** Once all that came is begun. */
    whenEmpty(then: () => void): void {
      if (isEmpty()) then();
      else emptied = then;
    },
    /** What is not begun is given up. */
    end(): void {
      ended = true;
      waiting = [];
      next = 0;
    },
    drop(): void {
      waiting = [];
      next = 0;
    },
  };
}
