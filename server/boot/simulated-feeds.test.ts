import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { departmentFeeds, feedById } from '@/server/departments/registry.ts';
import { protocolById } from '@/server/feeds/registry.ts';
import { operators } from '@/sim/fleets.ts';
import { documentPaths } from '@/sim/speakers.ts';
import { settleFeeds } from './settle-feeds.ts';
import { documentsPort, simulatedFeeds, simulatedPaths } from './simulated-feeds.ts';
import { lineOptions } from './simulator.ts';

const address = { host: '127.0.0.1', port: 1 };
const settle = (file: Record<string, unknown> = {}) =>
  settleFeeds(departmentFeeds, {
    protocolById,
    file,
    listen: new Map(),
    jt808: address,
    push: address,
    capPollUrl: null,
    simulated: simulatedFeeds(7_999).byFeed,
  });

describe('the feeds of the demo', () => {
  it('are on where the simulator speaks, ask where it answers, and believe its operators', () => {
    const { feeds, faults } = settle();
    expect(faults).toEqual([]);
    const on = (id: string) => feeds.find(({ feed }) => feed.id === id);
    for (const id of [
      'ecology-hj212',
      'water-sl651',
      'fire-gb26875',
      'transport-ais',
      'transport-jt809',
      'culture-visitors',
    ])
      expect(on(id)?.on, id).toBe(true);
    expect(on('meteorology-metar')).toMatchObject({ on: true, url: 'http://127.0.0.1:7999/metar/ZSNJ.txt' });
    expect(on('transport-jt809')?.stated.accounts).toHaveLength(4);
    expect(on('emergency-cap-poll')?.on).toBe(false);
  });

  it('give way to what the installation says', () => {
    const { feeds } = settle({
      'meteorology-metar': { url: 'http://127.0.0.1:1/own' },
      'ecology-hj212': { enabled: false },
      'transport-jt809': { options: { accounts: [] } },
    });
    const of = (id: string) => feeds.find(({ feed }) => feed.id === id);
    expect(of('meteorology-metar')?.url).toBe('http://127.0.0.1:1/own');
    expect(of('ecology-hj212')?.on).toBe(false);
    expect(of('transport-jt809')?.stated.accounts).toEqual([]);
  });

  it('name the simulator’s own documents, operators and lines', () => {
    expect(simulatedPaths).toEqual({
      metar: documentPaths.metar,
      open311: documentPaths.open311,
      'gtfs-rt': documentPaths.gtfs,
    });
    const accounts = simulatedFeeds(1).byFeed.get('transport-jt809')?.options?.accounts;
    const bare = operators.map(({ centerId, userId }) => ({
      centerId,
      userId,
      password: expect.stringMatching(/^\S{8}$/),
    }));
    expect(accounts).toEqual(bare);
    expect(simulatedFeeds(1).passwords.jt809).not.toBe(simulatedFeeds(1).passwords.jt809);
    const words = lineOptions({ 'ecology-hj212': { host: '::1', port: 9 }, 'emergency-sensors-mqtt': address }).join(
      ' ',
    );
    expect(words).toContain('--hj212 [::1]:9 --sl651 off');
    expect(words).toContain('--mqtt mqtt://127.0.0.1:1');
    expect(feedById('emergency-sensors-mqtt')?.feed.transport).toBe('mqtt');
  });

  it('find another port where the usual one is taken', async () => {
    const taken = await documentsPort();
    const holder = createServer();
    await new Promise<void>((done) => holder.listen(taken, '127.0.0.1', done));
    expect(await documentsPort()).not.toBe(taken);
    await new Promise((done) => holder.close(done));
  });
});
