import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { createScatter } from '@/components/live/scatter.ts';
import { createLatestState, type LatestState } from '@/server/live/latest-state.ts';
import { createTicker } from '@/server/live/tick.ts';
import { createGateway } from '@/server/realtime/gateway.ts';
import { cellAt, createCellGrid, mercatorX, mercatorY, nanjingGrid } from '@/server/wire/cell-grid.ts';
import { headingOfByte } from '@/server/wire/frame.ts';
import { bareTcp, type Fanout, jsonPerClient, socketRooms } from './live-peers.ts';
import type { SinkOrder, SinkReport } from './live-sink.ts';

/** The live path from a message in to a decoded unit out. Bounded in count and time; ratios are taken side by side in one run. */
export type Emit = (line: Record<string, unknown>) => void;

const grid = createCellGrid(nanjingGrid);
const actor = { id: 'bench', name: 'bench', roles: ['dispatcher' as const], department: null, district: null };
const tickMs = 250;

/** A fixed seed, so that two runs move the same. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

type Moving = { lon: Float64Array; lat: Float64Array; count: Uint8Array; move(unit: number): void };

function createMoving(state: LatestState, units: number): Moving {
  const random = createRandom(7);
  const lon = new Float64Array(units).map(() => 118.6 + random() * 0.4);
  const lat = new Float64Array(units).map(() => 31.9 + random() * 0.3);
  const count = new Uint8Array(units);
  return {
    lon,
    lat,
    count,
    move(unit) {
      lon[unit] = (lon[unit] as number) + (random() - 0.5) * 4e-4;
      lat[unit] = (lat[unit] as number) + (random() - 0.5) * 4e-4;
      count[unit] = ((count[unit] as number) + 1) % 255;
      const now = Date.now();
      state.update({
        unit: `u${unit}`,
        source: 'bench',
        scope: 'police|',
        lonLat: [lon[unit] as number, lat[unit] as number],
        headingDeg: headingOfByte(count[unit] as number),
        speedMps: 10,
        statusCode: 0,
        sourceAt: now,
        receivedAt: now,
        expectedIntervalS: 30,
      });
    },
  };
}

async function listen(): Promise<{ http: ReturnType<typeof createServer>; port: number }> {
  const http = createServer();
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return { http, port: (http.address() as AddressInfo).port };
}

function openGateway(
  http: ReturnType<typeof createServer>,
  state: LatestState,
  of: { tickMs: number; sendPath: 'framed' | 'public' },
) {
  return createGateway(
    http,
    {
      access: {
        authenticate: async () => ({ sessionId: 'bench', actor }),
        stillValid: async (ids) => new Map(ids.map((id) => [id, actor])),
        viewerClass: () => 'bench',
        visible: (_actor, change) => change,
        seesScope: () => true,
        seesFeeds: () => false,
        seesStation: () => false,
      },
      records: {
        sealedUpTo: () => 0,
        onSealed: () => () => undefined,
        changes: async (_actor, from, upTo) => ({ from, upTo, changes: [] }),
        snapshot: async () => ({ position: 0, changes: [] }),
      },
      state,
      ticker: createTicker(state),
      readings: null,
      epoch: 'bench',
      now: Date.now,
      log: () => undefined,
    },
    { limits: { clientsPerSession: 10_000, pingMs: 300_000, ...of } },
  );
}

const answerOf = <T>(sink: ChildProcess, order: SinkOrder): Promise<T> =>
  new Promise((resolve) => {
    sink.once('message', (answer) => resolve(answer as T));
    sink.send(order);
  });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const quantile = (sorted: readonly number[], q: number): number =>
  Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN) * 100) / 100;
const median = (values: number[]): number =>
  quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );

/** From the call of `update` to the decoded unit in another process: half a tick on average, a tick at worst, and what we add. */
async function latency(sink: ChildProcess, emit: Emit): Promise<void> {
  const units = 5_000;
  const clients = 20;
  const seconds = 5;
  const state = createLatestState(grid);
  const moving = createMoving(state, units);
  for (let unit = 0; unit < units; unit++) moving.move(unit);
  const { http, port } = await listen();
  const gateway = openGateway(http, state, { tickMs, sendPath: 'framed' });
  await answerOf(sink, { do: 'open', port, views: Array.from({ length: clients - 1 }, () => []), decode: true });
  await pause(2 * tickMs);
  await answerOf(sink, { do: 'report' });
  const sentAt = new Map<number, number>();
  const key = (slot: number, heading: number) => slot * 256 + heading;
  const cpu = process.cpuUsage();
  const start = performance.now();
  let sent = 0;
  while (performance.now() - start < seconds * 1_000) {
    const due = Math.floor(((performance.now() - start) / 1_000) * units * 2);
    for (; sent < due; sent++) {
      const unit = sent % units;
      moving.move(unit);
      sentAt.set(
        key(state.slotOf(`u${unit}`) as number, moving.count[unit] as number),
        performance.timeOrigin + performance.now(),
      );
    }
    await pause(5);
  }
  const used = process.cpuUsage(cpu);
  await pause(2 * tickMs);
  const report = await answerOf<SinkReport>(sink, { do: 'report' });
  const took: number[] = [];
  const last = new Map<number, number>();
  for (let k = 0; k < report.arrivals.length; k += 3) {
    const [slot, heading, at] = report.arrivals.slice(k, k + 3) as [number, number, number];
    const from = sentAt.get(key(slot, heading));
    if (from !== undefined) took.push(at - from);
    last.set(slot, heading);
  }
  took.sort((a, b) => a - b);
  const wrong = Array.from({ length: units }, (_, unit) => unit).filter(
    (unit) => last.get(state.slotOf(`u${unit}`) as number) !== moving.count[unit],
  ).length;
  emit({
    bench: 'live.latency',
    units,
    clients,
    updatesPerS: Math.round(sent / seconds),
    tickMs,
    p50Ms: quantile(took, 0.5),
    p99Ms: quantile(took, 0.99),
    maxMs: quantile(took, 1),
    overTickP99Ms: Math.round((quantile(took, 0.99) - tickMs) * 10) / 10,
    notConverged: wrong,
    serverCpuShare: Math.round((used.user + used.system) / seconds / 1e4) / 100,
    decodeMsPerMessage: Math.round((report.decodeMs / report.messages) * 1_000) / 1_000,
    skippedTicks: gateway.totals.skipped,
  });
  await answerOf(sink, { do: 'close' });
  await gateway.close();
  http.close();
}

