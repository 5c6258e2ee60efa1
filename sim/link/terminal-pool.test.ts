import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ids, type Location } from '../jt808/body.ts';
import { cutFrames, decodePlatformFrame, encodeFrame } from '../jt808/frame.ts';
import { terminal } from '../jt808/terminal.ts';
import { random } from '../random.ts';
import { type TerminalPool, terminalPool } from './terminal-pool.ts';

const location: Location = {
  at: [118.78, 32.04],
  gcj02: false,
  fixed: true,
  accOn: true,
  emergency: false,
  altitudeM: 10,
  speedMps: 8,
  headingDeg: 90,
  observedAtMs: 1_800_000_000_000,
  mileageM: 1_000,
  fuelL: 40,
  satellites: 10,
};

/** A platform that accepts everybody; `heard` lists the message ids in the order of their arrival. */
async function platform(port: number, answers = true) {
  const heard: number[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      for (const frame of cutFrames(chunk).frames) {
        const message = decodePlatformFrame(frame)!;
        heard.push(message.id);
        const head = Buffer.alloc(2);
        head.writeUInt16BE(message.serial, 0);
        const reply = (id: number, rest: string) =>
          answers &&
          socket.write(
            encodeFrame({
              id,
              edition: 2013,
              terminal: '1',
              serial: 0,
              body: Buffer.concat([head, Buffer.from(rest, 'hex')]),
            }),
          );
        if (message.id === ids.register) reply(ids.registerReply, '00636f6465');
        if (message.id === ids.authenticate) reply(ids.platformReply, '010200');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  return {
    heard,
    sockets,
    port: typeof address === 'object' && address ? address.port : 0,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

const pools: TerminalPool[] = [];
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close();
});

function pool(port: number, count = 12, told: string[] = []) {
  const terminals = Array.from({ length: count }, (_, i) =>
    i % 4 === 3
      ? null
      : terminal({ edition: i % 2 ? 2019 : 2013, terminal: `01440000000${i}`.slice(-12), plate: '苏A0001试' }),
  );
  const of = terminalPool({
    to: { host: '127.0.0.1', port },
    terminals,
    rng: random(1),
    now: Date.now,
    told: (text) => told.push(text),
    alarmConfirmed: () => undefined,
    perSecond: 200,
  });
  pools.push(of);
  return of;
}

const soon = { timeout: 15_000, interval: 20 };

describe('the terminals together', () => {
  it('sign on each by its own connection and report', async () => {
    const here = await platform(0);
    const of = pool(here.port);
    await vi.waitFor(() => expect(of.counts().online).toBe(9), soon);
    expect(here.sockets.size).toBe(9);
    for (let unit = 0; unit < 12; unit++) of.report(unit, location, true);
    await vi.waitFor(() => expect(here.heard.filter((id) => id === ids.location)).toHaveLength(9), soon);
    await of.close();
    await here.close();
  });

  it('wait for a platform that is away with one knocking, and come back with what they stored', async () => {
    const first = await platform(0);
    const told: string[] = [];
    const of = pool(first.port, 12, told);
    await vi.waitFor(() => expect(of.counts().online).toBe(9), soon);
    await first.close();
    await vi.waitFor(() => expect(of.counts().open).toBe(0), soon);
    for (let unit = 0; unit < 12; unit++) of.report(unit, location, true);
    await vi.waitFor(() => expect(told.some((text) => text.includes('连接不上'))).toBe(true), soon);
    const second = await platform(first.port);
    await vi.waitFor(() => expect(second.heard.filter((id) => id === ids.locationBatch)).toHaveLength(9), soon);
    expect(second.heard).not.toContain(ids.register);
    expect(told.at(-1)).toContain('恢复');
    await of.close();
    await second.close();
  });

  it('end at once, also in the middle of signing on', async () => {
    const mute = await platform(0, false);
    const of = pool(mute.port);
    await vi.waitFor(() => expect(of.counts().open).toBe(9), soon);
    expect(of.counts().online).toBe(0);
    await of.close();
    expect(of.counts().open).toBe(0);
    await mute.close();
  });
});
