import { chromium } from '@playwright/test';
import { startTestServer, type TestServer } from '../fixtures/server.ts';
import { expect, test, watch } from '../fixtures/test.ts';

/** Beyond loopback, under a name that is not localhost: the browser's own resolver leads it here. */
const name = 'city.example';
let server: TestServer;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  server = await startTestServer({ env: { HOST: '0.0.0.0', PUBLIC_NAMES: name } });
});
test.afterAll(() => server.stop());

test('over TLS with the generated certificate: secure cookie, live socket, sign-out', async ({
  browserName: _,
}, info) => {
  const { executablePath, args = [] } = info.project.use.launchOptions ?? {};
  const browser = await chromium.launch({
    executablePath,
    args: [...args, `--host-resolver-rules=MAP ${name} 127.0.0.1`],
  });
  try {
    const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'zh-CN' });
    const page = await context.newPage();
    const origin = `https://${name}:${server.ports.web}`;
    const watched = { faults: [] as string[], outside: [] as string[] };
    watch(page, origin, watched);
    const socket = page.waitForEvent('websocket', (of) => of.url().startsWith(`wss://${name}`));
    await page.goto(`${origin}/sign-in`);
    await page.getByLabel('账号', { exact: true }).fill('operator1');
    await page.getByLabel('密码', { exact: true }).fill('demo-2026');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(`${origin}/`);
    expect(await page.evaluate(() => isSecureContext)).toBe(true);
    const [cookie] = (await context.cookies()).filter((of) => of.name === '__Host-session');
    expect(cookie).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Lax', domain: name, path: '/' });
    expect(await page.evaluate(() => document.cookie)).not.toContain('session');
    await socket;
    expect(watched.faults).toEqual([]);
    expect(watched.outside).toEqual([]);

    const plain = await context.request.get(`http://127.0.0.1:${server.ports.web}/`).catch(() => null);
    expect(plain, 'no plain http beyond loopback').toBeNull();
  } finally {
    await browser.close();
  }
});
