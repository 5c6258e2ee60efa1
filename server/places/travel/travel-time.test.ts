import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { LonLat } from '@/server/domain/place.ts';
import { defaultSpeeds } from '../roads/road-speeds.ts';
import { lonLatOf, roadsOf } from '../testing/hand-made-roads.ts';
import { createGraphEngine, openNetwork } from './graph-engine.ts';
import { createOsrmEngine } from './osrm-engine.ts';
import { travelOfUnits } from './travel-of-units.ts';
import { createTravelTime, type TravelEngine, type TravelPlace } from './travel-time.ts';
import { createValhallaEngine, readPolyline } from './valhalla-engine.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;
const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    }),
  );
});

async function serve(answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => answer(request, response, body));
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const json = (response: ServerResponse, status: number, value: unknown) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

const place = (east: number, north: number, district: string | null = '320106'): TravelPlace => ({
  lonLat: lonLatOf([east, north]),
  district,
});
const [here, there, beyond] = [place(0, 0), place(1000, 0), place(0, 5000)];
const query = { at: 0, profile: 'standard' as const };
const options = (url: string, now = () => 0) => ({ url, now, timeoutMs: 300 });

describe('OSRM', () => {
  it('is asked for a table, and its nulls and far snaps become the straight line with the reason', async () => {
    const asked: string[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url ?? '');
      json(response, 200, {
        code: 'Ok',
        durations: [[61.4, null, 90]],
        distances: [[812.3, null, 1000]],
        sources: [{ hint: '', distance: 4.2, name: '中山路', location: [118.78, 32.05] }],
        destinations: [
          { hint: '', distance: 12, name: '', location: [118.79, 32.05] },
          { hint: '', distance: 3, name: '', location: [118.79, 32.05] },
          { hint: '', distance: 800, name: '', location: [118.79, 32.05] },
        ],
      });
    });
    const [row] = await createTravelTime([createOsrmEngine(options(`${url}/`))]).matrix(
      [here],
      [there, beyond, beyond],
      query,
    );
    expect(asked[0]).toMatch(
      /^\/table\/v1\/driving\/118\.780000,32\.050000;118\.\d{6},32\.050000;118\.780000,32\.\d{6};118\.780000,32\.\d{6}\?sources=0&destinations=1;2;3&annotations=duration,distance$/,
    );
    expect(row?.map(({ source, gap }) => [source, gap])).toEqual([
      ['osrm', null],
      ['line', 'no-way'],
      ['line', 'off-road'],
    ]);
    expect(row?.[0]).toMatchObject({ seconds: 61, distanceM: 812, atLeast: false });
  });

  it('is asked in parts when there are more places than it takes', async () => {
    const sizes: number[] = [];
    const url = await serve((request, response) => {
      const [, list = ''] = /driving\/([^?]+)\?/.exec(request.url ?? '') ?? [];
      const parameters = new URL(request.url ?? '', 'http://x').searchParams;
      const [sources, destinations] = ['sources', 'destinations'].map((key) =>
        parameters.get(key)!.split(';').map(Number),
      ) as [number[], number[]];
      const east = list.split(';').map((pair) => Number(pair.split(',')[0]));
      sizes.push(east.length);
      json(response, 200, {
        code: 'Ok',
        durations: sources.map((i) => destinations.map((j) => Math.round((east[i]! + east[j]!) * 1e4))),
        distances: sources.map(() => destinations.map(() => 1)),
        sources: sources.map(() => ({ distance: 0 })),
        destinations: destinations.map(() => ({ distance: 0 })),
      });
    });
    const from = Array.from({ length: 250 }, (_, i) => place(i * 100, 0));
    const to = Array.from({ length: 3 }, (_, i) => place(i * 100, 50));
    const matrix = await createTravelTime([createOsrmEngine(options(url))]).matrix(from, to, query);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
    const sum = (a: TravelPlace, b: TravelPlace) =>
      Math.round((Number(a.lonLat[0].toFixed(6)) + Number(b.lonLat[0].toFixed(6))) * 1e4);
    expect(matrix.map((row) => row.map(({ seconds }) => seconds))).toEqual(from.map((a) => to.map((b) => sum(a, b))));
  });

  it.each<[string, Answer, RegExp]>([
    [
      'an error of its own',
      (_, response) => json(response, 500, { code: 'InternalError', message: 'broken' }),
      /HTTP 500: broken/,
    ],
    ['another shape', (_, response) => json(response, 200, { code: 'Ok', rows: [] }), /another shape/],
    ['no JSON', (_, response) => void response.end('<html>'), /none that is JSON/],
    ['no answer', () => undefined, /no answer within 300 ms/],
    ['a closed line', (request) => void request.socket.destroy(), /no answer/],
  ])('%s: the next one answers, it rests, and is asked again later', async (_name, answer, reason) => {
    let [clock, asked] = [0, 0];
    const url = await serve((request, response, body) => {
      asked += 1;
      answer(request, response, body);
    });
    const engine = createOsrmEngine(options(url, () => clock));
    const travel = createTravelTime([engine]);
    expect((await travel.matrix([here], [there], query))[0]?.[0]).toMatchObject({
      source: 'line',
      gap: 'not-answering',
    });
    expect(travel.engines()[0]).toMatchObject({
      source: 'osrm',
      ready: false,
      since: 0,
      reason: expect.stringMatching(reason),
    });
    expect((await travel.matrix([here], [there], query))[0]?.[0]).toMatchObject({ source: 'line' });
    expect(asked).toBe(1);
    clock = 31_000;
    await travel.matrix([here], [there], query);
    expect(asked).toBe(2);
  });

  it('a question without an answer is no fault of its own', async () => {
    const url = await serve((_, response) => json(response, 400, { code: 'NoSegment', message: 'no segment near 1' }));
    const travel = createTravelTime([createOsrmEngine(options(url))]);
    expect((await travel.matrix([here], [there], query))[0]?.[0]).toMatchObject({ source: 'line', gap: 'off-road' });
    expect(travel.engines()[0]).toMatchObject({ ready: true, reason: null });
    expect(await travel.route(here, there, query)).toMatchObject({ source: 'line', gap: 'off-road' });
  });

  it('gives a route with its line and streets', async () => {
    const url = await serve((_, response) =>
      json(response, 200, {
        code: 'Ok',
        routes: [
          {
            duration: 120.5,
            distance: 900,
            geometry: {
              type: 'LineString',
              coordinates: [
                [118.78, 32.05],
                [118.79, 32.05],
              ],
            },
            legs: [
              {
                steps: [
                  { name: '中山路', distance: 900 },
                  { name: '', distance: 0 },
                ],
              },
            ],
          },
        ],
        waypoints: [{ distance: 1 }, { distance: 2 }],
      }),
    );
    expect(await createTravelTime([createOsrmEngine(options(url))]).route(here, there, query)).toMatchObject({
      source: 'osrm',
      seconds: 121,
      line: [
        [118.78, 32.05],
        [118.79, 32.05],
      ],
      along: [{ name: '中山路', metres: 900 }],
    });
  });
});

