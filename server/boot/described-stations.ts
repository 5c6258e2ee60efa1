import type { LonLat } from '@/server/domain/place.ts';
import { type Refused, wasRefused } from '@/server/domain/refusal.ts';
import type { Station } from '@/server/domain/station.ts';
import type { Description } from '@/server/feeds/contract.ts';
import { type Described, describeStations } from '@/server/ops/describe-stations.ts';
import { describedEntry } from '@/server/ops/described-entry.ts';
import type { OpDeps } from '@/server/ops/op.ts';
import { mostAtOnce } from '@/server/ops/register-stations.ts';
import { systemActor } from '@/server/store/actor.ts';
import type { StationRegister } from './station-register.ts';

export type DescribedDeps = OpDeps & {
  readonly register: Pick<StationRegister, 'byId' | 'list'>;
  readonly districtOf: (at: LonLat) => string | null;
  readonly onError: (error: unknown, facts: Record<string, unknown>) => void;
  /** Of one feed; more than any city's catalogue or timetable has. */
  readonly most?: number;
};

export type DescribedStations = {
  /** What a message of a feed says. `demo`: of a source that is made up. */
  take(feed: string, description: Description, demo: boolean): void;
  /** Whatever waits is in the record, or failed. */
  flush(): Promise<void>;
  close(): Promise<void>;
};

const actor = systemActor('feeds', '数据接入');
/** A catalogue comes in hundreds of parts; they go into the record together. */
const gatherMs = 500;
const againMs = 10_000;
const mostDescribed = 100_000;

/** Between feeds that describe stations and the record: only what is not there as said is written, and a store that is down is waited for. */
export function createDescribedStations(deps: DescribedDeps): DescribedStations {
  const { register, districtOf, onError, most = mostDescribed } = deps;
  const waiting = new Map<string, Map<string, Station>>();
  const told = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  let closed = false;

  function wake(afterMs: number): void {
    if (closed) return;
    timer ??= setTimeout(() => {
      timer = null;
      void flush();
    }, afterMs);
  }

  function put(feed: string, station: Station): void {
    const held = waiting.get(feed) ?? new Map<string, Station>();
    waiting.set(feed, held);
    if (held.has(station.id) || held.size < most) held.set(station.id, station);
    else if (!told.has(feed)) {
      told.add(feed);
      onError(new Error(`${feed} describes more than ${most} stations; the rest is left out`), { feed });
    }
  }

  async function write(feed: string, stations: ReadonlyMap<string, Station>): Promise<void> {
    const all = [...stations.values()];
    for (let from = 0; from < all.length; from += mostAtOnce) {
      const part = all.slice(from, from + mostAtOnce);
      let answer: Described | Refused | null = null;
      try {
        answer = await describeStations(deps, { feed, stations: part }, actor);
      } catch (error) {
        onError(error, { feed, stations: part.length });
      }
      if (answer && !wasRefused(answer)) continue;
      // Said since then goes before what waits.
      for (const station of all.slice(from)) if (!waiting.get(feed)?.has(station.id)) put(feed, station);
      wake(againMs);
      return;
    }
  }

  function flush(): Promise<void> {
    running = running.then(async () => {
      const taken = [...waiting];
      waiting.clear();
      for (const [feed, stations] of taken) await write(feed, stations);
    });
    return running;
  }

  return {
    take(feed, { stations, whole }, demo) {
      for (const said of stations) {
        const district = said.lonLat ? districtOf(said.lonLat) : said.district;
        const entry = { ...said, district, demo };
        const before = waiting.get(feed)?.get(said.id);
        // What two messages say one after the other is said together: the name by one, the place by the other.
        if (before) put(feed, describedEntry({ ...before, describedBy: feed }, entry, feed) ?? before);
        else if (describedEntry(register.byId(said.id), entry, feed)) put(feed, entry);
      }
      if (whole) {
        const named = new Set(stations.map(({ id }) => id));
        for (const held of register.list())
          if (held.describedBy === feed && !named.has(held.id)) put(feed, { ...held, state: 'retired' });
      }
      if ((waiting.get(feed)?.size ?? 0) > 0) wake(gatherMs);
    },
    flush,
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
      timer = null;
      await flush();
    },
  };
}
