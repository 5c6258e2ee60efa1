// Installs the dependencies that package-lock.json names, when they are missing, were changed by hand, or the lock has changed.
// --test also looks after the browser and the fonts of the browser tests.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 9)) {
  console.error(`Node.js 20.9 or newer is needed; this is ${process.versions.node}.`);
  process.exit(1);
}

const stamp = 'node_modules/.one-network-lock';
const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
/** What the start needs first; a folder that was half deleted has the stamp but not these. */
const needed = ['next', 'esbuild', 'pg', 'tsx', 'typescript', 'vitest'].map(
  (name) => `node_modules/${name}/package.json`,
);
const complete = () => needed.every((file) => existsSync(file));

/** Installed by hand (`npm ci`) and as the lock says: nothing to do but to remember it. */
function asTheLockSays() {
  const hidden = 'node_modules/.package-lock.json';
  if (!existsSync(hidden) || !complete()) return false;
  const held = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
  return Object.entries(wanted).every(([path, of]) => path === '' || of.optional || held[path]?.version === of.version);
}

function install() {
  const started = Date.now();
  console.log('▸ installing dependencies (once; about a minute)…');
  const args = [
    'ci',
    '--include=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--fetch-retry-mintimeout=2000',
    '--fetch-retry-maxtimeout=10000',
    '--loglevel=error',
  ];
  const { NODE_ENV: _unset, npm_config_production: _never, npm_config_omit: _nor, ...env } = process.env;
  const npm = spawnSync('npm', args, {
    stdio: ['ignore', 'inherit', 'pipe'],
    encoding: 'utf8',
    env,
    shell: process.platform === 'win32',
  });
  const said = npm.stderr ?? '';
  process.stderr.write(said);
  if (npm.status === 0) {
    console.log(`▸ installed after ${((Date.now() - started) / 1000).toFixed(0)} s`);
    return;
  }
  if (npm.error?.code === 'ENOENT') console.error('\n✗ npm was not found beside Node.js. Install it and start again.');
  else if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH|network/i.test(said))
    console.error(
      '\n✗ The dependencies could not be fetched: the package registry cannot be reached from here.\n' +
        "  Connect once (or set npm's registry or proxy: npm config set registry …), then start again.\n" +
        '  Without a network: run `npm ci --ignore-scripts` on a machine with the same system that has one,\n' +
        '  and copy its node_modules folder here. After that no network is needed.',
    );
  else if (/ENOSPC/.test(said)) console.error('\n✗ The disk is full; about 1.2 GB are needed for the dependencies.');
  else console.error('\n✗ The dependencies could not be installed; npm says why above.');
  process.exit(npm.status ?? 1);
}

const remembered = existsSync(stamp) && readFileSync(stamp, 'utf8') === lock;
if (!remembered || !complete()) {
  if (!asTheLockSays()) install();
  writeFileSync(stamp, lock);
}

if (process.argv.includes('--test')) {
  const { prepareBrowser } = await import('./find-browser.mjs');
  prepareBrowser();
}
