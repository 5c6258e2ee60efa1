import { createServer, connect as dial, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createLatestReadings } from '@/server/live/latest-readings.ts';
import { dispatcher, fix, startGateway } from '@/server/realtime/testing/harness.ts';
import { mercatorX, mercatorY } from '@/server/wire/cell-grid.ts';
import { freshnessCode } from '@/server/wire/frame.ts';
import type { StartHost } from './engine-host.ts';
import { createLiveClient, type LiveClient } from './live-client.ts';
import { createLiveEngine } from './live-engine.ts';

/** A line that can be cut or fall silent without being closed. */
async function startLine(target: number) {
  const open = new Set<Socket>();
  let silent = false;
  const server = createServer((near) => {
    const far = dial(target, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.on('data', (bytes) => {
        if (!silent) to.write(bytes);
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    port,
    silence: (on: boolean) => {
      silent = on;
    },
    cut: () => {
      for (const socket of open) socket.destroy();
    },
    close: () => {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function setUp(...given: Parameters<typeof startGateway>) {
  const city = await startGateway(...given);
  ends.push(() => city.close());
  const line = await startLine(Number(new URL(city.url).port));
  ends.push(line.close);
  return { city, line };
}

const hostFor =
  (line: { port: number }, session: string, lostAfterMs: number): StartHost =>
  (hear) => {
    const engine = createLiveEngine((message) => hear(structuredClone(message)), {
      extraHeaders: { origin: `http://127.0.0.1:${line.port}`, cookie: `session=${session}` },
      lostAfterMs,
      reconnectMs: 20,
    });
    return { command: (command) => engine(command), close: () => engine({ do: 'stop' }) };
  };

function open(line: { port: number }, lostAfterMs = 2_000, holdsSession?: () => Promise<boolean>): LiveClient {
  const live = createLiveClient();
  const host = hostFor(line, 'chen', lostAfterMs);
  live.start({ url: `http://127.0.0.1:${line.port}`, host, ...(holdsSession ? { holdsSession } : {}) });
  ends.push(() => live.stop());
  return live;
}

/** Waits for news until it holds. */
async function until(live: LiveClient, holds: () => boolean, poke: () => void = () => undefined): Promise<void> {
  while (!holds()) {
    poke();
    await new Promise<void>((resolve) => {
      const stops = [
        live.connection.subscribe,
        live.records.subscribe,
        live.readings.subscribe,
        live.subscribeTick,
        live.subscribeDetails,
      ].map((subscribe) => subscribe(() => done()));
      const done = (): void => {
        for (const stop of stops) stop();
        resolve();
      };
    });
  }
}
const isLive = (live: LiveClient) => () => live.connection.current().state === 'live';

describe('live client against the gateway', () => {
  it('has the records, the units it looks at, their names, and the details of those it watches', async () => {
    const { city, line } = await setUp();
    city.log.write('i1');
    city.state.update(fix('u1', [118.78, 32.04], { statusCode: 3, headingDeg: null }));
    city.state.update(fix('u2', [118.3, 31.3]));
    city.gateway.tick();
    const live = open(line);
    live.look({ mode: 'cells', bounds: [118.77, 32.03, 118.8, 32.05] });
    live.watch(['u1', 'u2']);
    await until(live, isLive(live));
    expect(live.records.get('incident', 'i1')?.version).toBe(1);
    await until(live, () => live.getUnitArrays().alive[live.slotOf('u1') ?? 9_999] === 1);
    const units = live.getUnitArrays();
    const slot = live.slotOf('u1')!;
    expect(units.x[slot]! + units.originX).toBeCloseTo(mercatorX(118.78), 8);
    expect(units.y[slot]! + units.originY).toBeCloseTo(mercatorY(32.04), 8);
    expect([units.status[slot], units.heading[slot], units.alive[live.slotOf('u2')!]]).toEqual([3, 255, 0]);
    await until(live, () => live.getDetail('u2') !== null);
    expect(live.getDetail('u1')).toMatchObject({ source: 'test', speedMps: 10, ageMs: 0 });
    expect(live.connection.current().clockOffsetMs).not.toBeNull();
  });

  it('heals after a cut line with nothing missed, by resuming', async () => {
    const { city, line } = await setUp();
    const live = open(line);
    await until(live, isLive(live));
    const seen = new Map<string, number[]>();
    live.records.subscribe(() => {
      for (const [id, held] of live.records.all('incident')) {
        const versions = seen.get(id) ?? [];
        if (versions.at(-1) !== held.version) seen.set(id, [...versions, held.version]);
      }
    });
    for (let k = 0; k < 40; k++) {
      city.log.write(`i${k % 7}`);
      if (k % 10 === 5) line.cut();
      if (k % 4 === 0) await until(live, () => live.records.position === city.log.sealedUpTo());
    }
    await until(live, () => live.records.position === 40 && isLive(live)());
    expect(live.records.all('incident').size).toBe(7);
    const total = [...live.records.all('incident').values()].reduce((sum, held) => sum + held.version, 0);
    expect(total).toBe(40);
    for (const versions of seen.values()) expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect(city.log.snapshots).toBe(1);
  });

  it('says that the line is dead although nobody closed it, lets nothing look fresh, and comes back', async () => {
    const { city, line } = await setUp();
    city.state.update(fix('u1', [118.78, 32.04]));
    city.gateway.tick();
    const live = open(line, 400);
    live.look({ mode: 'city', bounds: null });
    await until(live, () => isLive(live)() && live.getUnitArrays().alive[0] === 1);
    expect(live.getUnitArrays().freshness[0]).toBe(freshnessCode.fresh);
    line.silence(true);
    await until(live, () => live.connection.current().state === 'lost');
    expect(live.connection.current().lostSince).not.toBeNull();
    await until(live, () => live.getUnitArrays().freshness[0] === freshnessCode.stale);
    city.log.write('while-away');
    line.silence(false);
    line.cut();
    await until(live, () => isLive(live)() && live.records.get('incident', 'while-away') !== null);
    await until(live, () => live.getUnitArrays().freshness[0] === freshnessCode.fresh);
    expect(live.connection.current().lostSince).toBeNull();
  });

  it('has what stations read; with the line gone it is stale, and back it is as the server has it', async () => {
    const at = 1_700_000_000_000;
    const readings = createLatestReadings(() => null);
    const read = (station: string, value: number, observedAt: number) =>
      readings.update({
        ...{
          station,
          feed: 'f',
          department: null,
          property: 'Z',
          value,
          unit: 'm',
          observedAt,
          receivedAt: observedAt,
        },
        ...{ quality: 'good', maximum: null, intervalS: null, expectedIntervalS: 300 },
      });
    read('s/1', 1, at);
    const { line } = await setUp({ readingsMs: 20 }, { readings });
    const live = open(line, 400);
    await until(live, () => live.readings.get('s/1')?.freshness === 'fresh');
    read('s/1', 2, at + 1);
    await until(live, () => live.readings.get('s/1')?.readings[0]?.value === 2);
    line.silence(true);
    await until(live, () => live.readings.get('s/1')?.freshness === 'stale');
    read('s/2', 3, at + 2);
    line.silence(false);
    line.cut();
    await until(live, () => live.readings.get('s/2') !== null && live.readings.get('s/1')?.freshness === 'fresh');
    expect(live.readings.all().size).toBe(2);
  });

  it('says signed out, and stays so', async () => {
    const { city, line } = await setUp();
    const live = open(line);
    await until(live, isLive(live));
    city.gateway.revoke('chen');
    await until(live, () => live.connection.current().state === 'signed-out');
  });

  it('somebody else in the same window starts from a snapshot, not from what the first had seen', async () => {
    const { city, line } = await setUp();
    city.log.write('i1');
    city.log.write('secret-1');
    city.sessions.set('fire', { ...dispatcher, id: 'fire', department: 'fire' });
    const live = createLiveClient();
    const sit = async (session: string): Promise<void> => {
      live.start({ url: `http://127.0.0.1:${line.port}`, host: hostFor(line, session, 2_000) });
      await until(live, isLive(live));
    };
    ends.push(() => live.stop());
    await sit('chen');
    expect([...live.records.all('incident').keys()]).toEqual(['i1', 'secret-1']);
    live.stop();
    expect(live.connection.current().state).toBe('connecting');
    await sit('fire');
    expect([...live.records.all('incident').keys()]).toEqual(['i1']);
    live.stop();
    await sit('fire');
    expect(city.log.snapshots).toBe(2);
  });

  it('asks whether the session holds when it cannot connect', async () => {
    const { city, line } = await setUp();
    city.sessions.clear();
    const live = open(line, 2_000, async () => false);
    await until(live, () => live.connection.current().state === 'signed-out');
  });

  it('takes the counts at far zoom and the units again when it comes near', async () => {
    const { city, line } = await setUp();
    city.state.update(fix('u1', [118.78, 32.04]));
    city.gateway.tick();
    const live = open(line);
    live.look({ mode: 'totals', bounds: null });
    const counted = new Promise<void>((resolve) => {
      live.subscribeTotals(() => {
        if (live.getTotals().length) resolve();
      });
    });
    await counted;
    expect(live.getTotals()[0]?.counts.reduce((a, b) => a + b)).toBe(1);
    live.look({ mode: 'city', bounds: null });
    await until(live, () => live.getUnitArrays().alive[0] === 1);
    expect(live.getTotals()).toEqual([]);
  });

  it('5,000 units, 20 screens: every one ends equal to the server', async () => {
    const { city, line } = await setUp({ clientsPerSession: 64 });
    const screens = Array.from({ length: 20 }, () => open(line, 20_000));
    for (const screen of screens) screen.look({ mode: 'city', bounds: null });
    await Promise.all(screens.map((screen) => until(screen, isLive(screen))));
    const at = (tick: number, k: number): [number, number] => [
      118.4 + ((k * 31 + tick * 3) % 800) / 1_000,
      31.3 + (k % 1_200) / 1_000,
    ];
    for (let tick = 1; tick <= 6; tick++) {
      for (let k = 0; k < 5_000; k++) {
        const time = 1_700_000_000_000 + tick;
        city.state.update(fix(`u${k}`, at(tick, k), { sourceAt: time, receivedAt: time }));
      }
      city.gateway.tick();
      await Promise.all(screens.map((screen) => until(screen, () => screen.getUnitArrays().tick >= tick)));
    }
    for (const screen of screens) {
      const units = screen.getUnitArrays();
      let wrong = 0;
      for (let k = 0; k < 5_000; k++) {
        const slot = city.state.slotOf(`u${k}`)!;
        const [lon, lat] = at(6, k);
        const off = Math.hypot(
          units.x[slot]! + units.originX - mercatorX(lon),
          units.y[slot]! + units.originY - mercatorY(lat),
        );
        if (units.alive[slot] !== 1 || off > 1e-8) wrong++;
      }
      expect(wrong).toBe(0);
    }
  });
});
