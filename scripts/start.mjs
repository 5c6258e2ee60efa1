// `npm start`: builds where something changed, then runs the production server. Progress is shown all the while.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildAll, isBuilt } from './build.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const started = Date.now();
const seconds = () => ((Date.now() - started) / 1000).toFixed(1);
let doing = '';
const say = (words) => {
  doing = words;
  console.log(`▸ ${seconds()} s  ${words}`);
};

if (!isBuilt()) {
  // Silence for half a minute looks like a fault.
  const waiting = setInterval(() => console.log(`  ${seconds()} s  still ${doing}…`), 10_000);
  try {
    await buildAll(say);
    say('built');
  } catch (error) {
    console.error(`\n✗ One Network does not start.\n\n${error.message}\n`);
    process.exit(1);
  } finally {
    clearInterval(waiting);
  }
}

// What comes in lives for half a second: in a young generation of usual size a quarter of the work at full load is moving it about.
const nodeOptions = ['--enable-source-maps', '--max-semi-space-size=64'];
const server = spawn(process.execPath, [...nodeOptions, 'dist/server.mjs'], {
  // By the channel the server notices when this process is gone, however it went.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
});
// The terminal sends Ctrl+C to the whole group: the server ends itself, and this waits for it.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'])
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) server.kill(signal);
  });
// npm passes a signal to its shell, which dies without passing it on: then npm is gone, and so is whoever wanted this.
if (process.env.npm_lifecycle_event === 'start') {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    server.kill('SIGTERM');
  }, 500);
}
server.on('error', (error) => {
  console.error(`✗ the server cannot be run: ${error.message}`);
  process.exit(1);
});
server.on('exit', (code) => process.exit(code ?? 1));
