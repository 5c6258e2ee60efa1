// The browser part of `npm test`: builds what changed, runs the journeys of e2e/, adds to the counts.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildAll, isBuilt } from './build.mjs';
import { findChromium, hasCjkFont, howToGet } from './find-browser.mjs';

const playwright = 'node_modules/@playwright/test/cli.js';
const config = ['--config', 'e2e/playwright.config.ts'];

/** How many there are, without a browser. */
function countJourneys() {
  const list = spawnSync(process.execPath, [playwright, 'test', ...config, '--list', '--reporter=json'], {
    encoding: 'utf8',
  });
  try {
    const { stats, suites } = JSON.parse(list.stdout);
    const inside = (suite) =>
      (suite.specs ?? []).reduce((sum, spec) => sum + spec.tests.length, 0) +
      (suite.suites ?? []).reduce((sum, one) => sum + inside(one), 0);
    return suites.reduce((sum, suite) => sum + inside(suite), 0) || stats.skipped || 1;
  } catch {
    return 1; // not even listable: one failure in disguise is said as one skip, loudly
  }
}

export async function browserTests({ run, scratch, count, readJson }) {
  const chromium = findChromium();
  if (!chromium || !hasCjkFont()) {
    const skipped = countJourneys();
    count.skipped += skipped;
    const what = [chromium ? null : 'no Chromium', hasCjkFont() ? null : 'no Chinese font'].filter(Boolean).join(', ');
    console.log(
      `\n${'!'.repeat(78)}\n! ${skipped} BROWSER TESTS SKIPPED: ${what} was found.\n${howToGet}\n${'!'.repeat(78)}`,
    );
    return;
  }
  if (!isBuilt()) {
    console.log('\n▸ build for the browser tests');
    try {
      await buildAll((words) => console.log(`  ${words}`));
    } catch (error) {
      console.error(error.message);
      count.failed += 1;
      return;
    }
  }
  const report = join(scratch, 'playwright.json');
  const ok = await run(`browser (${chromium})`, playwright, ['test', ...config, '--reporter=list,json'], {
    PLAYWRIGHT_CHROMIUM: chromium,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    PLAYWRIGHT_BROWSERS_PATH: '0',
  });
  const stats = readJson(report)?.stats;
  if (stats) {
    count.passed += stats.expected + stats.flaky;
    count.failed += stats.unexpected;
    count.skipped += stats.skipped;
    if (stats.flaky) console.log(`! ${stats.flaky} passed only at the second try`);
  }
  if (!ok && !stats?.unexpected) count.failed += 1;
}
