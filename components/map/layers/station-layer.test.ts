import { describe, expect, it } from 'vitest';
import { type StationKind, stationKinds } from '@/server/domain/station.ts';
import { gatherStations, type StationMark, singleZoom } from './gather-stations.ts';
import { stationFeatures } from './station-layer.ts';
import { stationPath } from './station-shapes.ts';

const mark = (id: string, more: Partial<StationMark> = {}): StationMark => ({
  id,
  lonLat: [118.8, 32.05],
  kind: 'rain',
  state: 'normal',
  freshness: 'fresh',
  text: '3 mm',
  ...more,
});
const signs = Object.fromEntries(stationKinds.map((kind) => [kind, kind[0]])) as Record<StationKind, string>;

describe('thousands of stations far away', () => {
  const city = Array.from({ length: 3_000 }, (_, at) =>
    mark(`s${at}`, {
      lonLat: [118.4 + (at % 60) / 75, 31.3 + Math.floor(at / 60) / 40],
      state: at % 500 === 0 ? 'severe' : 'normal',
      freshness: at % 3 === 0 ? 'stale' : 'fresh',
    }),
  );

  it('are figures of squares of the ground; nobody is lost, and what is abnormal stands for itself', () => {
    const { marks, groups } = gatherStations(city, 9);
    expect(marks.length + groups.reduce((sum, group) => sum + group.count, 0)).toBe(3_000);
    expect(marks.filter(({ state }) => state === 'severe')).toHaveLength(6);
    expect(marks.length + groups.length).toBeLessThan(450);
    expect(groups.reduce((sum, group) => sum + group.silent, 0)).toBeGreaterThan(900);
  });

  it('come apart when near, and are the same squares wherever the map is moved to', () => {
    expect(gatherStations(city, singleZoom).groups).toEqual([]);
    const north = gatherStations(
      city.filter(({ lonLat }) => lonLat[1] > 31.9),
      9,
    ).groups.map(({ id }) => id);
    const all = new Set(gatherStations(city, 9).groups.map(({ id }) => id));
    expect(north.filter((id) => !all.has(id)).length).toBeLessThan(12);
  });

  it('one alone is no group', () => {
    expect(gatherStations([mark('a'), mark('b', { lonLat: [119, 32.4] })], 8)).toMatchObject({ groups: [] });
  });
});

describe('features of stations', () => {
  it('say kind, state, freshness and value in colour, shape and words', () => {
    const features = stationFeatures([mark('a', { state: 'alarm', freshness: 'stale' })], 14, signs).features;
    expect(features[0]?.properties).toEqual({
      ...{ id: 'a', lon: 118.8, lat: 32.05, state: 'alarm', text: '3 mm', sign: 'r' },
      ...{ image: 'station-alarm-stale', order: 2, abnormal: true, loud: true, hollow: true, quiet: false },
    });
  });

  it('groups say how many and whether somebody among them is silent', () => {
    const features = stationFeatures([mark('a'), mark('b', { freshness: 'stale' })], 9, signs).features;
    expect(features.map((feature) => feature.properties)).toEqual([
      expect.objectContaining({ count: 2, silent: true, id: expect.stringMatching(/^group\//) }),
    ]);
  });
});

it('each state has an outline of its own', () => {
  const paths = (['normal', 'notice', 'alarm', 'severe'] as const).map((state) => stationPath(state, 5));
  expect(new Set(paths).size).toBe(4);
});
