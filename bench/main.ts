import { cpus, loadavg, totalmem } from 'node:os';
import { assist } from './assist.ts';
import { commands } from './commands.ts';
import { decode } from './decode.ts';
import type { Emit } from './figures.ts';
import { fusion } from './fusion.ts';
import { ingest } from './ingest.ts';
import { run as live } from './live.ts';
import { pixel } from './pixel.ts';
import { recommendation } from './recommend.ts';
import { screens } from './screens.ts';
import { start } from './start.ts';
import { travel } from './travel.ts';

/** `npm run bench [-- name …]`: JSON lines, bounded; figures of one run belong together, ratios decide (docs/performance.md). */
const parts: Readonly<Record<string, (emit: Emit) => Promise<void>>> = {
  decode,
  commands,
  live,
  start,
  screens,
  pixel,
  ingest,
  travel,
  recommend: recommendation,
  fusion,
  assist,
};

const emit: Emit = (line) => void process.stdout.write(`${JSON.stringify(line)}\n`);
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length) {
  process.stderr.write(`there is no ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}\n`);
  process.exit(2);
}
const machine = { cpus: cpus().length, model: cpus()[0]?.model ?? '', memoryGb: Math.round(totalmem() / 2 ** 30) };
emit({
  bench: 'machine',
  node: process.versions.node,
  ...machine,
  load: loadavg().map((one) => Math.round(one * 10) / 10),
});
for (const name of asked.length ? asked : Object.keys(parts)) await parts[name]?.(emit);
process.exit(0);
