import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { envelope, type ReadingRecord } from '../../sim/push/record.ts';
import { whenLive } from '../actions/console.ts';
import { enter } from '../fixtures/operator.ts';
import { pushRecords } from '../fixtures/push.ts';
import type { TestServer } from '../fixtures/server.ts';
import { expect, test } from '../fixtures/test.ts';

const minute = 60_000;

const file = [
  '协议,编号,类型,名称,部门,经度,纬度,坐标系,高程基准,上报间隔（秒）,测项,阈值',
  'water-level,旅程水位站,水位站,旅程水位站,水务,118.7802,32.0401,GCJ-02,吴淞,300,waterLevel:m;VT:V,waterLevel:报警:>8.7:防汛办;waterLevel:严重:>10',
  'water-level,无坐标系,雨量站,无坐标系,水务,118.78,32.04,,,300,,',
  'water-level,旅程雨量站,雨量站,旅程雨量站,水务,118.76,32.05,WGS-84,,300,rainfall:mm,',
  'water-level,不认识,火山,不认识,水务,,,,,,,',
].join('\r\n');

const reading = (value: number, at: number): ReadingRecord => ({
  kind: 'reading',
  // Without a place: the register knows it.
  ...envelope({ scheme: 'water-level', key: '旅程水位站' }, at, { at: null, dedupeKey: `journey/${at}` }),
  property: 'waterLevel',
  statistic: 'instant',
  intervalS: null,
  value,
  unit: 'm',
  rawValue: value,
  rawUnit: 'm',
  limit: null,
});

async function importFile(page: Page): Promise<void> {
  await page.getByRole('button', { name: '导入 CSV' }).click();
  const dialog = page.getByRole('dialog', { name: '导入台站登记表' });
  await dialog
    .getByLabel('选择文件')
    .setInputFiles({ name: '登记表.csv', mimeType: 'text/csv', buffer: Buffer.from(file, 'utf8') });
  await expect(dialog.getByRole('status')).toContainText('新增 2');
  await expect(dialog.getByRole('status')).toContainText('不接受 2');
  const refused = dialog.getByRole('row');
  await expect(refused.filter({ hasText: '没有写坐标系' }).getByRole('cell').first()).toHaveText('3');
  await expect(refused.filter({ hasText: '火山' }).getByRole('cell').first()).toHaveText('5');
  await dialog.getByRole('button', { name: '确认写入 2 个' }).click();
  await expect(dialog).toContainText('已写入 2 个台站');
  await dialog.getByRole('button', { name: '关闭' }).last().click();
  await expect(dialog).toBeHidden();
}

async function pushCourse(server: TestServer): Promise<void> {
  const now = Date.now();
  const before = [50, 45, 40, 10, 5].map((minutes, index) => reading(7.2 + index / 10, now - minutes * minute));
  await pushRecords(server, 'water-level', before);
  await pushRecords(server, 'water-level', [reading(9.1, now)]);
}

test('a register is imported, a station reads, its page shows how that went', async ({
  context,
  page,
  server,
  watched: _,
}) => {
  await enter(context, server, 'chief');
  await page.goto('/stations');
  await whenLive(page);
  await importFile(page);

  const list = page.getByRole('listbox', { name: '台站列表' });
  const search = page.getByRole('searchbox', { name: '搜索台站' });
  await search.fill('lvcheng');
  await expect(list.getByRole('option')).toHaveCount(2);
  const row = list.getByRole('option').filter({ hasText: '旅程水位站' });
  await expect(row).toContainText('尚未收到数据');
  await pushCourse(server);
  await expect(row).toContainText('9.1');
  await expect(row).toContainText('告警');

  await search.press('Tab');
  await row.click();
  await expect(page.getByRole('heading', { level: 1, name: '旅程水位站' })).toBeVisible();
  await expect(page.getByText('吴淞高程')).toBeVisible();
  const values = page.getByRole('list', { name: '当前值' });
  await expect(values.getByRole('button', { name: /^水位/ })).toContainText('告警 > 8.7 m');
  await expect(
    page.getByRole('img', { name: /水位，24 小时：最低 7.2 m，最高 9.1 m.*6 个值，中断 1 次/ }),
  ).toBeVisible();

  await page.keyboard.press('t');
  const table = page.getByRole('table', { name: '水位数据表，24 小时' });
  await expect(table.getByRole('row').nth(1)).toContainText('9.1');
  await expect(table).toContainText('没有数据');
  await expect(table.getByRole('row')).toHaveCount(8);
  await page
    .getByRole('button', { name: '7 天' })
    .or(page.getByRole('radio', { name: '7 天' }))
    .click();
  await expect(page.getByRole('table', { name: '水位数据表，7 天' })).toBeVisible();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出 CSV' }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toMatch(/^旅程水位站_waterLevel_\d{8}\.csv$/);
  const lines = readFileSync(await saved.path(), 'utf8').split('\r\n');
  expect(lines[0]).toBe('\uFEFFstation,name,property,observed_at,received_at,value,unit,quality');
  expect(lines).toHaveLength(8);
  expect(lines[6]).toMatch(
    /^water-level\/旅程水位站,旅程水位站,waterLevel,\d{4}-.*\+08:00,\d{4}-.*\+08:00,9.1,m,good$/,
  );
});

test('who sends without being registered is listed, and registered from there', async ({
  context,
  page,
  server,
  watched: _,
}) => {
  await enter(context, server, 'chief');
  await page.goto('/stations?state=unregistered');
  await whenLive(page);
  await pushRecords(server, 'water-level', [
    { ...reading(3.2, Date.now()), subject: { scheme: 'water-level', key: '陌生站' }, dedupeKey: 'stranger/1' },
  ]);
  const row = page.getByRole('option').filter({ hasText: '陌生站' });
  await expect(row).toContainText('未登记');
  await row.click();
  await expect(page.getByRole('heading', { level: 1, name: '陌生站' })).toBeVisible();
  await page.getByRole('button', { name: '登记', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '登记台站' });
  await dialog.getByRole('combobox', { name: '类型' }).click();
  await page.getByRole('option', { name: '水位站' }).click();
  await dialog.getByLabel('经度').fill('118.78');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(dialog.getByRole('alert')).toContainText('缺“纬度”');
  await dialog.getByLabel('纬度').fill('32.04');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('banner').or(page.locator('main')).getByText('未登记')).toBeHidden();
  await expect(page.getByText('118.78000, 32.04000')).toBeVisible();
});
