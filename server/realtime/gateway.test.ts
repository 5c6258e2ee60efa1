import type { connect as connectTcp } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { cellAt, createCellGrid, mercatorX, mercatorY, nanjingGrid } from '@/server/wire/cell-grid.ts';
import { type CellFrame, decodeFrames, type Frame } from '@/server/wire/frame.ts';
import type { RecordBatch, SnapshotPart } from '@/server/wire/realtime.ts';
import { epochOf } from './client.ts';
import { dispatcher, fix, flushed, next, type RawClient, startGateway } from './testing/harness.ts';
import { createMemoryLog } from './testing/memory-log.ts';

type Started = Awaited<ReturnType<typeof startGateway>>;
let started: Started | null = null;
const start = async (...given: Parameters<typeof startGateway>): Promise<Started> => {
  started = await startGateway(...given);
  return started;
};
afterEach(async () => {
  await started?.close();
  started = null;
});

const own = epochOf('test', dispatcher.id, 'dispatcher|null');
const grid = createCellGrid(nanjingGrid);
const cellOf = (lon: number, lat: number) => cellAt(grid, mercatorX(lon), mercatorY(lat));
const here = cellOf(118.78, 32.04);
const there = cellOf(118.9, 32.1);
const frames = (message: Uint8Array | ArrayBuffer): readonly Frame[] => {
  const read = decodeFrames(message);
  if ('fault' in read) throw new Error(read.fault);
  return read;
};
const cellsOf = (message: Uint8Array | ArrayBuffer) =>
  frames(message).filter((frame): frame is CellFrame => frame.type === 'cell');
const look = (client: RawClient, cells: number[], watch: number[] = []) =>
  client.emit('viewport', { mode: 'cells', cells, watch });
const gather = <T>(client: RawClient, event: 'telemetry' | 'records' | 'snapshot'): T[] => {
  const all: T[] = [];
  client.on(event, ((message: T) => all.push(message)) as never);
  return all;
};

describe('whoever asks too often', () => {
  it('has one snapshot read at a time, and gets the last one asked for', async () => {
    const log = createMemoryLog();
    let reading = 0;
    let most = 0;
    let asked = 0;
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const snapshot: typeof log.snapshot = async (actor) => {
      asked += 1;
      reading += 1;
      most = Math.max(most, reading);
      await gate;
      reading -= 1;
      return log.snapshot(actor);
    };
    const { connect } = await start({ inputBurst: 100 }, { records: { ...log, snapshot } });
    const client = connect();
    await next(client, 'welcome');
    const parts = gather<SnapshotPart>(client, 'snapshot');
    for (let round = 0; round < 40; round += 1) client.emit('subscribe', { position: null, epoch: null });
    // What one client says is taken in its order: when its view is answered, all that went before has been taken.
    const viewed = next(client, 'telemetry');
    look(client, [here]);
    await viewed;
    open();
    await expect.poll(() => parts.length).toBeGreaterThan(0);
    await flushed(client);
    expect([most, parts.length]).toEqual([1, 1]);
    // One when all forty were taken before the first read began, else one more for the last of them.
    expect(asked).toBeLessThanOrEqual(2);
  });
});

