import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { AlertRecord } from '@/server/wire/record.ts';
import { gtfsRt } from '../gtfs-rt/gtfs-rt.ts';
import { openHttpPoll } from './http-poll.ts';
import { memoryPort } from './testing/memory-port.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const madeAtS = 1_781_483_400;
const alert = {
  id: 'a',
  alert: {
    activePeriod: [{ start: madeAtS, end: madeAtS + 90_000 }],
    informedEntity: [{ routeId: '3' }],
    headerText: { translation: [{ text: '绕行' }] },
  },
};
const snapshot = (atS: number, ...entity: object[]) =>
  JSON.stringify({ header: { gtfsRealtimeVersion: '2.0', incrementality: 'FULL_DATASET', timestamp: atS }, entity });

/** An address whose answer is what `serve` was last given. */
async function snapshots(store: () => boolean = () => true) {
  let body = '';
  const server = createServer((_, response) => response.end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const memory = memoryPort(async () => store());
  const poll = openHttpPoll({
    feed: { id: 'transport-gtfs-rt', protocol: gtfsRt, crs: 'wgs84' },
    port: memory.port,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/alerts`,
    intervalMs: 30_000,
    now: () => madeAtS * 1000,
    manual: true,
  });
  closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  closers.push(async () => {
    server.closeAllConnections();
    await poll.close();
  });
  return {
    memory,
    serve: (text: string) => {
      body = text;
      return poll.poll();
    },
    told: () => memory.records().map((one) => (one as AlertRecord).msgType),
  };
}

describe('what is remembered between two polls', () => {
  it('tells an alert once, and its end when it is gone', async () => {
    const { serve, told } = await snapshots();
    await serve(snapshot(madeAtS, alert));
    await serve(snapshot(madeAtS + 30, alert));
    expect(told()).toEqual(['Alert']);
    await serve(snapshot(madeAtS + 60));
    expect(told()).toEqual(['Alert', 'Cancel']);
  });

  it('drops a snapshot that is older than the last', async () => {
    const { serve, told, memory } = await snapshots();
    await serve(snapshot(madeAtS + 30, alert));
    expect(await serve(snapshot(madeAtS))).toMatchObject({ result: 'unreadable' });
    expect(memory.refused).toMatchObject([{ refusal: { refused: 'conflict' } }]);
    expect(await serve(snapshot(madeAtS + 60, alert))).toMatchObject({ result: 'read' });
    expect(told()).toEqual(['Alert']);
  });

  it('forgets what could not be stored, and so tells it again', async () => {
    let up = false;
    const { serve, told } = await snapshots(() => up);
    expect(await serve(snapshot(madeAtS, alert))).toMatchObject({ result: 'not_stored' });
    up = true;
    expect(await serve(snapshot(madeAtS, alert))).toMatchObject({ result: 'read' });
    expect(told()).toEqual(['Alert']);
  });
});
