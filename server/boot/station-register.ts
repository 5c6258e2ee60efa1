import { type Station, stationId } from '@/server/domain/station.ts';
import type { FollowedChange } from '@/server/live/unit-follower.ts';

export type RegisterPorts = {
  sealedUpTo(): number;
  onSealed(listener: (upTo: number) => void): () => void;
  changes(from: number, upTo: number): Promise<{ readonly changes: readonly FollowedChange[] }>;
  stations(): Promise<readonly Station[]>;
  readonly onError: (error: unknown) => void;
};

/** The register in memory, as far as the log is sealed. Retired stations are not in it. */
export type StationRegister = {
  start(): Promise<void>;
  stop(): void;
  readonly size: number;
  byId(id: string): Station | null;
  /** Of what a record speaks; a part belongs to what it is a part of: `<panel>/<component>`, `<hospital>/<kind of bed>`. */
  stationOf(scheme: string, key: string): Station | null;
  list(): readonly Station[];
  onChanged(listener: (station: Station) => void): () => void;
};

/** Keys have few parts; what has more is no part of a station. */
const mostParts = 4;

export function createStationRegister(ports: RegisterPorts): StationRegister {
  const byId = new Map<string, Station>();
  const listeners = new Set<(station: Station) => void>();
  let position = 0;
  let running = false;
  let unsubscribe: (() => void) | null = null;

  function take(station: Station): void {
    if (station.state === 'retired') byId.delete(station.id);
    else byId.set(station.id, station);
    last = null;
    for (const listener of listeners) listener(station);
  }

  async function follow(): Promise<void> {
    if (running) return;
    running = true;
    try {
      while (position < ports.sealedUpTo()) {
        const upTo = ports.sealedUpTo();
        const { changes } = await ports.changes(position, upTo);
        for (const change of changes) if (change.type === 'station' && change.body) take(change.body as Station);
        position = upTo;
      }
    } catch (error) {
      ports.onError(error);
    } finally {
      running = false;
    }
  }

  /** A message's readings are of one station, and each is asked about several times. */
  let last: { scheme: string; key: string; station: Station | null } | null = null;
  function stationOf(scheme: string, key: string): Station | null {
    if (last?.key !== key || last.scheme !== scheme) last = { scheme, key, station: find(scheme, key) };
    return last.station;
  }

  function find(scheme: string, key: string): Station | null {
    let id = stationId(scheme, key);
    for (let part = 0; part < mostParts; part++) {
      const held = byId.get(id);
      if (held) return held;
      const slash = id.lastIndexOf('/');
      if (slash <= scheme.length) return null;
      id = id.slice(0, slash);
    }
    return null;
  }

  return {
    async start() {
      // What is sealed while the list is read comes once more, and changes nothing.
      const from = ports.sealedUpTo();
      for (const station of await ports.stations()) take(station);
      position = from;
      unsubscribe = ports.onSealed(() => void follow());
      await follow();
    },
    stop: () => unsubscribe?.(),
    get size() {
      return byId.size;
    },
    byId: (id) => byId.get(id) ?? null,
    stationOf,
    list: () => [...byId.values()],
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
