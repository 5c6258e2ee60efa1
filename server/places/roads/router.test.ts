import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lonLatOf, roadsOf, type Sketch } from '../testing/hand-made-roads.ts';
import { openNetwork, type RoadNetwork } from '../travel/graph-engine.ts';
import type { TravelProfile } from './arc-seconds.ts';
import type { RoadCondition } from './conditions.ts';
import { defaultSpeeds } from './road-speeds.ts';
import { headOf, type Roads, tailOf } from './roads.ts';

const far = 4 * 3600;
type Options = { profile?: TravelProfile; conditions?: RoadCondition[]; againstOneway?: boolean; capS?: number };

function timeIn(network: RoadNetwork, sketch: Sketch) {
  return (
    from: string,
    to: string,
    { profile = 'standard', conditions = [], againstOneway, capS = far }: Options = {},
  ) => {
    const seconds = network.secondsOf({ profile, conditions, againstOneway });
    const usable = (segment: number) => seconds[segment * 2]! < Infinity || seconds[segment * 2 + 1]! < Infinity;
    const snap = (name: string) => network.index.snap(lonLatOf(sketch.at[name]!), { reachM: 200, usable });
    const target = snap(to);
    const start = snap(from);
    return target && start ? network.router.reach({ target, seconds, capS }, [start]).found[0]! : null;
  };
}
const open = (sketch: Sketch) => {
  const network = openNetwork(roadsOf(sketch), defaultSpeeds);
  return { network, time: timeIn(network, sketch) };
};
const residentialS = (metres: number) => (metres * 3.6) / defaultSpeeds.classes.residential;

// A square of streets, 1 km a side; the north side one-way from a to b.
const square: Sketch = {
  at: { a: [0, 1000], b: [1000, 1000], c: [1000, 0], d: [0, 0], m: [500, 1000] },
  ways: [
    { nodes: 'a m b', tags: { highway: 'residential', oneway: 'yes', name: '北街' } },
    { nodes: 'b c d a', tags: { highway: 'residential', name: '环路' } },
  ],
};

describe('one-way streets', () => {
  const { time } = open(square);
  it('are driven one way and gone round the other', () => {
    expect(time('a', 'b')?.metres).toBeCloseTo(1000, -1);
    expect(time('a', 'b')?.seconds).toBeCloseTo(residentialS(1000), 0);
    expect(time('b', 'a')?.metres).toBeCloseTo(3000, -1);
  });

  it('are driven against only by vehicles on duty that say so, slowly', () => {
    expect(time('b', 'a', { profile: 'emergency' })?.metres).toBeCloseTo(3000, -1);
    const against = time('b', 'a', { profile: 'emergency', againstOneway: true });
    expect(against?.metres).toBeCloseTo(1000, -1);
    expect(against?.seconds).toBeCloseTo(
      residentialS(1000) / defaultSpeeds.emergencyFactor / defaultSpeeds.againstOnewayFactor,
      0,
    );
    expect(time('b', 'a', { againstOneway: true })?.metres).toBeCloseTo(3000, -1);
  });

  it('count on one segment, too: behind the vehicle means once round', () => {
    const sketch = { ...square, at: { ...square.at, p: [300, 1000], q: [700, 1000] } } as const;
    const same = timeIn(openNetwork(roadsOf(square), defaultSpeeds), sketch);
    expect(same('p', 'q')?.metres).toBeCloseTo(400, -1);
    expect(same('q', 'p')?.metres).toBeCloseTo(3600, -1);
  });

  it('whoever is beyond the cap is not found', () => {
    expect(time('b', 'a', { capS: 300 })).toBeNull();
    expect(time('a', 'b', { capS: 300 })?.metres).toBeCloseTo(1000, -1);
  });
});

