import type { Audience } from '@/server/live/cell-frames.ts';
import type { TickResult } from '@/server/live/tick.ts';
import type { SlotsMessage, ViewportInput } from '@/server/wire/realtime.ts';
import type { Client } from './client.ts';
import { createPayload, type Payload } from './frame-sender.ts';
import type { GatewayLimits, GatewayPorts } from './port.ts';
import { createView, emptyView, looksTheSame, newlySeen, seenOf, type View } from './view.ts';

/** Positions: latest wins. A client that does not keep up is skipped, the skips are counted and told, and then it gets how things are now. */
export type TelemetryLane = {
  join(client: Client): void;
  leave(client: Client): void;
  viewport(client: Client, input: ViewportInput): void;
  tick(): void;
  details(): void;
  skipped(client: Client): { ticks: number; pending: boolean };
  readonly totals: { readonly messages: number; readonly bytes: number; readonly skipped: number };
};

/** `missed` null: everything in the view. */
type Seat = {
  view: View;
  missed: Set<number> | null;
  reset: boolean;
  skippedNow: number;
  skippedSince: number;
  skippedTotal: number;
};

export function createTelemetryLane(
  { state, ticker, now }: Pick<GatewayPorts, 'state' | 'ticker' | 'now'>,
  limits: GatewayLimits,
): TelemetryLane {
  const seats = new Map<Client, Seat>();
  const viewers = new Map<string, number>();
  const totals = { messages: 0, bytes: 0, skipped: 0 };
  const { frames } = ticker;

  const count = (key: string, by: number): void => {
    const next = (viewers.get(key) ?? 0) + by;
    if (next > 0) viewers.set(key, next);
    else viewers.delete(key);
  };

  const blocked = (client: Client): boolean => {
    const { packets, bytes } = client.sender.waiting();
    return bytes > limits.bufferedBytes || packets > limits.bufferedPackets;
  };

  function send(client: Client, payload: Payload, shared: boolean): void {
    totals.messages++;
    totals.bytes += payload.bytes;
    client.sender.send(payload, shared);
  }

  const allCells = function* (): Generator<number> {
    for (let cell = 0; cell < state.grid.cellCount; cell++) if (!frames.isEmpty(cell)) yield cell;
  };

  /** `cells` null: all that the view holds, on a clean sheet; then empty cells need no frame. */
  function payloadOf(audience: Audience, view: View, cells: readonly number[] | null): Payload | null {
    if (view.mode === 'none') return null;
    const stamp = ticker.last;
    const pieces: Uint8Array[] = cells === null ? [frames.reset(stamp)] : [];
    const shown = cells ?? [...(view.cells ?? allCells())].filter((cell) => !frames.isEmpty(cell));
    if (view.mode === 'totals') {
      if (shown.length) pieces.push(frames.totals(shown, audience, stamp));
    } else for (const cell of shown) pieces.push(frames.cell(cell, audience, stamp));
    return pieces.length ? createPayload(pieces) : null;
  }

  function skip(seat: Seat, dirty: readonly number[]): void {
    if (seat.view.mode === 'none') return;
    if (seat.skippedNow === 0) seat.skippedSince = now();
    seat.skippedNow++;
    seat.skippedTotal++;
    totals.skipped++;
    if (seat.missed !== null) for (const cell of seenOf(seat.view, dirty)) seat.missed.add(cell);
  }

  /** After skips: how the missed cells are now, not what was missed. */
  function catchUp(client: Client, seat: Seat, dirty: readonly number[]): void {
    const cells = seat.missed === null ? null : seenOf(seat.view, [...new Set([...seat.missed, ...dirty])]);
    const payload = cells?.length === 0 ? null : payloadOf(client.audience, seat.view, cells);
    if (payload) send(client, payload, false);
    seat.missed = new Set();
    if (seat.skippedNow > 0)
      client.socket.emit('told', {
        kind: 'telemetry-skipped',
        ticks: seat.skippedNow,
        since: seat.skippedSince,
        total: seat.skippedTotal,
      });
    seat.skippedNow = 0;
  }

  function tellSlots(result: TickResult): void {
    if (!result.slotChanges.length) return;
    const byAudience = new Map<string, SlotsMessage>();
    for (const client of seats.keys()) {
      const { audience } = client;
      let message = byAudience.get(audience.key);
      if (!message) {
        const slots = result.slotChanges.map(
          (change) => [change.slot, audience.sees(change.scope) ? change.unit : null] as const,
        );
        message = { all: false, slots };
        byAudience.set(audience.key, message);
      }
      client.socket.emit('slots', message);
    }
  }

  function slotTable(client: Client): SlotsMessage {
    const slots = state
      .slotTable()
      .filter((entry) => client.audience.sees(entry.scope))
      .map((entry) => [entry.slot, entry.unit] as const);
    return { all: true, slots };
  }

  return {
    totals,
    join(client) {
      seats.set(client, {
        view: emptyView,
        missed: new Set(),
        reset: true,
        skippedNow: 0,
        skippedSince: 0,
        skippedTotal: 0,
      });
      count(emptyView.key, 1);
      client.socket.emit('slots', slotTable(client));
    },
    leave(client) {
      const seat = seats.get(client);
      if (!seat) return;
      count(seat.view.key, -1);
      seats.delete(client);
      if (![...seats.keys()].some((other) => other.audience.key === client.audience.key))
        frames.forget(client.audience.key);
    },
    viewport(client, input) {
      const seat = seats.get(client);
      if (!seat) return;
      const before = seat.view;
      const view = createView(input, client.audience.key);
      count(before.key, -1);
      count(view.key, 1);
      seat.view = view;
      if (!seat.reset && looksTheSame(before, view)) return;
      const cells = seat.reset ? null : newlySeen(before, view);
      seat.reset = false;
      if (cells === null) seat.missed = null;
      else if (seat.missed) for (const cell of cells) if (!frames.isEmpty(cell)) seat.missed.add(cell);
      if (!blocked(client) && (seat.missed === null || seat.missed.size > 0)) catchUp(client, seat, []);
    },
    tick() {
      const result = ticker.tick(now());
      tellSlots(result);
      const plans = new Map<string, Payload | null>();
      for (const [client, seat] of seats) {
        if (blocked(client)) {
          skip(seat, result.dirty);
          continue;
        }
        if (seat.missed === null || seat.missed.size > 0 || seat.skippedNow > 0) {
          catchUp(client, seat, result.dirty);
          continue;
        }
        if (!result.dirty.length) continue;
        let plan = plans.get(seat.view.key);
        if (plan === undefined) {
          const cells = seenOf(seat.view, result.dirty);
          plan = cells.length ? payloadOf(client.audience, seat.view, cells) : null;
          plans.set(seat.view.key, plan);
        }
        if (plan) send(client, plan, (viewers.get(seat.view.key) ?? 0) > 1);
      }
    },
    details() {
      const at = now();
      for (const [client, seat] of seats) {
        if (!seat.view.watch.length || blocked(client)) continue;
        const mine = seat.view.watch.filter((slot) => client.audience.sees(state.scopeName(state.scopes[slot] ?? 0)));
        client.socket.emit('details', { at, units: state.detail(mine, at) });
      }
    },
    skipped(client) {
      const seat = seats.get(client);
      return { ticks: seat?.skippedTotal ?? 0, pending: (seat?.skippedNow ?? 0) > 0 };
    },
  };
}
