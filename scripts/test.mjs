// One command for every check that needs no other server: types, lint, architecture, unit, property, integration, browser.
// Prints "N passed, N failed, N skipped" alone on its last line. --quick leaves the browser out.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const quick = process.argv.includes('--quick');
const scratch = mkdtempSync(join(tmpdir(), 'one-network-test-'));
const count = { passed: 0, failed: 0, skipped: 0 };

/** Runs one tool by its JavaScript entry (never through npx, which leaves children behind). */
function run(title, entry, args, env = {}) {
  console.log(`\n▸ ${title}`);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [entry, ...args], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, NODE_ENV: '', NEXT_TELEMETRY_DISABLED: '1', ...env },
    });
    child.on('close', (code) => resolve(code === 0));
  });
}

const one = (passed) => {
  count[passed ? 'passed' : 'failed'] += 1;
};

const readJson = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null);

if (existsSync('app/layout.tsx')) await run('route types', 'node_modules/next/dist/bin/next', ['typegen']);
one(await run('types', 'node_modules/typescript/bin/tsc', ['--noEmit', '--incremental', 'false']));
one(await run('lint', 'node_modules/@biomejs/biome/bin/biome', ['check', '.']));

const vitestOut = join(scratch, 'vitest.json');
const vitestOk = await run('architecture, unit, property, integration', 'node_modules/vitest/vitest.mjs', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${vitestOut}`,
]);
const vitest = readJson(vitestOut);
if (vitest) {
  count.passed += vitest.numPassedTests;
  count.failed += vitest.numFailedTests;
  count.skipped += vitest.numPendingTests + vitest.numTodoTests;
}
if (!vitestOk && !vitest?.numFailedTests) count.failed += 1; // a file that did not load counts as a failure

if (!quick && existsSync('e2e/playwright.config.ts')) {
  const { browserTests } = await import('./test-browser.mjs');
  await browserTests({ run, scratch, count, readJson });
}

rmSync(scratch, { recursive: true, force: true });
console.log(`\n${count.passed} passed, ${count.failed} failed${count.skipped ? `, ${count.skipped} skipped` : ''}`);
process.exitCode = count.failed ? 1 : 0;
