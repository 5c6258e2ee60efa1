import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Location } from '../jt808/body.ts';
import { ids } from '../jt809/body.ts';
import { cutFrames, decodeUpperFrame, encodeFrame } from '../jt809/frame.ts';
import { lowerPlatform } from '../jt809/platform.ts';
import { random } from '../random.ts';
import { platformLine } from './platform-line.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const account = { edition: 2011, centerId: 1, userId: 2, password: 'secret' } as const;

/** The platform above: says `result` to a login, and keeps what it heard by id. */
async function upper(result: number) {
  const heard: number[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let rest: Buffer = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      const read = cutFrames(Buffer.concat([rest, chunk]));
      rest = Buffer.from(read.rest);
      for (const frame of read.frames) {
        const message = decodeUpperFrame(frame, account.edition);
        if (!message) continue;
        heard.push(message.id);
        const reply = { edition: account.edition, serial: 1, centerId: 1, atMs: 0 };
        if (message.id === ids.login)
          socket.write(encodeFrame({ ...reply, id: ids.loginReply, body: Buffer.from([result, 0, 0, 0, 9]) }));
        if (message.id === ids.logout)
          socket.write(encodeFrame({ ...reply, id: ids.logoutReply, body: Buffer.alloc(0) }));
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((done) => server.close(done));
  });
  return { heard, sockets, port: (server.address() as AddressInfo).port };
}

let atMs = 1_750_000_000_000;
function line(port: number) {
  const told: string[] = [];
  const platform = lowerPlatform(account, '1');
  const of = platformLine({
    name: '平台',
    to: { host: '127.0.0.1', port },
    platform,
    cut: cutFrames,
    rng: random(1, 'platform'),
    now: () => atMs,
    told: (text) => told.push(text),
  });
  closers.push(() => of.close());
  return { of, told };
}
const until = (of: ReturnType<typeof line>['of'], check: () => void) =>
  vi.waitFor(
    () => {
      atMs += 500;
      of.turn();
      check();
    },
    { timeout: 8_000, interval: 10 },
  );
const location = (): Location => ({
  at: [118.8, 32.05],
  gcj02: false,
  fixed: true,
  accOn: true,
  emergency: false,
  altitudeM: 10,
  speedMps: 10,
  headingDeg: 90,
  observedAtMs: atMs,
  mileageM: 1_000,
  fuelL: 20,
  satellites: 9,
});
const report = (of: ReturnType<typeof line>['of']) =>
  of.say((platform, nowMs) =>
    platform.report({ vehicle: { plate: '苏A0001试', colour: 2 }, location: location() }, nowMs),
  );

describe('the main link of an operator', () => {
  it('signs on, reports, keeps alive, and brings later what it could not say', async () => {
    const there = await upper(0);
    const { of, told } = line(there.port);
    report(of);
    expect(of.counts()).toMatchObject({ waiting: 1, sent: 0, online: false });
    await until(of, () => expect(of.counts().online).toBe(true));
    report(of);
    await until(of, () => expect(there.heard.filter((id) => id === ids.vehicles)).toHaveLength(2));
    expect(there.heard[0]).toBe(ids.login);
    atMs += 61_000;
    await until(of, () => expect(there.heard).toContain(ids.keepalive));

    of.silence(atMs + 30_000);
    await until(of, () => expect(there.sockets.size).toBe(0));
    report(of);
    await until(of, () => expect(there.heard.filter((id) => id === ids.login)).toHaveLength(2));
    await until(of, () => expect(there.heard.filter((id) => id === ids.vehicles)).toHaveLength(3));
    expect(told).toEqual(['平台：失联']);
  });

  it('says that it is not let in, and knocks again with a growing pause', async () => {
    const there = await upper(4);
    const { of, told } = line(there.port);
    await until(of, () => expect(there.heard.filter((id) => id === ids.login).length).toBeGreaterThan(1));
    expect(told).toContain('平台：登录被拒绝');
    expect(of.counts().online).toBe(false);
  });
});