describe('Valhalla', () => {
  const cells = [
    [
      { from_index: 0, to_index: 0, time: 75, distance: 0.8 },
      { from_index: 0, to_index: 1, time: null, distance: null },
    ],
  ];
  it.each([
    ['a cell a pair', { sources_to_targets: cells, units: 'kilometers' }],
    ['two tables', { sources_to_targets: { durations: [[75, null]], distances: [[0.8, null]] }, units: 'kilometers' }],
  ])('is read from %s', async (_name, answer) => {
    let asked: Record<string, unknown> = {};
    const url = await serve((request, response, body) => {
      asked = { path: request.url, ...(JSON.parse(body) as object) };
      json(response, 200, answer);
    });
    const [row] = await createTravelTime([createValhallaEngine(options(url))]).matrix([here], [there, beyond], query);
    expect(asked).toMatchObject({
      path: '/sources_to_targets',
      costing: 'auto',
      sources: [{ lon: 118.78, lat: 32.05 }],
    });
    expect(row?.[0]).toMatchObject({ source: 'valhalla', seconds: 75, distanceM: 800 });
    expect(row?.[1]).toMatchObject({ source: 'line', gap: 'no-way' });
  });

  it('is told closed areas', async () => {
    let asked: Record<string, unknown> = {};
    const url = await serve((_, response, body) => {
      asked = JSON.parse(body) as Record<string, unknown>;
      json(response, 200, { sources_to_targets: [[{ time: 1, distance: 1 }]] });
    });
    const ring = [lonLatOf([0, 0]), lonLatOf([10, 0]), lonLatOf([10, 10])];
    await createTravelTime([createValhallaEngine(options(url))]).matrix([here], [there], {
      ...query,
      conditions: [{ id: 'x', on: { area: [ring] }, factor: 'closed' }],
    });
    expect(asked.exclude_polygons).toEqual([ring]);
  });

  it('has no path: HTTP 400 with its code 442', async () => {
    const url = await serve((_, response) =>
      json(response, 400, { error_code: 442, error: 'No path could be found for input', status_code: 400 }),
    );
    const travel = createTravelTime([createValhallaEngine(options(url))]);
    expect(await travel.route(here, there, query)).toMatchObject({ source: 'line', gap: 'no-way' });
    expect(travel.engines()[0]?.ready).toBe(true);
  });

  it('draws its line from six decimals', () => {
    expect(readPolyline('_izlhA~rlgdF_{geC~ywl@_kwzCn`{nI')).toEqual([
      [-120.2, 38.5],
      [-120.95, 40.7],
      [-126.453, 43.252],
    ] satisfies LonLat[]);
  });
});

