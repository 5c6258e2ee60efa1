import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadCity } from '@/server/places/load-city.ts';
import { stationRows } from './stations/rows.ts';

/** `node --import tsx scripts/stations-build.ts`: writes the stations of the demo, which the server registers and the simulator speaks as. */
const root = fileURLToPath(new URL('..', import.meta.url));
const city = loadCity(root, 'nanjing');
const rows = stationRows(root, city);
const target = join(root, 'server/places', city.id, 'stations.jsonl');
writeFileSync(target, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
process.stdout.write(`${rows.length} stations in ${target}\n`);
