import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { importMap } from '@/scripts/geo/import/import-map.ts';
import type { LonLat } from '@/server/domain/place.ts';
import { openNeeds } from '@/server/domain/plan-run.ts';
import { type Candidate, type Demand, recommend } from '@/server/domain/recommend.ts';
import { priorities } from '@/server/domain/scale.ts';
import { seededPlans } from '@/server/domain/seeded-plans.ts';
import { openMapFolder } from '@/server/places/map-folder.ts';
import { geoSample } from '@/server/places/testing/geo-samples.ts';
import { createGraphEngine } from '@/server/places/travel/graph-engine.ts';
import { travelOfUnits } from '@/server/places/travel/travel-of-units.ts';
import { createTravelTime, type Travel, type TravelTime } from '@/server/places/travel/travel-time.ts';
import { type Emit, round } from './figures.ts';

const extracts = ['nanjing-centre', 'porto'];
const rounds = 40;
const [incidentCount, unitCount] = [10, 500];
const capS = 3_600;
const kinds = ['patrol-car', 'fire-engine', 'ambulance', 'pump-truck', 'repair-crew', 'tow-truck', 'sanitation'];
const abilities = [[], [], [], ['ladder'], ['hazmat'], ['high-flow']];

/** The same situations in every run. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
type Random = () => number;
const pickOf = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

/** Ten incidents under the city's own plans, and 500 units of which four in five may go. */
function situation(random: Random, place: () => LonLat) {
  const demands = Array.from({ length: incidentCount }, (_, index): Demand => {
    const plan = pickOf(random, seededPlans);
    const level = pickOf(random, plan.levels);
    return {
      incident: `i${index}`,
      priority: pickOf(random, priorities),
      lonLat: place(),
      needs: openNeeds(level, []),
    };
  });
  const candidates = Array.from({ length: unitCount }, (_, index): Candidate => {
    const lost = random() < 0.1;
    return {
      id: `u${index}`,
      callSign: `u${index}`,
      kind: pickOf(random, kinds),
      capabilities: pickOf(random, abilities),
      department: null,
      district: `d${index % 11}`,
      check: random() < 0.9 ? 'free' : 'engaged',
      freshness: lost ? 'stale' : 'fresh',
      fixAgeS: 5,
      lonLat: lost ? null : place(),
    };
  });
  return { demands, candidates };
}

/** As the procedure does it: times of those who could go at all, then everything solved together. */
async function solve(port: TravelTime, { demands, candidates }: ReturnType<typeof situation>) {
  const wanted = new Set(demands.flatMap((demand) => demand.needs.flatMap((need) => need.kinds)));
  const asked = candidates.flatMap((one, index) =>
    one.lonLat && one.check === 'free' && wanted.has(one.kind)
      ? [{ index, kind: one.kind, place: { lonLat: one.lonLat, district: null } }]
      : [],
  );
  const targets = demands.map((demand) => ({ lonLat: demand.lonLat!, district: null }));
  const times = await travelOfUnits(port, asked, targets, { at: 0, capS });
  const row = new Map(asked.map((one, at) => [one.index, at]));
  return recommend<Travel>(demands, candidates, (candidate, demand) => {
    const at = row.get(candidate);
    const travel = at === undefined ? undefined : times[at]?.[demand];
    return travel && !travel.atLeast ? travel : null;
  });
}

const shares = (values: readonly number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!);
  return { p50: at(0.5), p95: at(0.95), worst: round(sorted.at(-1)!) };
};

async function measure(port: TravelTime, place: (random: Random) => LonLat): Promise<Record<string, unknown>> {
  const random = sequence(11);
  const [wall, cpu]: [number[], number[]] = [[], []];
  let picks = 0;
  let missing = 0;
  for (let round = -3; round < rounds; round += 1) {
    const asked = situation(random, () => place(random));
    const [used, began] = [process.cpuUsage(), performance.now()];
    const answer = await solve(port, asked);
    const tookMs = performance.now() - began;
    const { user, system } = process.cpuUsage(used);
    // The first rounds warm the machine up.
    if (round < 0) continue;
    wall.push(tookMs);
    cpu.push((user + system) / 1_000);
    picks += answer.picks.length;
    missing += answer.gaps.reduce((sum, gap) => sum + gap.missing, 0);
  }
  return {
    incidents: incidentCount,
    units: unitCount,
    rounds,
    picksARound: round(picks / rounds, 1),
    missingARound: round(missing / rounds, 1),
    wallMs: shares(wall),
    cpuMs: shares(cpu),
    load: loadavg().map((one) => round(one, 1)),
  };
}

/** Who should go: 10 incidents × 500 units, times and assignment, by the straight line and over a graph of roads. */
export async function recommendation(emit: Emit): Promise<void> {
  const around = (random: Random): LonLat => [118.6 + random() * 0.4, 31.9 + random() * 0.3];
  emit({ bench: 'recommend', times: 'line', ...(await measure(createTravelTime([]), around)) });
  for (const name of extracts) await byRoad(name, emit);
}

async function byRoad(name: string, emit: Emit): Promise<void> {
  const source = geoSample(`${name}-osm.osm.pbf`);
  if (!existsSync(source)) {
    emit({ bench: 'recommend', times: 'graph', extract: name, skipped: 'the extract is not there (GEO_SAMPLES)' });
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'bench-recommend-'));
  try {
    const result = importMap({ source, folder, bounds: null, bigRivers: [], local: {}, now: 0, step: () => undefined });
    if ('refused' in result) throw new Error(result.detail);
    const map = openMapFolder(folder, {
      now: () => 0,
      onError: (error) => {
        throw error;
      },
    });
    const found = map.network();
    if (!found) throw new Error('there is no network');
    const { nodes } = found.network.roads;
    const onRoads = (random: Random): LonLat => {
      const node = Math.floor(random() * (nodes.length / 2));
      const beside = () => (random() - 0.5) / 1_000;
      return [nodes[node * 2]! / 1e7 + beside(), nodes[node * 2 + 1]! / 1e7 + beside()];
    };
    const port = createTravelTime([createGraphEngine(map.network)]);
    emit({
      bench: 'recommend',
      times: 'graph',
      extract: name,
      nodes: nodes.length / 2,
      ...(await measure(port, onRoads)),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
