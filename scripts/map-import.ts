import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readEnv } from '@/server/env.ts';
import { importMap } from './geo/import/import-map.ts';
import { nanjing as recipe } from './geo/nanjing/recipe.ts';

const usage = `Usage: npm run map:import -- <file.osm.pbf> [options]

Makes the road graph, the names to search and the base map of this installation from an OpenStreetMap extract.
They go to the folder "map" of the data directory (DATA_DIR); a running server takes them up by itself.

  --folder <path>    write there instead
  --everywhere       the whole extract, not only what lies in the city (${recipe.name}: ${recipe.bbox.join(', ')})

Exit status: 0 done, 1 the file was refused, 2 wrong usage.
`;

function readArguments(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: { folder: { type: 'string' }, everywhere: { type: 'boolean', default: false } },
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    process.exit(2);
  }
}

/** One line that is written over on a terminal, a line a step elsewhere. */
function teller() {
  const started = performance.now();
  const live = process.stderr.isTTY;
  let [last, shown] = ['', -1];
  return (words: string, share: number | null): void => {
    const percent = share === null ? -1 : Math.floor(share * 100);
    if (words === last && percent === shown) return;
    const fresh = words !== last;
    [last, shown] = [words, percent];
    if (!live && !fresh) return;
    const line = `▸ ${((performance.now() - started) / 1000).toFixed(1)} s  ${words}${live && percent >= 0 ? ` ${percent} %` : ''}`;
    process.stderr.write(live ? `${fresh && words !== '' ? '\n' : ''}\r\u001B[K${line}` : `${line}\n`);
  };
}

const { values, positionals } = readArguments(process.argv.slice(2));
const [source] = positionals;
if (!source || positionals.length > 1) {
  process.stderr.write(usage);
  process.exit(2);
}
if (!existsSync(source)) {
  process.stderr.write(`There is no file ${source}.\n`);
  process.exit(2);
}
const folder = resolve(values.folder ?? join(readEnv().dataDir, 'map'));
const result = importMap({
  source,
  folder,
  bounds: values.everywhere ? null : recipe.bbox,
  bigRivers: values.everywhere ? [] : recipe.bigRivers,
  local: recipe.localReadings,
  now: Date.now(),
  step: teller(),
});
process.stderr.write('\n');
if ('refused' in result) {
  const advice =
    result.refused === 'elsewhere' ? ' Take an extract of the city, or all of this one: --everywhere.' : '';
  process.stderr.write(`✗ ${source} was not imported: ${result.detail}.${advice}\n`);
  process.exit(1);
}
const { manifest, bytes } = result;
const kept = new Set([manifest.roads?.file, manifest.tiles?.file, manifest.places?.file]);
// Files of imports before; a running server keeps what it has open until it has taken up the new one.
for (const name of readdirSync(folder))
  if (/^(roads|tiles|places)-\d{14}\.(bin|pmtiles|jsonl)$/.test(name) && !kept.has(name)) rmSync(join(folder, name));
process.stdout.write(`${JSON.stringify({ folder, ...manifest, bytes }, null, 2)}\n`);
