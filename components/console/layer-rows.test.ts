import { describe, expect, it } from 'vitest';
import type { Alarm } from '@/server/domain/alarm.ts';
import type { Signal } from '@/server/domain/signal.ts';
import type { StationKind } from '@/server/domain/station.ts';
import type { Warning } from '@/server/domain/warning.ts';
import { type AlertRow, alertRows } from './alert-rows.ts';
import { drawnStations } from './drawn-stations.ts';
import { countKinds, type ListName, type ListWords, listRows } from './list-rows.ts';
import type { StationRow } from './station-rows.ts';
import { isVessel, type VesselRow, vesselRows, vesselSlots } from './vessel-rows.ts';

describe('ships', () => {
  const registered = (unit: string) =>
    unit === 'ferry-1'
      ? { callSign: '宁轮渡 1', subject: { scheme: 'ais' } }
      : unit === 'car'
        ? { callSign: '巡 1', subject: { scheme: 'jt808' } }
        : null;
  const units = ['ais/413000001', 'jt808/1', 'ferry-1', 'car', null];
  const names = { unitOf: (slot: number) => units[slot] ?? null, registered };

  it('are known by their scheme, whether registered or not', () => {
    expect(isVessel('ais/413000001', null)).toBe(true);
    expect([...vesselSlots(5, names)]).toEqual([0, 2]);
  });

  it('are rows with a heading and a freshness; who has left is none', () => {
    const columns = {
      ...{ high: 5, originX: 0.83, originY: 0.405, x: [0, 0, 0, 0, 0], y: [0, 0, 0, 0, 0] },
      ...{ heading: [255, 0, 64, 0, 0], freshness: [1, 0, 2, 0, 0], alive: [1, 1, 1, 1, 0] },
    };
    const rows = vesselRows(columns, new Set([0, 2, 4]), names);
    expect(
      rows.map(({ key, name, headingDeg, freshness }) => [key, name, headingDeg && Math.round(headingDeg), freshness]),
    ).toEqual([
      ['ais/413000001', '413000001', null, 'late'],
      ['ferry-1', '宁轮渡 1', 90, 'stale'],
    ]);
    expect(rows[0]?.lonLat[0]).toBeCloseTo(118.8, 5);
  });
});

describe('alerts at one place', () => {
  const warning = (id: string, more: Partial<Warning>): { body: Warning } => ({
    body: {
      ...{
        id,
        headline: id,
        event: 'road.closed',
        colour: null,
        severity: 'Moderate',
        reality: 'actual',
        signal: null,
      },
      ...{ geometry: { type: 'Point', coordinates: [118.8, 32] }, sentAt: 10, receivedAt: 11, expiresAt: null },
      state: 'inForce',
      ...more,
    } as Warning,
  });
  const alarm = (id: string, more: Partial<Alarm>): { body: Alarm } => ({
    body: {
      ...{ id, name: id, title: { 'zh-CN': '越限', en: 'over' }, state: 'active', lonLat: [118.7, 32], priority: 'P2' },
      ...{ subject: { station: null }, reality: 'actual', signal: null, observedAt: 20, raisedAt: 21 },
      ...more,
    } as Alarm,
  });
  const rows = (warnings: { body: Warning }[], alarms: { body: Alarm }[], open: string[] = []) =>
    alertRows(
      { warnings, alarms, stations: new Map([['s/known', 1]]) },
      new Map(open.map((id) => [id, { body: { state: 'open' } as Signal }])),
      { now: 100, locale: 'zh-CN' },
    );

  it('points and roads, never areas; in force only; the worst first, then the newest', () => {
    const found = rows(
      [
        warning('area', { geometry: { type: 'Polygon', coordinates: [] } }),
        warning('road', {
          geometry: {
            type: 'LineString',
            coordinates: [
              [1, 1],
              [2, 2],
              [3, 3],
            ],
          },
          sentAt: 50,
        }),
        warning('over', { expiresAt: 99 }),
        warning('point', {}),
      ],
      [alarm('terminal', {}), alarm('gone', { state: 'cleared' }), alarm('nowhere', { lonLat: null })],
    );
    expect(found.map((row) => row.text)).toEqual(['terminal · 越限', 'road', 'point']);
    expect(found[1]?.lonLat).toEqual([2, 2]);
  });

  it('no alarm of a station that is drawn, and none whose signal stands there already', () => {
    const alarms = [
      alarm('a', { subject: { station: 's/known' } as Alarm['subject'] }),
      alarm('b', { signal: 'open-1' as never }),
      alarm('c', { signal: 'closed-1' as never }),
    ];
    expect(rows([], alarms, ['open-1']).map((row) => row.key)).toEqual(['alarm/c']);
  });
});

describe('the list twin', () => {
  const station = (
    key: string,
    kind: 'rain' | 'lift',
    state: 'normal' | 'alarm',
    more: Partial<StationRow> = {},
  ): StationRow =>
    ({
      ...{ key: `s/${key}`, state, freshness: 'fresh', now: null, lead: null, newestAt: 5, load: 0 },
      station: { name: key, kind, department: 'water', lonLat: [118.8, 32], id: `s/${key}` },
      ...more,
    }) as StationRow;
  const sources = {
    stations: [
      station('a', 'rain', 'alarm'),
      station('b', 'rain', 'normal', { freshness: 'stale' }),
      station('c', 'lift', 'normal', { newestAt: 9 }),
    ],
    alerts: [
      { key: 'warning/w', text: '封路', priority: 'P2', lonLat: [118, 32], at: 3, reality: 'actual', signal: 'sig' },
    ] as AlertRow[],
    vessels: [{ key: 'ais/1', name: '1', lonLat: [118, 32], headingDeg: 90, freshness: 'fresh' }] as VesselRow[],
  };
  const words: ListWords = {
    lead: () => '3 mm',
    kind: (kind) => kind,
    department: (id) => id,
    heading: (deg) => `${deg}`,
    seenAt: () => 7,
  };
  const keys = (name: ListName) => listRows(name, sources, words).map((row) => row.key);

  it('has what its layer shows, in the order of the worst first', () => {
    expect(keys('abnormal')).toEqual(['s/a']);
    expect(keys('stations')).toEqual(['s/a', 's/b', 's/c']);
    expect(keys('lift')).toEqual(['s/c']);
    expect(keys('alerts')).toEqual(['warning/w']);
    expect(keys('vessels')).toEqual(['ais/1']);
    expect(listRows('rain', sources, words)[0]).toMatchObject({
      ...{ opens: 'station/s/a', title: 'a', also: 'rain · water', text: '3 mm', state: 'alarm', at: 5 },
    });
    expect(listRows('alerts', sources, words)[0]).toMatchObject({ opens: 'signal/sig', priority: 'P2' });
  });

  it('counts each kind with what is abnormal and silent in it, and the age of its newest', () => {
    expect([...countKinds(sources.stations)]).toEqual([
      ['rain', { count: 2, abnormal: 1, silent: 1, newestAt: 5 }],
      ['lift', { count: 1, abnormal: 0, silent: 0, newestAt: 9 }],
    ]);
  });

  it('on the map: abnormal ones unless put off, and the kinds that were asked for', () => {
    const drawn = (hidden: string[], kinds: StationKind[]) =>
      drawnStations(sources.stations, { hidden, kinds }).map((row) => row.key);
    expect(drawn([], [])).toEqual(['s/a']);
    expect(drawn(['stations'], [])).toEqual([]);
    expect(drawn(['stations'], ['rain'])).toEqual(['s/a', 's/b']);
    expect(drawn([], ['lift'])).toEqual(['s/a', 's/c']);
  });
});