describe('who may connect', () => {
  const refusal = (client: RawClient) =>
    new Promise<string>((resolve) => {
      client.on('connect_error', () => resolve('refused'));
      client.on('connect', () => resolve('connected'));
    });

  it('a page of our own origin with a session', async () => {
    const { connect } = await start();
    expect(await refusal(connect())).toBe('connected');
  });

  it('nobody without a session, from another origin, or without saying its origin', async () => {
    const { connect } = await start();
    expect(await refusal(connect('nobody'))).toBe('refused');
    expect(await refusal(connect('chen', { origin: 'http://elsewhere.example' }))).toBe('refused');
    expect(await refusal(connect('chen', { origin: '' }))).toBe('refused');
    expect(await refusal(connect('chen', { origin: 'null' }))).toBe('refused');
  });

  it('no more than the limit, in all and of one session', async () => {
    const { connect } = await start({ clientsPerSession: 2 });
    await next(connect(), 'welcome');
    await next(connect(), 'welcome');
    const third = connect();
    await new Promise<void>((resolve) => third.on('disconnect', () => resolve()));
  });

  it('is cut when the session is revoked, and told', async () => {
    const { connect, sessions } = await start();
    const client = connect();
    await next(client, 'welcome');
    const told = next(client, 'told');
    sessions.delete('chen');
    expect(await told).toEqual({ kind: 'signed-out' });
    await new Promise<void>((resolve) => (client.connected ? client.on('disconnect', () => resolve()) : resolve()));
  });

  it('has to come in anew when it may see something else now', async () => {
    const { connect, sessions } = await start();
    const client = connect();
    await next(client, 'welcome');
    const cut = new Promise<string>((resolve) => client.on('disconnect', resolve));
    sessions.set('chen', { ...dispatcher, department: 'fire' });
    expect(await cut).toBe('io server disconnect');
  });
});

describe('what the socket takes', () => {
  it('nothing of a wrong shape, and says so', async () => {
    const { connect } = await start();
    const client = connect();
    await next(client, 'welcome');
    const told = next(client, 'told');
    client.emit('viewport', { mode: 'all the world', cells: [] } as never);
    expect(await told).toEqual({ kind: 'input-refused', event: 'viewport', reason: 'shape' });
  });

  it('not more than its rate; whoever goes on is cut', async () => {
    const { connect } = await start({ inputBurst: 5 });
    const client = connect();
    await next(client, 'welcome');
    const told = next(client, 'told');
    const cut = new Promise<void>((resolve) => client.on('disconnect', () => resolve()));
    for (let k = 0; k < 100; k++) client.emit('seen', { upTo: 0 });
    expect(await told).toMatchObject({ reason: 'rate' });
    await cut;
  });

  it('no message larger than the limit', async () => {
    const { connect } = await start();
    const client = connect();
    await next(client, 'welcome');
    const cut = new Promise<void>((resolve) => client.on('disconnect', () => resolve()));
    client.emit('viewport', { mode: 'cells', cells: [], watch: ['x'.repeat(100_000)] } as never);
    await cut;
  });
});

