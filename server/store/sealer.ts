import pg from 'pg';
import { type ChainedEvent, chainedColumns, chainHash, genesis } from './chain.ts';
import { sealerRole } from './row-security.ts';

export const sealedChannel = 'one_network_sealed';
export const committedChannel = 'one_network_committed';

export type SealerOptions = {
  readonly connection: pg.ClientConfig;
  /** Called with each new end of the sealed sequence, by whichever process sealed it. */
  readonly sealed: (upTo: number, hash: Buffer | null) => void;
  /** Whether the database answers; called at every round, so it is also its heartbeat. */
  readonly answered: (up: boolean, why: string) => void;
  readonly pollMs?: number;
};

export type Sealer = {
  /** Something was committed: number it now. */
  poke(): void;
  /** One round of sealing or looking has run to its end since the call. */
  round(): Promise<void>;
  sealing(): boolean;
  upTo(): number;
  unsealedSince(): number | null;
  close(): Promise<void>;
};

const lockKey = 0x6f6e_7365; // "onse"
const batch = 1_000;
const slowMs = 2_000;
const laterCutMs = 10_000;
const firstCutMs = 120_000;

const cutOff = (client: pg.Client) =>
  (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();

type Pending = ChainedEvent & { horizon: string };

/**
 * Numbers committed events without gaps and chains their hashes: one per database, by an advisory lock that dies with its
 * session. In the other processes it follows: notifications are hints, the poll is what counts.
 */
export function startSealer(options: SealerOptions): Sealer {
  const pollMs = options.pollMs ?? 250;
  let client: pg.Client | null = null;
  let leading = false;
  let position = 0;
  let hash: Buffer = genesis;
  /** Events of transactions below it are all sealed; null: not known yet, look at everything once. */
  let horizon: string | null = null;
  let poked = false;
  let wake: () => void = () => undefined;
  let waiting: (() => void)[] = [];
  let oldest: number | null = null;
  let closed = false;

  /**
   * A server that hangs answers neither yes nor no: after a while it counts as gone, and much later, or the system may keep a connection for
   * hours whose other end is no more, it is cut. The first look over an old log may take its time.
   */
  async function answer<T>(
    on: pg.Client,
    asked: Promise<T>,
    cutMs = horizon === null ? firstCutMs : laterCutMs,
  ): Promise<T> {
    const slow = setTimeout(() => options.answered(false, 'no answer'), slowMs);
    const cut = setTimeout(() => cutOff(on), cutMs);
    try {
      return await asked;
    } finally {
      clearTimeout(slow);
      clearTimeout(cut);
    }
  }

  const poke = () => {
    poked = true;
    wake();
  };

  async function connect(): Promise<pg.Client> {
    const next = new pg.Client({ ...options.connection, connectionTimeoutMillis: 3_000, keepAlive: true });
    next.on('error', () => undefined); // the next query rejects and the loop connects again
    next.on('notification', ({ channel }) => {
      if (!leading || channel === committedChannel) poke();
    });
    try {
      await next.connect();
      await next.query(`listen ${sealedChannel}; listen ${committedChannel}; set role ${sealerRole}`);
      // A round reads a few new events and asks for each whether it is sealed: by index, whatever the statistics say.
      await next.query(`set synchronous_commit = on; set jit = off; set plan_cache_mode = force_generic_plan;
        set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off`);
    } catch (error) {
      await next.end().catch(() => undefined); // not connected
      throw error;
    }
    return next;
  }

  async function readEnd(on: pg.Client): Promise<void> {
    const end = await answer(
      on,
      on.query<{ position: number; hash: Buffer }>('select position, hash from sealed order by position desc limit 1'),
    );
    const row = end.rows[0];
    if (!row || row.position === position) return;
    position = row.position;
    hash = row.hash;
    options.sealed(position, leading ? hash : null);
  }

  async function lead(on: pg.Client): Promise<void> {
    const got = await answer(on, on.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [lockKey]));
    if (!got.rows[0]?.got) return;
    leading = true;
    horizon = null;
    await readEnd(on);
  }

  /** Ids grow along each stream and along cause and effect, so within a batch they are the order. */
  async function sealBatch(on: pg.Client): Promise<boolean> {
    const asked = on.query<Pending>({
      name: horizon === null ? 'pending-all' : 'pending',
      text: `select h.horizon, p.* from (select pg_snapshot_xmin(pg_current_snapshot())::text as horizon) h
             left join lateral (
               select ${chainedColumns} from event e
               where ${horizon === null ? '$1::text is null' : 'e.xact >= $1::xid8'}
                 and not exists (select from sealed s where s.event_id = e.id)
               order by e.id limit ${batch}) p on true`,
      values: [horizon],
    });
    const found = await answer(on, asked);
    const rows = found.rows.filter((row) => row.id !== null);
    const next = found.rows[0]?.horizon ?? null;
    if (rows.length === 0) {
      horizon = next;
      oldest = null;
      return false;
    }
    oldest ??= rows[0]?.recorded_at ?? null;
    let last = hash;
    const seals = rows.map((event, index) => {
      last = chainHash(last, position + 1 + index, event);
      return { position: position + 1 + index, event_id: event.id, hash: last.toString('hex') };
    });
    const end = position + seals.length;
    const sealing = on.query({
      name: 'seal',
      text: `with r as (select * from json_to_recordset($1::json) as r(position bigint, event_id bigint, hash text)),
                  done as (insert into sealed (position, event_id, hash)
                           select position, event_id, decode(hash, 'hex') from r order by position returning 1)
             select pg_notify('${sealedChannel}', $2) from (select count(*) from done) counted`,
      values: [JSON.stringify(seals), String(end)],
    });
    await answer(on, sealing);
    position = end;
    hash = last;
    const full = rows.length === batch;
    if (!full) {
      horizon = next;
      oldest = null;
    }
    options.sealed(position, hash);
    return full;
  }

  async function once(): Promise<void> {
    client ??= await connect();
    if (!leading) await lead(client);
    if (!leading) return readEnd(client);
    while (await sealBatch(client)) if (closed) return;
  }

  const pause = (ms: number) =>
    new Promise<void>((done) => {
      if (poked || closed) return done();
      const timer = setTimeout(done, ms);
      wake = () => {
        clearTimeout(timer);
        done();
      };
    });

  async function loop(): Promise<void> {
    let backOffMs = 100;
    while (!closed) {
      poked = false;
      const told = waiting;
      waiting = [];
      try {
        await once();
        options.answered(true, '');
        for (const tell of told) tell();
        backOffMs = 100;
        await pause(pollMs);
      } catch (error) {
        waiting = [...told, ...waiting];
        if (!closed) options.answered(false, (error as Error).message);
        leading = false;
        const broken = client;
        client = null;
        await broken?.end().catch(() => undefined); // broken already
        poked = false;
        await pause(backOffMs);
        backOffMs = Math.min(backOffMs * 2, 2_000);
      }
    }
  }
  const running = loop();

  return {
    poke,
    round: () =>
      new Promise<void>((done) => {
        waiting.push(done);
        poke();
      }),
    sealing: () => leading,
    upTo: () => position,
    unsealedSince: () => oldest,
    close: async () => {
      closed = true;
      wake();
      await running;
      for (const tell of waiting) tell();
      await client?.end().catch(() => undefined); // the server may be gone
    },
  };
}
