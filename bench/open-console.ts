import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { processesUnder } from './server-process.ts';

const args = ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];
/** Units are drawn as points, in three passes a frame; nothing else on the map is. */
const countFrames = `{
  globalThis.benchPoints = 0;
  const of = WebGL2RenderingContext.prototype;
  const draw = of.drawArrays;
  of.drawArrays = function (mode, from, count) {
    if (mode === this.POINTS) globalThis.benchPoints += 1;
    return draw.call(this, mode, from, count);
  };
}`;
const passes = 3;

/** Processor time of a browser, by what its processes do: the page and its worker, drawing (software GL), the rest. */
export type BrowserCpu = { readonly pageMs: number; readonly drawingMs: number; readonly otherMs: number };
export type OpenConsole = {
  /** How often units were drawn so far. */
  frames(): Promise<number>;
  cpu(): BrowserCpu;
  close(): Promise<void>;
};

function cpuOfBrowser(): BrowserCpu {
  const sum = { pageMs: 0, drawingMs: 0, otherMs: 0 };
  for (const { cpuMs, command } of processesUnder(process.pid)) {
    const type = /--type=([\w-]+)/.exec(command)?.[1];
    if (type === 'renderer') sum.pageMs += cpuMs;
    else if (type === 'gpu-process') sum.drawingMs += cpuMs;
    else if (type !== undefined) sum.otherMs += cpuMs;
  }
  return sum;
}

/** An operator's console in a real browser with software GL; null where there is no browser. */
export async function openConsole(url: string): Promise<OpenConsole | null> {
  const executablePath = process.env.PLAYWRIGHT_CHROMIUM || '/usr/bin/chromium';
  if (!existsSync(executablePath)) return null;
  const browser = await chromium.launch({ executablePath, args });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(countFrames);
  await page.request.post(`${url}/trpc/session.signIn`, {
    headers: { 'x-one-network': '1', origin: url },
    data: { account: 'operator1', password: 'demo-2026' },
  });
  await page.goto(url);
  await page.locator('[data-map="ready"]').waitFor({ timeout: 60_000 });
  return {
    frames: async () => (await page.evaluate<number>('globalThis.benchPoints')) / passes,
    cpu: cpuOfBrowser,
    close: () => browser.close(),
  };
}
