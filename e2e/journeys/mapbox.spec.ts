import type { Page } from '@playwright/test';
import { whenLive } from '../actions/console.ts';
import { enter } from '../fixtures/operator.ts';
import { expect, test } from '../fixtures/test.ts';

/** The second engine with its hosts stubbed: nothing real is asked. */
test.use({ serverOptions: { env: { MAPBOX_TOKEN: 'pk.stub.stub' } } });

const map = (page: Page) => page.getByRole('region', { name: '城市地图' });

async function stub(page: Page, status: number): Promise<string[]> {
  const asked: string[] = [];
  await page.route(/^https:\/\/[\w.]*mapbox\.com\//, async (route) => {
    asked.push(new URL(route.request().url()).pathname);
    await route.fulfill({
      status,
      contentType: 'application/json',
      body: status === 200 ? '{}' : '{"message":"Unauthorized"}',
    });
  });
  return asked;
}

test('with a token the Mapbox engine draws the same city', async ({ context, page, server }) => {
  await enter(context, server, 'operator1');
  const asked = await stub(page, 200);
  await page.goto('/');
  await whenLive(page);
  await expect(map(page)).toBeVisible();
  await expect(page.getByRole('button', { name: '图层与图例' })).toBeVisible();
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  await expect(page.getByText('Mapbox 地图不可用')).toHaveCount(0);
  await map(page).focus();
  await page.keyboard.press('p');
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('form', { name: '新建事件' }).getByText(/118\.\d{5}, 3\d\.\d{5} · 地图点选/),
  ).toBeVisible();
});

test('a refused token is said, and the built-in map takes over', async ({ context, page, server }) => {
  await enter(context, server, 'operator1');
  await stub(page, 401);
  await page.goto('/');
  await whenLive(page);
  await expect(page.getByText('Mapbox 地图不可用，已改用内置底图')).toBeVisible();
  await expect(map(page)).toBeVisible();
  await expect(page.getByRole('button', { name: '图层与图例' })).toBeVisible();
  await expect(page.getByText(/pk\.stub/)).toHaveCount(0);
});
