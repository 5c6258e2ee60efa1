import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LonLat } from '@/server/domain/place.ts';
import { wasRefused } from '@/server/domain/refusal.ts';
import type { Station } from '@/server/domain/station.ts';
import { actor, chief, liaison, operator } from '@/server/domain/testing/samples.ts';
import { stationOf } from '@/server/store/testing/records.ts';
import { previewStations } from './preview-stations.ts';
import { registerStations } from './register-stations.ts';
import { retireStation } from './retire-station.ts';
import { ask, openDesk, system } from './testing/desk.ts';

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const districtOf = ([lon]: LonLat) => (lon < 119 ? '320102' : null);
const register = (stations: Station[], by = chief, id: string = randomUUID()) =>
  registerStations({ ...desk.deps, districtOf }, { ...ask(by, { stations }), id });
const held = async (id: string) => (await desk.store.read(system, (tx) => tx.find('station', id)))?.state ?? null;
const preview = (text: string) => desk.store.read(chief, (tx) => previewStations(tx, text, districtOf));

describe('registering stations', () => {
  it('adds, changes and leaves alone', async () => {
    const [a, b] = [stationOf('a1'), stationOf('a2')];
    expect(await register([a, b])).toEqual({ added: 2, changed: 0, unchanged: 0 });
    const before = await desk.store.settled();
    expect(await register([a, { ...b, name: 'new name' }])).toEqual({ added: 0, changed: 1, unchanged: 1 });
    expect(await desk.store.settled()).toBe(before + 1);
    expect(await held('sl651/a2')).toMatchObject({ name: 'new name' });
  });

  it('answers a repeat with the first answer', async () => {
    const [station, id] = [stationOf('r1'), randomUUID()];
    expect(await register([station], chief, id)).toEqual({ added: 1, changed: 0, unchanged: 0 });
    expect(await register([station], chief, id)).toEqual({ added: 1, changed: 0, unchanged: 0 });
  });

  it('finds the district itself, and takes nobody at their word that a station is made up or retired', async () => {
    await register([stationOf('d1', { district: '999999', demo: true, state: 'retired' })]);
    expect(await held('sl651/d1')).toMatchObject({ district: '320102', demo: false, state: 'registered' });
    await register([stationOf('d2', { lonLat: [121, 31] })]);
    expect(await held('sl651/d2')).toMatchObject({ district: null });
  });

  it('keeps the mark of what was made up', async () => {
    const station = stationOf('m1', { demo: true });
    await desk.store.command({ id: randomUUID(), name: 'put', actor: system, input: null }, async () => ({
      events: [{ stream: `station/${station.id}`, kind: 'stationRegistered', content: { station, by: system } }],
      answer: null,
    }));
    await register([{ ...station, name: 'by hand' }]);
    expect(await held('sl651/m1')).toMatchObject({ name: 'by hand', demo: true });
  });

  it.each([
    ['another id than its subject', [stationOf('x1', { key: 'x2' })], 'bad_input'],
    ['a scheme that no record has', [stationOf('x1', { scheme: '__proto__', id: '__proto__/x1' })], 'bad_input'],
    ['a message every nanosecond', [stationOf('x1', { expectedIntervalS: 1e-9 })], 'bad_input'],
    ['one twice', [stationOf('x1'), stationOf('x1')], 'bad_input'],
  ])('refuses %s', async (_words, stations, refused) => {
    expect(await register(stations)).toMatchObject({ refused });
    expect(await held('sl651/x1')).toBeNull();
  });

  it('is for those who keep the register', async () => {
    expect(await register([stationOf('y1')], operator)).toMatchObject({ refused: 'not_allowed' });
    expect(await register([stationOf('y1')], liaison('water'))).toMatchObject({ refused: 'not_allowed' });
    expect(await register([stationOf('y1')], actor('admin', 'system-admin'))).toMatchObject({ added: 1 });
  });
});

describe('retiring a station', () => {
  const retire = (station: string, reason = 'moved away', by = chief) =>
    retireStation(desk.deps, ask(by, { station, reason }));

  it('takes it out with a reason, once, and registering brings it back', async () => {
    await register([stationOf('t1')]);
    expect(await retire('sl651/t1', '')).toMatchObject({ refused: 'reason_missing' });
    expect(await retire('sl651/t1', 'gone', operator)).toMatchObject({ refused: 'not_allowed' });
    expect(await retire('sl651/t1')).toEqual({ station: 'sl651/t1' });
    expect(await held('sl651/t1')).toMatchObject({ state: 'retired' });
    expect(await retire('sl651/t1')).toMatchObject({ refused: 'wrong_state' });
    expect(await retire('sl651/none')).toMatchObject({ refused: 'not_found' });
    expect(await register([stationOf('t1')])).toEqual({ added: 0, changed: 1, unchanged: 0 });
    expect(await held('sl651/t1')).toMatchObject({ state: 'registered' });
  });
});

describe('previewing a file', () => {
  const head = 'scheme,key,kind,name,lon,lat,crs';

  it('says what is new, changed and how, the same, refused, and outside of the city', async () => {
    const same: Partial<Station> = {
      ...{ department: null, verticalDatum: 'unknown', expectedIntervalS: null, measures: [] },
    };
    await register([stationOf('p1', same), stationOf('p2', { ...same, name: 'old' })]);
    const answer = await preview(
      `${head}\nsl651,p1,river-level,p1,118.7,32.05,wgs84\nsl651,p2,rain,new,118.7,32.05,wgs84\n` +
        'sl651,p3,rain,p3,121,31,wgs84\nsl651,p4,volcano,p4,,,',
    );
    if ('fault' in answer) throw new Error(answer.fault);
    expect(answer.added.map(({ line, station }) => [line, station.id])).toEqual([[4, 'sl651/p3']]);
    expect(answer.changed).toMatchObject([{ line: 3, fields: ['kind', 'name'] }]);
    expect(answer.unchanged).toBe(1);
    expect(answer.faulty).toEqual([{ line: 5, reason: 'unknown-word', column: 'kind', value: 'volcano' }]);
    expect(answer.outside).toBe(1);
    expect(await held('sl651/p3')).toBeNull();
  });

  it('takes five thousand rows, and confirming them leaves nothing to do', async () => {
    const rows = Array.from({ length: 5_000 }, (_, at) => `bulk,b${at},rain,站${at},118.7,32.05,gcj02`);
    const text = `${head}\n${rows.join('\n')}`;
    const answer = await preview(text);
    if ('fault' in answer) throw new Error(answer.fault);
    expect(answer.added).toHaveLength(5_000);
    for (let from = 0; from < 5_000; from += 250) {
      const done = await register(answer.added.slice(from, from + 250).map(({ station }) => station));
      expect(wasRefused(done)).toBe(false);
    }
    expect(await preview(text)).toMatchObject({ added: [], changed: [], unchanged: 5_000 });
  }, 60_000);

  it('passes on why a file is none', async () => {
    expect(await preview('')).toMatchObject({ fault: 'empty' });
  });
});