// Two banks; a bridge near, a tunnel far; the river's line runs between.
const river: Sketch = {
  at: {
    s1: [0, 0],
    s2: [5000, 0],
    n1: [0, 2000],
    n2: [5000, 2000],
    b1: [0, 500],
    b2: [0, 1500],
    t1: [5000, 500],
    t2: [5000, 1500],
    w1: [-2000, 1000],
    w2: [8000, 1000],
  },
  ways: [
    { nodes: 's1 s2', tags: { highway: 'primary', name: '江南路' } },
    { nodes: 'n1 n2', tags: { highway: 'primary', name: '江北路' } },
    { nodes: 's1 b1', tags: { highway: 'trunk' } },
    {
      nodes: 'b1 b2',
      tags: {
        highway: 'trunk',
        name: '大桥路',
        bridge: 'yes',
        'bridge:name': '第一大桥',
        'bridge:name:en': 'First Bridge',
      },
    },
    { nodes: 'b2 n1', tags: { highway: 'trunk' } },
    { nodes: 's2 t1', tags: { highway: 'trunk' } },
    { nodes: 't1 t2', tags: { highway: 'trunk', tunnel: 'yes', name: '过江隧道' } },
    { nodes: 't2 n2', tags: { highway: 'trunk' } },
  ],
  water: [{ name: '长江', nodes: 'w1 w2', big: true }],
};

describe('crossings of a big river', () => {
  const { network, time } = open(river);
  it('have a name, a kind and a length', () => {
    expect(
      network.roads.crossings.map(({ id, name, nameEn, kind, river: over, major }) => ({
        id,
        name,
        nameEn,
        kind,
        over,
        major,
      })),
    ).toEqual([
      {
        id: 'bridge:第一大桥:长江',
        name: '第一大桥',
        nameEn: 'First Bridge',
        kind: 'bridge',
        over: '长江',
        major: true,
      },
      { id: 'tunnel:过江隧道:长江', name: '过江隧道', nameEn: null, kind: 'tunnel', over: '长江', major: true },
    ]);
  });

  it('are told with the way; with one closed the other is taken', () => {
    const usual = time('s1', 'n1');
    expect(usual?.metres).toBeCloseTo(2000, -1);
    expect(network.roads.crossings[usual!.crossing!]?.name).toBe('第一大桥');
    const conditions: RoadCondition[] = [{ id: 'c1', on: { crossing: 'bridge:第一大桥:长江' }, factor: 'closed' }];
    const round = time('s1', 'n1', { conditions });
    expect(round?.metres).toBeCloseTo(12_000, -1);
    expect(network.roads.crossings[round!.crossing!]?.name).toBe('过江隧道');
    const both: RoadCondition[] = [
      ...conditions,
      { id: 'c2', on: { crossing: 'tunnel:过江隧道:长江' }, factor: 'closed' },
    ];
    expect(time('s1', 'n1', { conditions: both })).toBeNull();
    expect(time('s1', 's2', { conditions: both })?.crossing).toBeNull();
  });

  it('a flooded area slows what runs through it, once', () => {
    const corner = (east: number, north: number) => lonLatOf([east, north]);
    const area = [[corner(2000, -100), corner(3000, -100), corner(3000, 100), corner(2000, 100)]];
    const usual = time('s1', 's2')!.seconds;
    const flooded = time('s1', 's2', { conditions: [{ id: 'f', on: { area }, factor: 1.5 }] })!.seconds;
    // The whole street is one segment: coarse, but on the safe side.
    expect(flooded).toBeCloseTo(usual * 1.5, 0);
    const twice: RoadCondition[] = [
      { id: 'f', on: { area }, factor: 1.5 },
      { id: 'g', on: { area }, factor: 1.2 },
    ];
    expect(time('s1', 's2', { conditions: twice })!.seconds).toBeCloseTo(usual * 1.5, 0);
    expect(time('n1', 'n2', { conditions: twice })!.seconds).toBeCloseTo(time('n1', 'n2')!.seconds, 3);
  });

  it('a single way can be closed', () => {
    expect(time('s1', 's2', { conditions: [{ id: 'w', on: { way: 1 }, factor: 'closed' }] })?.metres).toBeCloseTo(
      9000,
      -1,
    );
  });
});