describe.each(['framed', 'public'] as const)('telemetry by the %s way', (sendPath) => {
  it('greets with the grid, names the slots, answers a view with how things are', async () => {
    const { connect, state, gateway } = await start({ sendPath });
    state.update(fix('a', [118.78, 32.04]));
    state.update(fix('b', [118.9, 32.1]));
    gateway.tick();
    const client = connect();
    const slots = next(client, 'slots', (message) => message.all);
    const welcome = await next(client, 'welcome');
    expect(welcome).toMatchObject({ epoch: own, grid: nanjingGrid, sealedUpTo: 0 });
    expect((await slots).slots).toEqual([
      [0, 'a'],
      [1, 'b'],
    ]);
    const first = next(client, 'telemetry');
    look(client, [here]);
    const [reset, cell] = frames(await first);
    expect(reset?.type).toBe('reset');
    expect(cell).toMatchObject({ type: 'cell', cell: here, count: 1 });
    expect(gateway.clients()[0]?.path).toBe(sendPath);
  });

  it('sends only the newly seen cells when the view moves', async () => {
    const { connect, state, gateway } = await start({ sendPath });
    state.update(fix('a', [118.78, 32.04]));
    state.update(fix('b', [118.9, 32.1]));
    gateway.tick();
    const client = connect();
    await next(client, 'welcome');
    const first = next(client, 'telemetry');
    look(client, [here]);
    await first;
    const second = next(client, 'telemetry');
    look(client, [here, there]);
    expect(frames(await second)).toMatchObject([{ type: 'cell', cell: there, count: 1 }]);
  });

  it('is one message a tick, however many cells and updates', async () => {
    const { connect, state, gateway } = await start({ sendPath });
    for (let k = 0; k < 500; k++) state.update(fix(`u${k}`, [118.6 + k / 1_000, 31.9 + (k % 50) / 100]));
    gateway.tick();
    const client = connect();
    await next(client, 'welcome');
    const first = next(client, 'telemetry');
    client.emit('viewport', { mode: 'city', cells: [], watch: [] });
    await first;
    const messages = gather<ArrayBuffer>(client, 'telemetry');
    for (let tick = 1; tick <= 3; tick++) {
      for (let k = 0; k < 500; k++)
        for (let again = 0; again < 3; again++) {
          const at = fix('', null).receivedAt + tick * 10 + again;
          state.update(
            fix(`u${k}`, [118.6 + k / 1_000 + tick / 1_000, 31.9 + (k % 50) / 100], { sourceAt: at, receivedAt: at }),
          );
        }
      const arrived = next(client, 'telemetry');
      gateway.tick();
      await arrived;
    }
    await flushed(client);
    expect(messages.length).toBe(3);
    expect(messages.map((message) => new Set(cellsOf(message).map((frame) => frame.tick)).size)).toEqual([1, 1, 1]);
    expect(new Set(cellsOf(messages[2]!).flatMap((frame) => [...frame.slots])).size).toBe(500);
  });

  it('says nothing when nothing changed', async () => {
    const { connect, state, gateway } = await start({ sendPath });
    state.update(fix('a', [118.78, 32.04]));
    gateway.tick();
    const client = connect();
    await next(client, 'welcome');
    const first = next(client, 'telemetry');
    look(client, [here]);
    await first;
    const messages = gather(client, 'telemetry');
    gateway.tick();
    gateway.tick();
    await flushed(client);
    expect(messages).toEqual([]);
  });

  it('counts per cell at far zoom', async () => {
    const { connect, state, gateway } = await start({ sendPath });
    state.update(fix('a', [118.78, 32.04], { statusCode: 0 }));
    gateway.tick();
    const client = connect();
    await next(client, 'welcome');
    const first = next(client, 'telemetry');
    client.emit('viewport', { mode: 'totals', cells: [], watch: [] });
    const [, totals] = frames(await first);
    expect(totals).toMatchObject({ type: 'totals', totals: [{ cell: here, counts: [1, 0, 0, 0] }] });
  });

  it('shows a department only what is its own', async () => {
    const { connect, state, gateway, sessions } = await start({ sendPath });
    sessions.set('fire', { ...dispatcher, id: 'fire', department: 'fire' });
    state.update(fix('p', [118.78, 32.04], { scope: 'police' }));
    state.update(fix('f', [118.78, 32.04], { scope: 'fire' }));
    gateway.tick();
    const client = connect('fire');
    const slots = next(client, 'slots', (message) => message.all);
    await next(client, 'welcome');
    expect((await slots).slots).toEqual([[1, 'f']]);
    const first = next(client, 'telemetry');
    look(client, [here], [0, 1]);
    expect([...cellsOf(await first)[0]!.slots]).toEqual([1]);
    const details = await next(client, 'details');
    expect(details.units.map((unit) => unit.unit)).toEqual(['f']);
  });
});

describe('the two ways', () => {
  it('bring the same bytes to the same views', async () => {
    const run = async (sendPath: 'framed' | 'public') => {
      const { connect, state, gateway } = await startGateway({ sendPath }).then((made) => {
        started = made;
        return made;
      });
      const clients = [connect(), connect(), connect()];
      await Promise.all(clients.map((client) => next(client, 'welcome')));
      const all = clients.map((client) => gather<ArrayBuffer>(client, 'telemetry'));
      const views = [[here, there], [here, there], Array.from({ length: 40 }, (_, k) => here + k)];
      clients.forEach((client, k) => {
        look(client, views[k]!);
      });
      await Promise.all(clients.map(flushed));
      for (let tick = 0; tick < 5; tick++) {
        for (let k = 0; k < 60; k++) {
          const at = fix('', null).receivedAt + tick;
          state.update(fix(`u${k}`, [118.78 + ((k * 7 + tick) % 60) / 500, 32.04], { sourceAt: at, receivedAt: at }));
        }
        gateway.tick();
        await Promise.all(clients.map(flushed));
      }
      await started?.close();
      started = null;
      return all.map((messages) => messages.map((message) => Buffer.from(message).toString('hex')));
    };
    const framed = await run('framed');
    expect(framed[0]!.length).toBeGreaterThan(4);
    expect(framed[0]).toEqual(framed[1]);
    expect(await run('public')).toEqual(framed);
  });
});

