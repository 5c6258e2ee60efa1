import type { SeenStation } from '@/server/live/latest-readings.ts';
import { scopeOf } from '@/server/live/unit-follower.ts';
import type { StationNow, Told } from '@/server/wire/realtime.ts';
import type { Client, GatewayServer } from './client.ts';
import type { GatewayLimits, GatewayPorts } from './port.ts';

/**
 * What stations read: latest wins. Once a second each viewer class gets the stations that changed, encoded once. A client that does not keep
 * up is skipped and told; then it gets those stations as they are now, or all of them where they were many.
 */
export type ReadingsLane = {
  /** The whole set comes with the next tick: those who come at once share one encoding. */
  join(client: Client): void;
  leave(client: Client): void;
  tick(): void;
};

/** `missed` null: everything. */
type Seat = {
  missed: Map<string, SeenStation> | null;
  fresh: boolean;
  skippedNow: number;
  skippedSince: number;
  total: number;
};
/** Past this many missed stations the whole set is hardly more. */
const mostMissed = 500;

export function createReadingsLane(
  io: GatewayServer,
  { access, readings, now }: Pick<GatewayPorts, 'access' | 'readings' | 'now'>,
  limits: GatewayLimits,
): ReadingsLane {
  const seats = new Map<Client, Seat>();
  /** By viewer class: which scopes it sees. */
  const seen = new Map<string, Map<string, boolean>>();

  function mayRead(client: Client, { department, district }: SeenStation): boolean {
    const { key } = client.audience;
    const known = seen.get(key) ?? new Map<string, boolean>();
    seen.set(key, known);
    const scope = scopeOf({ department, district });
    const held = known.get(scope);
    if (held !== undefined) return held;
    const may = access.seesStation(client.actor, scope);
    known.set(scope, may);
    return may;
  }

  const blocked = (client: Client): boolean => {
    const { packets, bytes } = client.sender.waiting();
    return bytes > limits.bufferedBytes || packets > limits.bufferedPackets;
  };

  /** One encoding for all of them, in messages of bounded size. */
  function send(clients: readonly Client[], stations: readonly SeenStation[], all: boolean): void {
    if (clients.length === 0 || (stations.length === 0 && !all)) return;
    const to = io.to(clients.map((client) => client.socket.id));
    const at = now();
    const size = limits.readingsPart;
    for (let from = 0; from === 0 || from < stations.length; from += size) {
      const part: StationNow[] = stations.slice(from, from + size).map((one) => one.now());
      to.emit('readings', { all: all && from === 0, at, stations: part });
    }
  }

  function skip(seat: Seat, stations: readonly SeenStation[]): void {
    if (stations.length === 0 || seat.fresh) return;
    if (seat.skippedNow === 0) seat.skippedSince = now();
    seat.skippedNow++;
    seat.total++;
    for (const one of stations) seat.missed?.set(one.station, one);
    if (seat.missed && seat.missed.size > mostMissed) seat.missed = null;
  }

  function settle(client: Client, seat: Seat): void {
    if (seat.skippedNow > 0) {
      const { skippedNow: ticks, skippedSince: since, total } = seat;
      client.socket.emit('told', { kind: 'readings-skipped', ticks, since, total } satisfies Told);
    }
    seat.missed = new Map();
    seat.fresh = false;
    seat.skippedNow = 0;
  }

  function tickOf(clients: readonly Client[], changed: readonly SeenStation[]): void {
    const [first] = clients;
    if (!first) return;
    const mine = changed.filter((one) => mayRead(first, one));
    const following: Client[] = [];
    const whole: Client[] = [];
    for (const client of clients) {
      const seat = seats.get(client);
      if (!seat) continue;
      if (blocked(client)) {
        skip(seat, mine);
        continue;
      }
      if (seat.missed === null) whole.push(client);
      else if (seat.missed.size === 0) following.push(client);
      else {
        for (const one of mine) seat.missed.set(one.station, one);
        send([client], [...seat.missed.values()], false);
      }
      settle(client, seat);
    }
    send(following, mine, false);
    if (whole.length) send(whole, readings?.all().filter((one) => mayRead(first, one)) ?? [], true);
  }

  return {
    join(client) {
      if (!readings || seats.has(client)) return;
      seats.set(client, { missed: null, fresh: true, skippedNow: 0, skippedSince: 0, total: 0 });
    },
    leave(client) {
      seats.delete(client);
      const { key } = client.audience;
      if (![...seats.keys()].some((other) => other.audience.key === key)) seen.delete(key);
    },
    tick() {
      if (!readings) return;
      readings.sweep(now());
      const changed = readings.takeChanged(limits.readingsPart);
      const classes = new Map<string, Client[]>();
      for (const client of seats.keys()) {
        const members = classes.get(client.audience.key);
        if (members) members.push(client);
        else classes.set(client.audience.key, [client]);
      }
      for (const members of classes.values()) tickOf(members, changed);
    },
  };
}
