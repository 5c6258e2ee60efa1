import { existsSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';
import { ids, locationBody } from '@/sim/jt808/body.ts';
import { encodeFrame } from '@/sim/jt808/frame.ts';
import { type Emit, percentiles } from './figures.ts';
import { isBuilt, runServer } from './server-process.ts';
import { withFolder } from './with-folder.ts';

const reports = 100;
const patienceMs = 5_000;
const terminalNumber = '014400000001'; // a patrol car of the demo roster

const args = ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];
const quiet = ['--disable-background-networking', '--disable-component-update', '--no-first-run'];

const report = (index: number): Buffer =>
  encodeFrame({
    id: ids.location,
    edition: 2019,
    terminal: terminalNumber,
    serial: index & 0xffff,
    body: locationBody({
      at: [118.77 + (index % 2 ? 0.02 : 0) + index / 10_000, 32.06],
      gcj02: false,
      fixed: true,
      accOn: true,
      emergency: false,
      altitudeM: 12,
      speedMps: 11,
      headingDeg: 90,
      observedAtMs: Date.now(),
      mileageM: 1_000,
      fuelL: 30,
      satellites: 11,
    }),
  });

/**
 * Runs in the page before anything else: when the positions given to the GPU have changed, the next draw is the moment at which
 * the unit is where it is now. Nothing of the product is changed for it.
 */
function watchDraws(): void {
  const seen = window as unknown as { drawnAt: number };
  seen.drawnAt = 0;
  let sum = 0;
  let waiting = false;
  const { bufferSubData, drawArrays, drawArraysInstanced } = WebGL2RenderingContext.prototype;
  WebGL2RenderingContext.prototype.bufferSubData = function (this: WebGL2RenderingContext, ...given: unknown[]) {
    const [, , data, from, length] = given;
    if (data instanceof Float32Array && from === 0 && typeof length === 'number' && length > 0) {
      let now = 0;
      for (let index = 0; index < length; index++) now += (data[index] || 0) * (index + 1);
      if (now !== sum) waiting = true;
      sum = now;
    }
    return Reflect.apply(bufferSubData, this, given);
  } as typeof bufferSubData;
  const drawn = () => {
    if (!waiting) return;
    waiting = false;
    seen.drawnAt = performance.timeOrigin + performance.now();
  };
  WebGL2RenderingContext.prototype.drawArrays = function (...given) {
    Reflect.apply(drawArrays, this, given);
    drawn();
  };
  WebGL2RenderingContext.prototype.drawArraysInstanced = function (...given) {
    Reflect.apply(drawArraysInstanced, this, given);
    drawn();
  };
}

async function openConsole(page: Page, url: string): Promise<void> {
  await page.request.post(`${url}/trpc/session.signIn`, {
    headers: { 'x-one-network': '1', origin: url },
    data: { account: 'operator1', password: 'demo-2026' },
  });
  await page.addInitScript('globalThis.__name = (named) => named;'); // what the loader leaves in functions
  await page.addInitScript(watchDraws);
  await page.goto(url);
}

const drawnAfter = (page: Page, since: number): Promise<number | null> =>
  page
    .waitForFunction(
      (at) => {
        const { drawnAt } = window as unknown as { drawnAt: number };
        return drawnAt > at ? drawnAt : false;
      },
      since,
      { timeout: patienceMs, polling: 20 },
    )
    .then((handle) => handle.jsonValue() as Promise<number>)
    .catch(() => null);

async function measure(page: Page, socket: Socket): Promise<{ taken: number[]; lost: number }> {
  const taken: number[] = [];
  let lost = 0;
  for (let index = 0; index < reports; index++) {
    await sleep(300 + ((index * 97) % 250)); // another phase of the tick each time
    const sent = performance.timeOrigin + performance.now();
    socket.write(report(index));
    const at = await drawnAfter(page, sent);
    if (at === null) lost++;
    else taken.push(at - sent);
  }
  return { taken, lost };
}

/** Message in → pixel out: from a terminal's bytes to the browser's draw call. */
export const pixel = (emit: Emit): Promise<void> =>
  withFolder('bench-pixel', async (folder) => {
    if (!isBuilt()) return emit({ bench: 'pixel', skipped: 'nothing is built: npm run build' });
    const executablePath = process.env.PLAYWRIGHT_CHROMIUM || '/usr/bin/chromium';
    if (!existsSync(executablePath)) return emit({ bench: 'pixel', skipped: `there is no ${executablePath}` });
    const server = await runServer(folder);
    const browser = await chromium.launch({ executablePath, args: [...args, ...quiet] });
    const socket = connect(server.jt808Port, '127.0.0.1');
    try {
      socket.on('data', () => undefined); // replies are owed, not needed here
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await openConsole(page, server.url);
      socket.write(report(0));
      const first = await page
        .waitForFunction(() => (window as unknown as { drawnAt: number }).drawnAt > 0, null, { timeout: 60_000 })
        .then(() => true)
        .catch(() => false);
      if (!first) throw new Error('the map drew no unit within a minute');
      const { taken, lost } = await measure(page, socket);
      emit({ bench: 'pixel', what: 'location report sent → drawn', reports, lost, ms: percentiles(taken) });
    } finally {
      socket.destroy();
      await browser.close();
      await server.stop();
    }
  });
