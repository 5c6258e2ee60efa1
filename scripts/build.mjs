// Builds the pages (.next) and the bundles of the server and of the simulator (dist). `--force` builds although nothing changed.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sourcesHash } from './sources-hash.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = 'dist/build.stamp';

/** NODE_ENV of the caller would break the build of the error page; telemetry stays off. */
const environment = () => {
  const { NODE_ENV: _unset, ...rest } = process.env;
  return { ...rest, NEXT_TELEMETRY_DISABLED: '1' };
};

const tail = (text, lines) => text.trimEnd().split('\n').slice(-lines).join('\n');

function buildPages() {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'build'], { env: environment() });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes) => {
        output += bytes;
      });
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

async function bundle(entry, outfile) {
  const { build } = await import('esbuild');
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    alias: { '@': root.replace(/[\\/]$/, '') },
    sourcemap: true,
    logLevel: 'warning',
  });
}

export const isBuilt = () =>
  existsSync(stamp) && existsSync('.next/BUILD_ID') && readFileSync(stamp, 'utf8') === sourcesHash();

export async function buildAll(say) {
  const hash = sourcesHash();
  mkdirSync('dist', { recursive: true });
  rmSync(stamp, { force: true });
  say('bundling the server and the simulator');
  await Promise.all([bundle('server/main.ts', 'dist/server.mjs'), bundle('sim/main.ts', 'dist/sim.mjs')]);
  say('building the pages (the longest step)');
  let pages = await buildPages();
  if (!pages.ok && /panick|TurbopackInternalError|internal error/i.test(pages.output)) {
    // A panic of the bundler is kept in its cache and comes back at every build until the cache is gone.
    say('the pages did not build; once more from nothing');
    rmSync('.next', { recursive: true, force: true });
    pages = await buildPages();
  }
  if (!pages.ok) throw new Error(`The pages cannot be built:\n${tail(pages.output, 40)}`);
  writeFileSync(stamp, hash);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.chdir(root);
  const started = Date.now();
  const say = (words) => console.log(`▸ ${((Date.now() - started) / 1000).toFixed(1)} s  ${words}`);
  if (isBuilt() && !process.argv.includes('--force')) say('nothing changed since the last build');
  else {
    try {
      await buildAll(say);
      say('built');
    } catch (error) {
      console.error(`\n✗ ${error.message}`);
      process.exitCode = 1;
    }
  }
}