describe.each(['framed', 'public'] as const)('a client that stops reading (%s)', (sendPath) => {
  it('is skipped, counted, told, and then has how things are; the others miss nothing', async () => {
    const bufferedBytes = 20_000;
    const { connect, state, gateway, url } = await start({
      sendPath,
      bufferedBytes,
      bufferedPackets: 3,
      pingMs: 60_000,
    });
    const healthy = connect();
    const stalled = connect();
    const [healthyGot, stalledGot] = [
      gather<ArrayBuffer>(healthy, 'telemetry'),
      gather<ArrayBuffer>(stalled, 'telemetry'),
    ];
    await Promise.all([next(healthy, 'welcome'), next(stalled, 'welcome')]);
    for (const client of [healthy, stalled]) client.emit('viewport', { mode: 'city', cells: [], watch: [] });
    await Promise.all([flushed(healthy), flushed(stalled)]);
    // The transport's own TCP socket stops being read, as when a machine hangs.
    const tcp = (stalled.io.engine.transport as unknown as { ws: { _socket: ReturnType<typeof connectTcp> } }).ws
      ._socket;
    tcp.pause();
    expect(url).toContain('127.0.0.1');
    const move = (tick: number) => {
      for (let k = 0; k < 5_000; k++) {
        const at = fix('', null).receivedAt + tick;
        state.update(
          fix(`u${k}`, [118.5 + ((k * 13 + tick) % 700) / 1_000, 31.5 + (k % 90) / 100], {
            sourceAt: at,
            receivedAt: at,
          }),
        );
      }
      gateway.tick();
    };
    const facts = () => gateway.clients().find((client) => client.id === stalled.id)!;
    let ticks = 0;
    while (facts().skippedTicks < 5 && ticks < 1_000) {
      const arrived = next(healthy, 'telemetry');
      move(++ticks);
      await arrived;
    }
    expect(facts().skippedTicks).toBe(5);
    expect(facts().waitingBytes).toBeLessThan(bufferedBytes + 3 * 60_000);
    expect(healthyGot.length).toBe(ticks + 1);
    const told = next(stalled, 'told', (message) => message.kind === 'telemetry-skipped');
    tcp.resume();
    while (facts().waitingBytes > 0) await flushed(healthy);
    await flushed(stalled);
    gateway.tick();
    expect(await told).toMatchObject({ ticks: 5, total: 5 });
    const lastOf = (messages: ArrayBuffer[]) => {
      const units = new Map<number, string>();
      for (const frame of messages.flatMap(cellsOf))
        frame.slots.forEach((slot, k) => {
          units.set(slot, [frame.cell, frame.x[k], frame.y[k]].join());
        });
      return units;
    };
    await flushed(healthy);
    expect(lastOf(stalledGot)).toEqual(lastOf(healthyGot));
    expect(stalledGot.length).toBeLessThan(ticks);
  });
});