describe('what hangs together', () => {
  it('leaves out islands and streets that nothing leads out of', () => {
    const { network, time } = open({
      at: { ...square.at, x: [9000, 9000], y: [9100, 9000], z: [1500, 0] },
      ways: [
        ...square.ways,
        { nodes: 'x y', tags: { highway: 'residential' } },
        { nodes: 'c z', tags: { highway: 'residential', oneway: 'yes' } },
      ],
    });
    expect(network.roads.facts.islandSegments).toBe(2);
    expect(time('a', 'z')).toBeNull();
  });

  it('a bollard cuts a street, a junction of bridge and street without a common node is none', () => {
    const { time } = open({
      ...square,
      at: { ...square.at, o: [500, 0] },
      ways: [...square.ways, { nodes: 'd o c', tags: { highway: 'residential' } }],
      barriers: { o: { barrier: 'bollard' } },
    });
    expect(time('d', 'c')?.metres).toBeCloseTo(1000, -1); // the ring's own south side
    const cut = open({
      at: square.at,
      ways: [
        { nodes: 'a m b', tags: { highway: 'residential' } },
        { nodes: 'b c d a', tags: { highway: 'residential' } },
      ],
      barriers: { m: { barrier: 'block' } },
    });
    expect(cut.time('a', 'b')?.metres).toBeCloseTo(3000, -1);
  });

  it('private ground is for vehicles on duty', () => {
    const { time } = open({
      at: { ...square.at, g: [1400, 0] },
      ways: [...square.ways, { nodes: 'c g', tags: { highway: 'service', access: 'private' } }],
    });
    expect(time('a', 'g')).toBeNull();
    expect(time('a', 'g', { profile: 'emergency' })?.metres).toBeCloseTo(2400, -1);
  });
});

describe('a path', () => {
  const { network } = open(square);
  const seconds = network.secondsOf({ profile: 'standard' });
  const snap = (at: readonly [number, number]) => network.index.snap(lonLatOf(at), { reachM: 50, usable: () => true })!;
  it('has a line from place to place, and the streets in order', () => {
    const path = network.router.path({ target: snap([200, 1000]), seconds, capS: far }, snap([1000, 400]))!;
    expect(path.along).toEqual([
      { name: '环路', metres: expect.closeTo(2400, -1) },
      { name: '北街', metres: expect.closeTo(200, -1) },
    ]);
    const [first, last] = [path.line[0]!, path.line.at(-1)!];
    expect(first[1]).toBeCloseTo(lonLatOf([1000, 400])[1], 5);
    expect(last[0]).toBeCloseTo(lonLatOf([200, 1000])[0], 5);
    expect(lengthOf(path.line)).toBeCloseTo(path.metres, -1);
  });

  it('on one segment is a piece of it', () => {
    const path = network.router.path({ target: snap([700, 1000]), seconds, capS: far }, snap([300, 1000]))!;
    expect(path.metres).toBeCloseTo(400, -1);
    expect(lengthOf(path.line)).toBeCloseTo(400, -1);
  });
});

const lengthOf = (line: readonly (readonly [number, number])[]) =>
  line.slice(1).reduce((sum, [lon, lat], i) => {
    const [was, at] = line[i]!;
    return sum + Math.hypot((lon - was) * Math.cos((lat * Math.PI) / 180), lat - at) * 111_320;
  }, 0);

/** All pairs by the plain method, over arcs alone. */
function bruteForce(roads: Roads, seconds: Float32Array): number[][] {
  const count = roads.nodes.length / 2;
  const table = Array.from({ length: count }, (_, i) =>
    Array.from({ length: count }, (_, j) => (i === j ? 0 : Infinity)),
  );
  for (let arc = 0; arc < seconds.length; arc += 1) {
    const [a, b] = [tailOf(roads, arc), headOf(roads, arc)];
    table[a]![b] = Math.min(table[a]![b]!, seconds[arc]!);
  }
  for (let k = 0; k < count; k += 1)
    for (let i = 0; i < count; i += 1)
      for (let j = 0; j < count; j += 1) table[i]![j] = Math.min(table[i]![j]!, table[i]![k]! + table[k]![j]!);
  return table;
}