const sketch = {
  at: { a: [0, 0], b: [1000, 0], c: [1000, 1000], d: [0, 1000] },
  ways: [{ nodes: 'a b c d a', tags: { highway: 'residential', name: '环路' } }],
} as const;
const graph = () => {
  const network = openNetwork(roadsOf(sketch), defaultSpeeds);
  return createGraphEngine(() => ({ network, speeds: defaultSpeeds }));
};

describe('the port', () => {
  it('without any engine is the straight line, and says nothing is missing', async () => {
    const travel = createTravelTime([createGraphEngine(() => null)]);
    expect(await travel.matrix([here], [there], query)).toMatchObject([
      [{ source: 'line', gap: null, distanceM: 999 }],
    ]);
    expect(travel.engines()).toEqual([]);
    expect(await travel.matrix([], [there], query)).toEqual([]);
    expect(await travel.route(here, there, query)).toMatchObject({ source: 'line', line: [here.lonLat, there.lonLat] });
  });

  it('with the graph counts roads, and says who is off them', async () => {
    const [near, off] = await createTravelTime([graph()]).matrix([here, place(9000, 9000)], [place(1000, 990)], query);
    expect(near?.[0]).toMatchObject({ source: 'graph', distanceM: expect.closeTo(1990, -1), gap: null });
    expect(off?.[0]).toMatchObject({ source: 'line', gap: 'off-road' });
  });

  it('whoever is beyond the cap is told as at least that, never nearer than the straight line', async () => {
    const travel = createTravelTime([graph()]);
    const [[short]] = (await travel.matrix([here], [place(1000, 990)], { ...query, capS: 60 })) as [[never]];
    expect(short).toMatchObject({ source: 'graph', atLeast: true, seconds: expect.closeTo(163, -1) });
    const [[long]] = (await travel.matrix([here], [place(1000, 990)], { ...query, capS: 200 })) as [[never]];
    expect(long).toMatchObject({ atLeast: true, seconds: 200 });
  });

  it('closures go to the graph first, although a service is there', async () => {
    const url = await serve((_, response) =>
      json(response, 200, { code: 'Ok', durations: [[1]], distances: [[1]], sources: [{}], destinations: [{}] }),
    );
    const travel = createTravelTime([createOsrmEngine(options(url)), graph()]);
    expect((await travel.matrix([here], [there], query))[0]?.[0]?.source).toBe('osrm');
    const conditions = [{ id: 'x', on: { way: 99 }, factor: 'closed' as const }];
    expect((await travel.matrix([here], [there], { ...query, conditions }))[0]?.[0]?.source).toBe('graph');
  });

  it('what one engine leaves open the next is asked, and only that', async () => {
    const asked: number[][] = [];
    const partly: TravelEngine = {
      source: 'osrm',
      knowsConditions: false,
      state: () => ({ ready: true, since: null, reason: null }),
      matrix: async (from, to) =>
        from.map((_, i) =>
          to.map(() => (i === 0 ? { gap: 'no-way' } : { seconds: 5, distanceM: 5, atLeast: false, crossing: null })),
        ),
      route: async () => ({ refused: 'x' }),
    };
    const behind: TravelEngine = {
      ...partly,
      source: 'valhalla',
      matrix: async (from, to) => {
        asked.push([from.length, to.length]);
        return from.map(() => to.map(() => ({ seconds: 7, distanceM: 7, atLeast: false, crossing: null })));
      },
    };
    const matrix = await createTravelTime([partly, behind]).matrix([here, there], [beyond], query);
    expect(matrix.map(([one]) => [one?.source, one?.seconds])).toEqual([
      ['valhalla', 7],
      ['osrm', 5],
    ]);
    expect(asked).toEqual([[1, 1]]);
  });

  it('units drive as their kind does', async () => {
    const units = ['sanitation', 'fire-engine'].map((kind) => ({ kind, place: here }));
    const [slow, fast] = await travelOfUnits(createTravelTime([graph()]), units, [there], { at: 0 });
    expect(slow![0]!.seconds / fast![0]!.seconds).toBeCloseTo(defaultSpeeds.emergencyFactor, 1);
  });
});

