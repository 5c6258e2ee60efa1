import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Station } from '@/server/domain/station.ts';
import { openDesk, system } from '@/server/ops/testing/desk.ts';
import { stationOf } from '@/server/store/testing/records.ts';
import { createDescribedStations } from './described-stations.ts';
import { createStationRegister } from './station-register.ts';

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const stop = (key: string, more: Partial<Station> = {}) =>
  stationOf(key, { id: `gtfs/${key}`, scheme: 'gtfs', kind: 'stop', measures: [], ...more });

async function openRegister() {
  const { store } = desk;
  const register = createStationRegister({
    sealedUpTo: store.sealedUpTo,
    onSealed: store.onSealed,
    changes: (from, upTo) => store.changes(system, from, upTo),
    stations: async () =>
      (await store.read(system, (tx) => tx.list('station', { limit: 10_000 }))).map((row) => row.state),
    onError: (error) => {
      throw error;
    },
  });
  await register.start();
  return register;
}

it('writes what is new in commands of a bounded size; a whole timetable retires what it no longer has', async () => {
  const register = await openRegister();
  const faults: unknown[] = [];
  const described = createDescribedStations({
    ...desk.deps,
    register,
    districtOf: () => '320102',
    onError: (error) => void faults.push(error),
    most: 1_200,
  });
  const stops = Array.from({ length: 1_200 }, (_, at) => stop(`s${at}`));
  described.take('transport-gtfs', { stations: stops, whole: true }, false);
  await described.flush();
  await expect.poll(() => register.size).toBe(1_200);
  expect(register.byId('gtfs/s7')).toMatchObject({ district: '320102', describedBy: 'transport-gtfs', demo: false });

  const sealed = await desk.store.settled();
  described.take('transport-gtfs', { stations: stops, whole: true }, false);
  await described.flush();
  expect(await desk.store.settled()).toBe(sealed);

  described.take('transport-gtfs', { stations: stops.slice(0, 1_000), whole: false }, false);
  described.take('transport-gtfs', { stations: stops.slice(1), whole: true }, false);
  await described.flush();
  await expect.poll(() => register.size).toBe(1_199);
  expect(register.byId('gtfs/s0')).toBeNull();

  const more = Array.from({ length: 1_300 }, (_, at) => stop(`more${at}`));
  described.take('transport-gtfs', { stations: more, whole: false }, true);
  await described.close();
  await expect.poll(() => register.size).toBe(2_399);
  expect(register.byId('gtfs/more1')).toMatchObject({ demo: true });
  expect(faults).toHaveLength(1);
  register.stop();
});

it('keeps what could not be written, and writes it when the store is back', async () => {
  const register = await openRegister();
  let down = true;
  const { store } = desk;
  const failing = {
    ...store,
    command: (async (...given) => {
      if (down) throw new Error('gone');
      return store.command(...given);
    }) as typeof store.command,
  };
  const faults: unknown[] = [];
  const described = createDescribedStations({
    ...desk.deps,
    store: failing,
    register,
    districtOf: () => null,
    onError: (error) => void faults.push(error),
  });
  described.take('f', { stations: [stop('late', { name: '晚点站' })], whole: false }, false);
  described.take('f', { stations: [stop('late', { address: '汉中路' })], whole: false }, false);
  await described.flush();
  expect(faults).toHaveLength(1);
  down = false;
  await described.close();
  await expect.poll(() => register.byId('gtfs/late')?.describedBy).toBe('f');
  expect(register.byId('gtfs/late')).toMatchObject({ name: '晚点站', address: '汉中路' });
  register.stop();
});