const sketches = fc
  .record({
    places: fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })), {
      minLength: 3,
      maxLength: 14,
      selector: ([x, y]) => x * 100 + y,
    }),
    streets: fc.array(
      fc.record({
        a: fc.nat(),
        b: fc.nat(),
        highway: fc.constantFrom('motorway', 'primary', 'residential', 'service'),
        oneway: fc.constantFrom('yes', 'no', '-1'),
        closed: fc.boolean(),
      }),
      { minLength: 3, maxLength: 40 },
    ),
  })
  .map(({ places, streets }) => ({
    at: Object.fromEntries(places.map(([x, y], i) => [`n${i}`, [x * 100, y * 100] as const])),
    ways: streets
      .map(({ a, b, highway, oneway, closed }) => ({
        nodes: `n${a % places.length} n${b % places.length}`,
        tags: { highway, oneway, closed: String(closed) },
      }))
      .filter(({ nodes }) => new Set(nodes.split(' ')).size === 2),
  }));

describe('one search for all', () => {
  it('equals the plain method on any network, under any closure', () => {
    fc.assert(
      fc.property(
        sketches,
        fc.nat(),
        fc.nat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (sketch, pick, close, share) => {
          let roads: Roads;
          try {
            roads = roadsOf(sketch);
          } catch {
            return; // nothing of it hangs together
          }
          const network = openNetwork(roads, defaultSpeeds);
          const segments = roads.from.length;
          const conditions: RoadCondition[] = [
            { id: 'x', on: { way: roads.way[close % segments]! }, factor: 'closed' },
            { id: 'y', on: { way: roads.way[(close + 1) % segments]! }, factor: 2.5 },
          ];
          const seconds = network.secondsOf({ profile: 'emergency', conditions });
          const table = bruteForce(roads, seconds);
          const snapAt = (segment: number, fraction: number) => ({
            segment,
            fraction,
            gapM: 0,
            lonLat: [0, 0] as [number, number],
          });
          const target = snapAt(pick % segments, share);
          const places = Array.from({ length: segments }, (_, i) => snapAt(i, (i * 0.37) % 1));
          const { found } = network.router.reach({ target, seconds, capS: 100_000 }, places);
          const some = network.router.reach({ target, seconds, capS: 100_000, nearest: 3 }, places);
          const sorted = found.map((one) => one?.seconds ?? Infinity).sort((a, b) => a - b);
          some.found.forEach((one, i) => {
            if (one) expect(one).toEqual(found[i]);
            else expect(found[i]?.seconds ?? Infinity).toBeGreaterThan(some.upToS);
          });
          if (sorted[2]! < Infinity) expect(some.found.filter(Boolean).length).toBeGreaterThanOrEqual(3);
          const into: [number, number][] = [
            [roads.from[target.segment]!, seconds[target.segment * 2]! * (target.fraction || Number.MIN_VALUE)],
            [roads.to[target.segment]!, seconds[target.segment * 2 + 1]! * (1 - target.fraction || Number.MIN_VALUE)],
          ];
          places.forEach((place, i) => {
            const out: [number, number][] = [
              [roads.to[i]!, seconds[i * 2]! * (1 - place.fraction || Number.MIN_VALUE)],
              [roads.from[i]!, seconds[i * 2 + 1]! * (place.fraction || Number.MIN_VALUE)],
            ];
            let expected = Infinity;
            for (const [node, leave] of out)
              for (const [end, enter] of into) expected = Math.min(expected, leave + table[node]![end]! + enter);
            if (i === target.segment) {
              const step = target.fraction - place.fraction;
              expected = Math.min(
                expected,
                step >= 0 ? seconds[i * 2]! * (step || Number.MIN_VALUE) : seconds[i * 2 + 1]! * -step,
              );
            }
            if (expected === Infinity) expect(found[i]).toBeNull();
            else expect(Math.abs(found[i]!.seconds - expected)).toBeLessThan(0.01);
          });
        },
      ),
      { numRuns: 200 },
    );
  });
});