type Way = { name: string; open(state: LatestState): Promise<{ port: number; fanout: Fanout }> };

const ours = (sendPath: 'framed' | 'public'): Way => ({
  name: `ours, ${sendPath}`,
  async open(state) {
    const { http, port } = await listen();
    const gateway = openGateway(http, state, { tickMs: 3_600_000, sendPath });
    const fanout: Fanout = {
      tick: gateway.tick,
      clients: () => gateway.clients().length,
      close: () => {
        void gateway.close();
        http.close();
      },
    };
    return { port, fanout };
  },
});
const peer = (name: string, make: (http: ReturnType<typeof createServer>, state: LatestState) => Fanout): Way => ({
  name,
  async open(state) {
    const { http, port } = await listen();
    const fanout = make(http, state);
    const close = (): void => {
      fanout.close();
      http.close();
    };
    return { port, fanout: { ...fanout, close } };
  },
});
const rooms = peer('Socket.IO rooms as documented', (http, state) => socketRooms(http, createTicker(state), Date.now));
const json = peer('JSON per client', (http, state) =>
  jsonPerClient(http, createTicker(state), { state, now: Date.now }),
);
const tcp: Way = {
  name: 'bare TCP, same bytes',
  async open(state) {
    const fanout = bareTcp(createTicker(state), Date.now);
    return { port: await fanout.listen(), fanout };
  },
};

/** CPU of this process alone per client and tick (the clients are another process), less what moving the units costs. */
async function cpuOf(way: Way, sink: ChildProcess, of: { units: number; views: number[][]; ticks: number }) {
  const state = createLatestState(grid);
  const moving = createMoving(state, of.units);
  for (let unit = 0; unit < of.units; unit++) moving.move(unit);
  const { port, fanout } = await way.open(state);
  await answerOf(sink, { do: 'open', port, views: of.views, decode: false });
  await pause(300);
  if (fanout.clients() !== of.views.length)
    throw new Error(`${way.name}: ${fanout.clients()} of ${of.views.length} clients are there; nothing to compare`);
  const used: number[] = [];
  let bytes = 0;
  for (let tick = 0; tick < of.ticks + 4; tick++) {
    for (let unit = 0; unit < of.units; unit++) moving.move(unit);
    if (tick === 4) await answerOf<SinkReport>(sink, { do: 'report' });
    const cpu = process.cpuUsage();
    fanout.tick();
    await pause(60);
    const { user, system } = process.cpuUsage(cpu);
    if (tick >= 4) used.push((user + system) / of.views.length);
  }
  bytes = (await answerOf<SinkReport>(sink, { do: 'report' })).bytes;
  await answerOf(sink, { do: 'close' });
  fanout.close();
  if (bytes === 0) throw new Error(`${way.name}: nothing was sent; nothing to compare`);
  return { us: median(used), bytesPerClientTick: Math.round(bytes / of.views.length / of.ticks) };
}

