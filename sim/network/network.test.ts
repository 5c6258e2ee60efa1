import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { distanceM, distanceToLineM, type LonLat } from '../geo.ts';
import { patrolNetwork, pointOn, routesOver, underpassOf, wetPoints } from './network.ts';
import { waterAt } from './river.ts';
import { underpasses } from './roads.ts';

const network = patrolNetwork();

describe('the patrol network (示意)', () => {
  it('drives through no water but on a named crossing', () => {
    expect(wetPoints(network)).toEqual([]);
  });

  it('would notice a road through the Yangtze', () => {
    const drowned = network.edges.map((edge) =>
      edge.road.name === '南京长江大桥' ? { ...edge, road: { ...edge.road, crossing: undefined } } : edge,
    );
    expect(wetPoints({ ...network, edges: drowned })).toHaveLength(2);
  });

  it('crosses the river where it says so', () => {
    const crossings = network.edges.filter((edge) => edge.road.crossing);
    for (const edge of crossings) {
      const [a, b] = [network.places[edge.from]!.at, network.places[edge.to]!.at];
      const wet = Array.from(
        { length: 101 },
        (_, i) => [a[0] + ((b[0] - a[0]) * i) / 100, a[1] + ((b[1] - a[1]) * i) / 100] as const,
      );
      expect(
        wet.some((point) => waterAt(point) !== null),
        edge.road.name,
      ).toBe(true);
    }
    expect(crossings.length).toBe(18);
  });

  it('reaches every place from every place, and not across the river without the crossings', () => {
    const routes = routesOver(network);
    const n = network.places.length;
    for (let from = 0; from < n; from++)
      for (let to = 0; to < n; to++)
        expect(Number.isFinite(routes.seconds(from, to)), `${network.places[from]!.id} ${network.places[to]!.id}`).toBe(
          true,
        );
    const closed = new Set(network.edges.filter((edge) => edge.road.crossing).map((edge) => edge.index));
    const dry = routesOver(network, closed);
    expect(dry.seconds(network.indexOf.get('xinjiekou')!, network.indexOf.get('jiangpu')!)).toBe(
      Number.POSITIVE_INFINITY,
    );
  });

  it('leads round a closed stretch', () => {
    const { edges } = underpassOf(network, 'kazimen');
    const routes = routesOver(network, new Set(edges.map((edge) => edge.index)));
    const [from, to] = [edges[0]!.from, edges[0]!.to];
    expect(routes.nextEdge(from, to)).not.toBe(edges[0]!.index);
    expect(routes.seconds(from, to)).toBeGreaterThan(routesOver(network).seconds(from, to));
  });

  it('keeps every place inside the city and its road lengths plausible', () => {
    for (const place of network.places) {
      expect(
        place.at[0] > 118.359 && place.at[0] < 119.24 && place.at[1] > 31.231 && place.at[1] < 32.616,
        place.id,
      ).toBe(true);
      expect(waterAt(place.at), place.id).toBeNull();
    }
    for (const edge of network.edges) expect(edge.lengthM > 300 && edge.lengthM < 30_000, edge.road.name).toBe(true);
    expect(distanceM(network.places[network.indexOf.get('xinjiekou')!]!.at, [118.779, 32.0425])).toBeLessThan(1);
  });

  it('has its underpasses on roads', () => {
    for (const { id } of underpasses) expect(waterAt(underpassOf(network, id).at)).toBeNull();
  });
});

const pack = new URL('../../public/map/nanjing/', import.meta.url);
type Shapes = {
  features: { properties: { name: string; class?: string }; geometry: { type: string; coordinates: never } }[];
};
const shapes = (name: string): Shapes => JSON.parse(readFileSync(new URL(name, pack), 'utf8'));

const inRing = ([x, y]: LonLat, ring: readonly LonLat[]) => {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [a, b] = [ring[i]!, ring[j]!];
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside;
  }
  return inside;
};

describe.skipIf(!existsSync(pack))('beside the city pack that the map draws', () => {
  const polygons = shapes('water.json').features.flatMap(({ properties, geometry }) => {
    if (!/Polygon$/.test(geometry.type)) return [];
    const all: LonLat[][][] = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    return all.map((rings) => ({ name: properties.name, rings }));
  });
  const drawnWater = (at: LonLat) =>
    polygons.find(({ rings }) => inRing(at, rings[0]!) && !rings.slice(1).some((hole) => inRing(at, hole)))?.name ??
    null;

  it('no road but a crossing lies on drawn water', () => {
    const wet = network.edges
      .filter((edge) => !edge.road.crossing)
      .flatMap((edge) => {
        const steps = Math.ceil(edge.lengthM / 100);
        const names = Array.from({ length: steps + 1 }, (_, i) =>
          drawnWater(pointOn(network, edge, (edge.lengthM * i) / steps)),
        );
        const name = names.find((each) => each !== null);
        return name ? [`${edge.road.name}: ${name}`] : [];
      });
    expect(wet).toEqual([]);
  });

  it('a crossing goes where the map draws it', () => {
    const drawn = shapes('routes.json').features.filter(({ properties }) => properties.class === 'crossing');
    expect(drawn.length).toBeGreaterThan(5);
    const crossings = network.edges.filter((edge) => edge.road.crossing);
    for (const { properties, geometry } of drawn) {
      const nearest = Math.min(
        ...crossings.map((edge) =>
          distanceToLineM(geometry.coordinates, [network.places[edge.from]!.at, network.places[edge.to]!.at]),
        ),
      );
      expect(nearest, properties.name).toBeLessThan(350);
    }
  });
});
