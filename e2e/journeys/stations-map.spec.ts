import type { Page } from '@playwright/test';
import { side, whenLive } from '../actions/console.ts';
import { enter } from '../fixtures/operator.ts';
import { pushGauge } from '../fixtures/push.ts';
import type { TestServer } from '../fixtures/server.ts';
import { expect, test } from '../fixtures/test.ts';

const underpass = '卡子门大街下穿通道';

const pushDepth = (server: TestServer, value: number) =>
  pushGauge(server, { station: underpass, property: 'waterDepth', value });

const list = (page: Page, name: string) => side(page).getByRole('listbox', { name, exact: true });
const layer = (page: Page, name: string) =>
  page.getByRole('dialog', { name: '图层与图例' }).getByRole('checkbox', { name, exact: true });

/** As somebody without a mouse: on and on to what has this name, then the space bar. */
async function switchByKeyboard(page: Page, name: string): Promise<void> {
  const box = layer(page, name);
  for (let step = 0; step < 80; step += 1) {
    if (await box.evaluate((element) => element === document.activeElement)) return page.keyboard.press('Space');
    await page.keyboard.press('Tab');
  }
  throw new Error(`${name} is not reached by Tab`);
}

test('a station over its threshold is in the list twin and opens from it; layers are switched by keyboard and kept', async ({
  context,
  page,
  server,
  watched: _,
}) => {
  await enter(context, server, 'chief');
  await page.goto('/');
  await whenLive(page);
  await page.keyboard.press('s');
  await expect(side(page).getByRole('region', { name: '异常台站' })).toBeVisible();
  // Other stations may be abnormal already; this one is not.
  const row = list(page, '异常台站').getByRole('option').filter({ hasText: underpass });
  await expect(row).toBeHidden();

  expect((await pushDepth(server, 0.45)).status).toBe(200);
  await expect(row).toContainText('严重');
  await expect(row).toContainText('0.45 m');
  await list(page, '异常台站').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');

  const station = side(page).getByRole('region', { name: underpass });
  await expect(station).toContainText('积水深度');
  await expect(station).toContainText('0.45 m');
  await expect(station).toContainText('严重 ≥ 0.4 m');
  await expect(station).toContainText('水务水位站');
  await expect(station.getByRole('link', { name: '打开台站页' })).toHaveAttribute(
    'href',
    `/stations/${encodeURIComponent(`water-level/${underpass}`)}`,
  );
  // What is newer is shown without anybody asking; the panel stays.
  expect((await pushDepth(server, 0.2)).status).toBe(200);
  await expect(station).toContainText('0.2 m');
  await expect(station).toContainText('注意');

  await page.keyboard.press('Escape');
  await expect(list(page, '异常台站')).toBeVisible();
  await side(page).getByRole('searchbox').fill('kzm');
  await expect(row).toContainText('注意');
  await side(page).getByRole('searchbox').fill('没有这样的站');
  await expect(row).toBeHidden();
  // Letters belong to the field until it is left.
  await page.keyboard.press('Escape');
  await side(page).getByRole('searchbox').blur();

  await page.keyboard.press('l');
  await expect(layer(page, '力量')).toBeChecked();
  await expect(layer(page, '雨量站')).not.toBeChecked();
  await switchByKeyboard(page, '力量');
  await expect(layer(page, '力量')).not.toBeChecked();
  await switchByKeyboard(page, '雨量站');
  await expect(layer(page, '雨量站')).toBeChecked();

  await page.reload();
  await whenLive(page);
  await page.keyboard.press('l');
  await expect(layer(page, '力量')).not.toBeChecked();
  await expect(layer(page, '雨量站')).toBeChecked();
  await layer(page, '雨量站').press('Escape');
  await expect(layer(page, '雨量站')).toBeHidden();
});