async function fanout(sink: ChildProcess, emit: Emit): Promise<void> {
  const random = createRandom(3);
  const viewport = (): number[] => {
    const centre = cellAt(grid, mercatorX(118.63 + random() * 0.34), mercatorY(31.93 + random() * 0.24));
    return [-1, 0, 1].flatMap((row) => [-1, 0, 1].map((col) => centre + row * grid.cols + col));
  };
  const near = Array.from({ length: 200 }, viewport);
  const whole = Array.from({ length: 100 }, () => [] as number[]);
  const scenes = [
    { scene: '200 clients, 3×3 cells', views: near, ways: [ours('framed'), ours('public'), rooms, json] },
    { scene: '100 clients, whole city', views: whole, ways: [ours('framed'), ours('public'), tcp] },
  ];
  for (const { scene, views, ways } of scenes) {
    let own = Number.NaN;
    for (const way of ways) {
      const { us, bytesPerClientTick } = await cpuOf(way, sink, { units: 5_000, views, ticks: 16 });
      if (Number.isNaN(own)) own = us;
      const ratio = Math.round((us / own) * 100) / 100;
      emit({
        bench: 'live.fanout',
        scene,
        way: way.name,
        cpuUsPerClientTick: us,
        bytesPerClientTick,
        ratioToOurs: ratio,
      });
    }
  }
}

/** The parts in one process, per unit. */
function parts(emit: Emit): void {
  const units = 20_000;
  const state = createLatestState(grid);
  const ticker = createTicker(state);
  const moving = createMoving(state, units);
  for (let round = 0; round < 3; round++) for (let unit = 0; unit < units; unit++) moving.move(unit);
  // CPU time, not the clock on the wall: other work on the machine does not count.
  const time = (work: () => void): number => {
    const from = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1_000;
  };
  const everyone = { key: 'all', sees: () => true };
  const scatter = createScatter(grid);
  const update: number[] = [];
  const encode: number[] = [];
  const decode: number[] = [];
  const asJson: number[] = [];
  let message = new Uint8Array();
  for (let round = 0; round < 9; round++) {
    update.push(time(() => Array.from({ length: units }, (_, unit) => moving.move(unit))));
    const { dirty } = ticker.tick(Date.now());
    encode.push(
      time(() => {
        message = new Uint8Array(Buffer.concat(dirty.map((cell) => ticker.frames.cell(cell, everyone, ticker.last))));
      }),
    );
    decode.push(time(() => scatter.take(message)));
    asJson.push(
      time(() => {
        const list = Array.from({ length: units }, (_, unit) => ({
          id: `u${unit}`,
          lon: moving.lon[unit],
          lat: moving.lat[unit],
          heading: moving.count[unit],
          status: 0,
        }));
        const x = new Float32Array(units);
        (JSON.parse(JSON.stringify(list)) as { lon: number }[]).forEach((unit, k) => {
          x[k] = unit.lon;
        });
      }),
    );
  }
  const nearest = time(() => {
    for (let k = 0; k < 2_000; k++)
      state.nearest([118.7 + (k % 20) / 100, 32 + (k % 10) / 100], { count: 10, accept: (slot) => slot % 5 === 0 });
  });
  emit({
    bench: 'live.parts',
    units,
    updateNs: Math.round((median(update) / units) * 1e6),
    encodeMs: median(encode),
    decodeMs: median(decode),
    jsonMs: median(asJson),
    jsonRatio: Math.round(median(asJson) / (median(encode) + median(decode))),
    bytesPerUnit: Math.round((message.byteLength / units) * 100) / 100,
    nearest10Us: Math.round((nearest / 2_000) * 1e4) / 10,
  });
}

export async function run(emit: Emit): Promise<void> {
  parts(emit);
  const sink = fork(fileURLToPath(new URL('./live-sink.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
  try {
    await latency(sink, emit);
    await fanout(sink, emit);
  } finally {
    sink.kill();
  }
}
