import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importMap } from '@/scripts/geo/import/import-map.ts';
import type { LonLat } from '@/server/domain/place.ts';
import { openMapFolder } from '@/server/places/map-folder.ts';
import { geoSample } from '@/server/places/testing/geo-samples.ts';
import { createGraphEngine } from '@/server/places/travel/graph-engine.ts';
import { createTravelTime, type TravelPlace } from '@/server/places/travel/travel-time.ts';
import { type Emit, percentiles, round } from './figures.ts';

const extracts = ['nanjing-centre', 'porto', 'porto-alegre', 'columbus'];
const rounds = 30;
const [units, incidents] = [500, 10];

/** The same places in every run. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/**
 * Ten incidents × 500 units through the port: snapping, one search an incident with the cap of 20 minutes, all pairs answered. Processor
 * time, so that a busy machine says the same; and the wall's beside it. With a closure and a flood the roads are weighed anew once.
 */
export async function travel(emit: Emit): Promise<void> {
  for (const name of extracts) {
    const source = geoSample(`${name}-osm.osm.pbf`);
    if (!existsSync(source)) {
      emit({ bench: 'travel', extract: name, skipped: 'the extract is not there (GEO_SAMPLES)' });
      continue;
    }
    const folder = mkdtempSync(join(tmpdir(), 'bench-travel-'));
    try {
      const began = performance.now();
      const result = importMap({
        source,
        folder,
        bounds: null,
        bigRivers: [],
        local: {},
        now: 0,
        step: () => undefined,
      });
      if ('refused' in result) throw new Error(result.detail);
      const importMs = performance.now() - began;
      emit({
        bench: 'travel',
        extract: name,
        importMs: round(importMs, 0),
        bytes: result.bytes,
        ...(await measure(folder)),
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

async function measure(folder: string): Promise<Record<string, unknown>> {
  const opening = performance.now();
  const map = openMapFolder(folder, {
    now: () => 0,
    onError: (error) => {
      throw error;
    },
  });
  const found = map.network();
  const openMs = performance.now() - opening;
  if (!found) throw new Error('there is no network');
  const { roads } = found.network;
  const random = sequence(7);
  /** Where vehicles and incidents are: within some fifty metres of a junction. */
  const place = (): TravelPlace => {
    const node = Math.floor(random() * (roads.nodes.length / 2));
    const beside = () => (random() - 0.5) / 1_000;
    return {
      lonLat: [roads.nodes[node * 2]! / 1e7 + beside(), roads.nodes[node * 2 + 1]! / 1e7 + beside()] as LonLat,
      district: null,
    };
  };
  const port = createTravelTime([createGraphEngine(map.network)]);
  const query = { at: 0, profile: 'emergency' as const };
  const [cpu, wall, changed, nearest]: [number[], number[], number[], number[]] = [[], [], [], []];
  let exact = 0;
  for (let i = 0; i < rounds; i += 1) {
    const from = Array.from({ length: units }, place);
    const to = Array.from({ length: incidents }, place);
    const [used, began] = [process.cpuUsage(), performance.now()];
    const matrix = await port.matrix(from, to, query);
    wall.push(performance.now() - began);
    const { user, system } = process.cpuUsage(used);
    cpu.push((user + system) / 1_000);
    exact += matrix.flat().filter((one) => one.source === 'graph' && !one.atLeast).length;
    const { lonLat } = to[0]!;
    const area = [[lonLat, [lonLat[0] + 0.01, lonLat[1]], [lonLat[0], lonLat[1] + 0.01]] as LonLat[]];
    const again = process.cpuUsage();
    await port.matrix(from, to, {
      ...query,
      conditions: [{ id: String(i), on: { area }, factor: i % 2 ? 3 : 'closed' }],
    });
    const spent = process.cpuUsage(again);
    changed.push((spent.user + spent.system) / 1_000);
    const third = process.cpuUsage();
    await port.matrix(from, to, { ...query, nearest: 30 });
    const less = process.cpuUsage(third);
    nearest.push((less.user + less.system) / 1_000);
  }
  return {
    nodes: roads.nodes.length / 2,
    segments: roads.from.length,
    openMs: round(openMs, 0),
    pairs: units * incidents,
    byRoad: round(exact / rounds / (units * incidents)),
    cpuMs: percentiles(cpu),
    wallMs: percentiles(wall),
    withConditionsCpuMs: percentiles(changed),
    nearest30CpuMs: percentiles(nearest),
  };
}
