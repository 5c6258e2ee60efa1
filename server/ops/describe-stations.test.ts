import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Station } from '@/server/domain/station.ts';
import { chief } from '@/server/domain/testing/samples.ts';
import { stationOf } from '@/server/store/testing/records.ts';
import { describeStations } from './describe-stations.ts';
import { registerStations } from './register-stations.ts';
import { retireStation } from './retire-station.ts';
import { ask, openDesk, system } from './testing/desk.ts';

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const feed = 'police-gb28181';
const camera = (key: string, more: Partial<Station> = {}): Station =>
  stationOf(key, { id: `gb28181/${key}`, scheme: 'gb28181', kind: 'camera', measures: [], ...more });
const say = (stations: readonly Station[], by = feed) => describeStations(desk.deps, { feed: by, stations }, system);
const held = async (key: string) =>
  (await desk.store.read(system, (tx) => tx.find('station', `gb28181/${key}`)))?.state ?? null;
const register = (stations: readonly Station[]) =>
  registerStations({ ...desk.deps, districtOf: () => '320102' }, ask(chief, { stations: [...stations] }));

describe('stations that a feed describes', () => {
  it('are registered as its own, follow it, and keep what it leaves open', async () => {
    expect(await say([camera('1', { name: '新街口' })])).toEqual({ changed: 1 });
    expect(await held('1')).toMatchObject({ name: '新街口', describedBy: feed, state: 'registered' });
    expect(await say([camera('1', { name: '新街口' })])).toEqual({ changed: 0 });
    expect(await say([camera('1', { name: '1', lonLat: null, address: '汉中路' })])).toEqual({ changed: 1 });
    expect(await held('1')).toMatchObject({ name: '新街口', lonLat: [118.7, 32.05], address: '汉中路' });
  });

  it('are retired and brought back by it, never by another feed', async () => {
    await say([camera('2')]);
    expect(await say([camera('2', { state: 'retired' })], 'another-feed')).toEqual({ changed: 0 });
    expect(await say([camera('2', { name: 'x' })], 'another-feed')).toEqual({ changed: 0 });
    expect(await say([camera('2', { state: 'retired' })])).toEqual({ changed: 1 });
    expect(await held('2')).toMatchObject({ state: 'retired' });
    expect(await say([camera('2')])).toEqual({ changed: 1 });
    expect(await held('2')).toMatchObject({ state: 'registered' });
    expect(await say([camera('never', { state: 'retired' })])).toEqual({ changed: 0 });
    expect(await held('never')).toBeNull();
  });

  it('are a person’s as soon as a person says anything else of them', async () => {
    await say([camera('3')]);
    const said = await held('3');
    expect(await register([said as Station])).toMatchObject({ unchanged: 1 });
    expect(await held('3')).toMatchObject({ describedBy: feed });
    expect(await register([{ ...(said as Station), name: '路口东侧' }])).toMatchObject({ changed: 1 });
    expect(await say([camera('3', { lonLat: [119, 32] }), camera('4')])).toEqual({ changed: 1 });
    expect(await held('3')).toMatchObject({ name: '路口东侧', lonLat: [118.7, 32.05] });
    expect(await held('3')).not.toHaveProperty('describedBy');
  });

  it('stay out of the register where a person took them out', async () => {
    await say([camera('5')]);
    await retireStation(desk.deps, ask(chief, { station: 'gb28181/5', reason: '拆除' }));
    expect(await say([camera('5')])).toEqual({ changed: 0 });
    expect(await held('5')).toMatchObject({ state: 'retired' });
  });

  it('nobody is taken at their word that a feed said it', async () => {
    await register([camera('6', { describedBy: feed })]);
    expect(await held('6')).not.toHaveProperty('describedBy');
  });
});