describe('crossings of big rivers', () => {
  const banks = {
    at: { a: [0, 0], b: [0, 2000], c: [900, 2000], d: [900, 0], w1: [-500, 1000], w2: [1500, 1000] },
    ways: [
      { nodes: 'a b', tags: { highway: 'trunk', bridge: 'yes', name: '一桥' } },
      { nodes: 'b c', tags: { highway: 'primary' } },
      { nodes: 'c d', tags: { highway: 'trunk', tunnel: 'yes', name: '隧道' } },
      { nodes: 'd a', tags: { highway: 'primary' } },
    ],
    water: [{ name: '长江', nodes: 'w1 w2', big: true }],
  } as const;
  it('are listed by the port, and told with each time', async () => {
    const network = openNetwork(roadsOf(banks), defaultSpeeds);
    const travel = createTravelTime(
      [createGraphEngine(() => ({ network, speeds: defaultSpeeds }))],
      () => network.roads.crossings,
    );
    const [bridge, tunnel] = travel.crossings();
    expect([bridge?.name, tunnel?.name]).toEqual(['一桥', '隧道']);
    const [from, to] = [place(0, -10), place(0, 2010, '320111')];
    const usual = (await travel.matrix([from], [to], query))[0]![0]!;
    expect(usual).toMatchObject({ acrossRiver: true, crossing: { name: '一桥' } });
    const conditions = [{ id: 'x', on: { crossing: bridge!.id }, factor: 'closed' as const }];
    const other = (await travel.matrix([from], [to], { ...query, conditions }))[0]![0]!;
    expect(other).toMatchObject({ acrossRiver: true, crossing: { name: '隧道' } });
    expect(other.seconds).toBeGreaterThan(usual.seconds);
    expect((await travel.matrix([from], [place(900, -10)], query))[0]![0]).toMatchObject({
      acrossRiver: false,
      crossing: null,
    });
  });
});
