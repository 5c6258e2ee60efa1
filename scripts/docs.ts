// `npm run docs`: prints the tables of docs/generated from the code. `--check` only says what is out of date.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedDocs } from './docs/generated.ts';

const folder = fileURLToPath(new URL('../docs/generated', import.meta.url));
const docs = generatedDocs();
mkdirSync(folder, { recursive: true });
const stale = Object.entries(docs).filter(([name, text]) => {
  const file = join(folder, name);
  return !existsSync(file) || readFileSync(file, 'utf8') !== text;
});
const extra = readdirSync(folder).filter((name) => !(name in docs));

if (process.argv.includes('--check')) {
  for (const name of [...stale.map(([name]) => name), ...extra]) console.log(`out of date: docs/generated/${name}`);
  process.exitCode = stale.length + extra.length ? 1 : 0;
} else {
  for (const [name, text] of stale) writeFileSync(join(folder, name), text);
  for (const name of extra) rmSync(join(folder, name));
  console.log(`${Object.keys(docs).length} files in docs/generated, ${stale.length} changed, ${extra.length} removed`);
}
