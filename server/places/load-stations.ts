import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Station, station, stationId, threshold } from '@/server/domain/station.ts';

/** `stations.jsonl` of a city pack: what its README says; what only the simulator needs is left out here. */
const row = station.pick({ scheme: true, key: true, kind: true, name: true, department: true }).extend({
  lonLat: station.shape.lonLat,
  district: station.shape.district,
  address: station.shape.address,
  verticalDatum: station.shape.verticalDatum,
  expectedIntervalS: station.shape.expectedIntervalS,
  measures: z.array(
    z.object({
      property: z.string().min(1).max(128),
      unit: z.string().max(64).nullable(),
      thresholds: z.array(threshold.omit({ source: true })).default([]),
      maximum: z.number().nullable().default(null),
    }),
  ),
});

/** Made up, and says so at each threshold. */
const madeUp = '演示（示意）';

export function loadStations(root: string, city: string): Station[] {
  const path = join(root, 'server/places', city, 'stations.jsonl');
  const rows = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  const parsed = z.array(row).safeParse(rows);
  if (!parsed.success) throw new Error(`${path} holds no stations: ${z.prettifyError(parsed.error)}`);
  return parsed.data.map((of) => ({
    ...of,
    id: stationId(of.scheme, of.key),
    measures: of.measures.map((measure) => ({
      ...measure,
      thresholds: measure.thresholds.map((one) => ({ ...one, source: madeUp })),
    })),
    demo: true,
    state: 'registered',
  }));
}
