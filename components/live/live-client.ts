import type { CellGrid } from '@/server/wire/cell-grid.ts';
import type { DetailsMessage, FeedsMessage, RecordBatch, UnitDetail } from '@/server/wire/realtime.ts';
import { maxWatched } from '@/server/wire/realtime.ts';
import { type ConnectionStore, createConnectionStore } from './connection-store.ts';
import { type EngineHost, type StartHost, startHost } from './engine-host.ts';
import { createListeners } from './listeners.ts';
import type { FromEngine, Look, PlacedTotal } from './protocol.ts';
import { createReadingStore, type ReadingStore, type Readings } from './reading-store.ts';
import { createRecordStore, type RecordStore, type Records } from './record-store.ts';
import { createSlotNames } from './slot-names.ts';
import { createUnitStore, type UnitArrays } from './unit-arrays.ts';

export type StartOptions = {
  /** Origin of the server; the page's own by default. */
  readonly url?: string;
  /** Asked after repeated failures to connect: false when the session is over. */
  readonly holdsSession?: () => Promise<boolean>;
  readonly host?: StartHost;
};

/** The live side of one window. Selector hooks are in `use-live.ts`; here are the getter and the subscribe doors. */
export type LiveClient = {
  start(options?: StartOptions): void;
  stop(): void;
  /** Telemetry of what this window shows. */
  look(look: Look): void;
  /** Exact age, speed and source of these units come once a second (at most 200). */
  watch(units: readonly string[]): void;
  readonly records: Records & Pick<RecordStore, 'subscribe'>;
  readonly readings: Readings & Pick<ReadingStore, 'subscribe'>;
  readonly connection: Pick<ConnectionStore, 'current' | 'subscribe' | 'serverNow'>;
  getUnitArrays(): UnitArrays;
  subscribeTick(listener: (units: UnitArrays) => void): () => void;
  getGrid(): CellGrid | null;
  getTotals(): readonly PlacedTotal[];
  subscribeTotals(listener: () => void): () => void;
  unitOf(slot: number): string | null;
  slotOf(unit: string): number | null;
  slotsVersion(): number;
  getDetail(unit: string): UnitDetail | null;
  subscribeDetails(listener: () => void): () => void;
  getFeeds(): FeedsMessage | null;
  subscribeFeeds(listener: () => void): () => void;
};

const askSessionEvery = 3;

export function createLiveClient(): LiveClient {
  const records = createRecordStore();
  const readings = createReadingStore();
  const connection = createConnectionStore();
  const units = createUnitStore();
  const names = createSlotNames();
  const totalsTold = createListeners();
  const detailsTold = createListeners();
  const feedsTold = createListeners();
  let totals: readonly PlacedTotal[] = [];
  let details = new Map<string, UnitDetail>();
  let feeds: FeedsMessage | null = null;
  let host: EngineHost | null = null;
  let options: StartOptions = {};
  let look: Look = { mode: 'none', bounds: null };
  let watched: readonly string[] = [];
  let sentSlots = '';

  function applied(): void {
    const { position, epoch } = records;
    connection.applied(position);
    if (position !== null && epoch !== null) host?.command({ do: 'applied', position, epoch });
  }

  function takeBatch(batch: RecordBatch): void {
    const verdict = records.applyBatch(batch);
    if (verdict === 'next') applied();
    if (verdict === 'gap') host?.command({ do: 'resync', position: records.position });
  }

  function sendWatch(): void {
    const slots = watched.flatMap((unit) => names.slotOf(unit) ?? []).slice(0, maxWatched);
    const key = slots.join();
    if (key === sentSlots) return;
    sentSlots = key;
    host?.command({ do: 'watch', slots });
  }

  function takeDetails(message: DetailsMessage): void {
    details = new Map(message.units.map((unit) => [unit.unit, unit]));
    detailsTold.tell();
  }

  async function askSession(): Promise<void> {
    const holds = await options.holdsSession?.().catch(() => true);
    if (holds !== false) return;
    connection.hear({ say: 'told', told: { kind: 'signed-out' } });
    host?.command({ do: 'stop' });
  }

  function hear(message: FromEngine): void {
    connection.hear(message);
    switch (message.say) {
      case 'link':
        if (message.link !== 'connected') readings.fade();
        if (message.link !== 'signed-out' && message.attempts > 0 && message.attempts % askSessionEvery === 0)
          void askSession();
        return;
      case 'welcome':
        if (records.epoch !== null && records.epoch !== message.welcome.epoch) {
          records.clear();
          readings.clear();
        }
        units.setGrid(message.welcome.grid);
        return;
      case 'units':
        units.take(message);
        host?.command({ do: 'spare', buffer: message.buffer }, [message.buffer]);
        return;
      case 'records':
        takeBatch(message.batch);
        return;
      case 'snapshot':
        records.applySnapshot(message);
        applied();
        return;
      case 'slots':
        names.take(message.message);
        sendWatch();
        return;
      case 'totals':
        totals = message.totals;
        totalsTold.tell();
        return;
      case 'details':
        takeDetails(message.message);
        return;
      case 'readings':
        readings.take(message.message);
        return;
      case 'feeds':
        feeds = message.message;
        feedsTold.tell();
    }
  }

  return {
    start(given = {}) {
      if (host) return;
      options = given;
      host = (given.host ?? startHost)(hear);
      applied();
      host.command({ do: 'start', url: given.url ?? globalThis.location.origin });
      host.command({ do: 'look', look });
    },
    stop() {
      host?.close();
      host = null;
      connection.hear({ say: 'link', link: 'connecting', heardAt: null, attempts: 0 });
      sentSlots = '';
    },
    look(next) {
      look = next;
      host?.command({ do: 'look', look });
    },
    watch(next) {
      watched = next;
      sendWatch();
    },
    records,
    readings,
    connection,
    getUnitArrays: units.current,
    subscribeTick: units.onTick,
    getGrid: units.grid,
    getTotals: () => totals,
    subscribeTotals: totalsTold.add,
    unitOf: names.unitOf,
    slotOf: names.slotOf,
    slotsVersion: () => names.version,
    getDetail: (unit) => details.get(unit) ?? null,
    subscribeDetails: detailsTold.add,
    getFeeds: () => feeds,
    subscribeFeeds: feedsTold.add,
  };
}