describe('records', () => {
  const positions = (batches: RecordBatch[]) => batches.map((batch) => [batch.from, batch.upTo]);

  it('begin with a snapshot, then come in whole ranges that join', async () => {
    const { connect, log } = await start();
    for (let k = 1; k <= 5; k++) log.write(`i${k}`);
    const client = connect();
    await next(client, 'welcome');
    const snapshot = next(client, 'snapshot');
    client.emit('subscribe', { position: null, epoch: null });
    expect(await snapshot).toMatchObject({ position: 5, part: 0, parts: 1 });
    const batches = gather<RecordBatch>(client, 'records');
    await flushed(client);
    log.write('i1');
    log.write('i6');
    await next(client, 'records', (batch) => batch.upTo === 7);
    expect(positions(batches)[0]![0]).toBe(5);
    expect(batches.flatMap((batch) => batch.changes.map((change) => change.id)).sort()).toEqual(['i1', 'i6']);
  });

  it('resume after a break with nothing missed and no snapshot', async () => {
    const { connect, log } = await start();
    log.write('i1');
    const client = connect();
    await next(client, 'welcome');
    client.emit('subscribe', { position: 0, epoch: own });
    await next(client, 'records', (batch) => batch.upTo === 1);
    client.disconnect();
    for (let k = 2; k <= 1_400; k++) log.write(`i${k}`);
    const batches = gather<RecordBatch>(client, 'records');
    client.connect();
    await next(client, 'welcome');
    const last = next(client, 'records', (batch) => batch.upTo === 1_401);
    client.emit('subscribe', { position: 1, epoch: own });
    log.write('i1401');
    await last;
    let known = 1;
    for (const batch of batches) {
      expect(batch.from).toBe(known);
      known = batch.upTo;
    }
    const ids = batches.flatMap((batch) => batch.changes.map((change) => change.id));
    expect(ids).toEqual(Array.from({ length: 1_400 }, (_, k) => `i${k + 2}`));
    expect(log.snapshots).toBe(0);
  });

  it('start anew after a long break, from another database, or from the future', async () => {
    const { connect, log } = await start();
    for (let k = 1; k <= 2_600; k++) log.write(`i${k % 1_200}`);
    const client = connect();
    await next(client, 'welcome');
    for (const input of [
      { position: 1, epoch: own },
      { position: 2_600, epoch: 'restored' },
      { position: 9_999, epoch: own },
    ]) {
      const parts = gather<SnapshotPart>(client, 'snapshot');
      const last = next(client, 'snapshot', (part) => part.part === part.parts - 1);
      client.emit('subscribe', input);
      await last;
      client.off('snapshot');
      expect(parts.map((part) => part.part)).toEqual([0, 1, 2]);
      expect(new Set(parts.flatMap((part) => part.changes.map((change) => change.id))).size).toBe(1_200);
    }
  });

  it('are read once for all who see the same, and masked for who may not', async () => {
    const { connect, log, sessions } = await start();
    sessions.set('fire', { ...dispatcher, id: 'fire', department: 'fire' });
    const clients = [connect(), connect(), connect(), connect('fire')];
    await Promise.all(
      clients.map(async (client) => {
        await next(client, 'welcome');
        client.emit('subscribe', { position: 0, epoch: own });
        await flushed(client);
      }),
    );
    const got = clients.map((client) => next(client, 'records'));
    log.write('secret-1');
    const batches = await Promise.all(got);
    expect(log.reads.length).toBe(2);
    expect(batches.map((batch) => batch.changes[0]?.body === null)).toEqual([false, false, false, true]);
  });

  it('wait while the log cannot be read, say so, and go on', async () => {
    const { connect, log } = await start();
    const client = connect();
    await next(client, 'welcome');
    client.emit('subscribe', { position: 0, epoch: own });
    await flushed(client);
    const delayed = next(client, 'told', (told) => told.kind === 'records-delayed');
    log.broken = true;
    log.write('i1');
    await delayed;
    const flowing = next(client, 'told', (told) => told.kind === 'records-flowing');
    const batch = next(client, 'records');
    log.broken = false;
    expect(await batch).toMatchObject({ from: 0, upTo: 1 });
    await flowing;
  });

  it('a client that never says what it has seen is cut', async () => {
    const { connect, log, clock } = await start({ unseenMs: 1_000 });
    const client = connect();
    await next(client, 'welcome');
    client.emit('subscribe', { position: 0, epoch: own });
    log.write('i1');
    await next(client, 'records');
    await flushed(client);
    const cut = new Promise<string>((resolve) => client.on('disconnect', resolve));
    clock.now += 2_000;
    expect(await cut).toBe('io server disconnect');
  });
});
