import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { GazetteerEntry } from './gazetteer.ts';
import { readImportedNames } from './imported-names.ts';
import { readRoads } from './roads/road-file.ts';
import { defaultSpeeds, type RoadSpeeds, readSpeeds } from './roads/road-speeds.ts';
import { openNetwork, type RoadNetwork } from './travel/graph-engine.ts';

/** What `npm run map:import` writes last, so that whoever sees it sees the whole. */
export const importManifest = z.object({
  version: z.literal(1),
  source: z.string(),
  importedAt: z.number(),
  /** When the extract was cut; null where it does not say. */
  dataAt: z.number().nullable(),
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  attribution: z.string(),
  roads: z.object({ file: z.string(), segments: z.number(), crossings: z.number() }).nullable(),
  tiles: z.object({ file: z.string(), minZoom: z.number(), maxZoom: z.number() }).nullable(),
  places: z.object({ file: z.string(), names: z.number() }).nullable(),
});
export type ImportManifest = z.infer<typeof importManifest>;
export const manifestName = 'import.json';
const plainName = /^[a-z0-9][a-z0-9.-]*$/;

export type MapFolder = {
  readonly path: string;
  /** Null: nothing was imported. */
  manifest(): ImportManifest | null;
  network(): { readonly network: RoadNetwork; readonly speeds: RoadSpeeds } | null;
  /** Names of the import; the same list as long as it is the same import. */
  names(): readonly GazetteerEntry[];
  /** A file of the import as an absolute path. */
  fileOf(part: 'roads' | 'tiles' | 'places'): string | null;
};

const lookAgainMs = 5_000;

/** The folder of the last import; a new one is taken up while the server runs. */
export function openMapFolder(
  path: string,
  { now, onError }: { now: () => number; onError: (error: unknown, facts: Record<string, unknown>) => void },
): MapFolder {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let stamp = '';
  let manifest: ImportManifest | null = null;
  let network: ReturnType<MapFolder['network']> = null;
  let networkOf: ImportManifest | null = null;
  let names: readonly GazetteerEntry[] = [];
  let namesOf: ImportManifest | null = null;
  const fault = (message: string, file: string): null => {
    onError(new Error(message), { file });
    return null;
  };

  function look(): void {
    if (now() - lookedAt < lookAgainMs) return;
    lookedAt = now();
    const file = join(path, manifestName);
    const next = existsSync(file) ? String(statSync(file).mtimeMs) : '';
    if (next === stamp) return;
    stamp = next;
    manifest = next === '' ? null : readManifest(file, fault);
  }

  function fileOf(part: 'roads' | 'tiles' | 'places'): string | null {
    look();
    const name = manifest?.[part]?.file;
    return name && plainName.test(name) ? join(path, name) : null;
  }

  return {
    path,
    manifest() {
      look();
      return manifest;
    },
    fileOf,
    names() {
      const file = fileOf('places');
      if (manifest === namesOf) return names;
      namesOf = manifest;
      names = file === null ? [] : readNames(file, fault);
      return names;
    },
    network() {
      const file = fileOf('roads');
      if (manifest === networkOf) return network;
      networkOf = manifest;
      network = file === null ? null : readNetwork(file, join(path, 'speeds.json'), fault);
      return network;
    },
  };
}

type Fault = (message: string, file: string) => null;

function readManifest(file: string, fault: Fault): ImportManifest | null {
  try {
    const parsed = importManifest.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : fault(`the map import is not used: ${z.prettifyError(parsed.error)}`, file);
  } catch (error) {
    return fault(`the map import is not used: ${String(error)}`, file);
  }
}

function readNames(file: string, fault: Fault): readonly GazetteerEntry[] {
  try {
    return readImportedNames(file);
  } catch (error) {
    fault(`the imported names are not searched: ${String(error)}`, file);
    return [];
  }
}

function readNetwork(file: string, speedsFile: string, fault: Fault): ReturnType<MapFolder['network']> {
  const roads = readRoads(file);
  if (roads === null) return fault('the road graph is not there; travel times are estimates', file);
  if ('refused' in roads) return fault(`the road graph is not used (${roads.refused}): ${roads.detail}`, file);
  let speeds = defaultSpeeds;
  try {
    speeds = readSpeeds(speedsFile);
  } catch (error) {
    fault(`the usual speeds are used: ${String(error)}`, speedsFile);
  }
  return { network: openNetwork(roads, speeds), speeds };
}
