import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { startCapFeed } from '../../sim/link/cap-feed-server.ts';
import { envelope, type ReadingRecord } from '../../sim/push/record.ts';
import { whenLive } from '../actions/console.ts';
import { enter, operator } from '../fixtures/operator.ts';
import { pushRecords } from '../fixtures/push.ts';
import { expect, test } from '../fixtures/test.ts';

/** A port that nobody listens on yet, and a file that has the platform poll it every second. */
const port = await new Promise<number>((done) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port: free } = probe.address() as { port: number };
    probe.close(() => done(free));
  });
});
const feedsFile = join(mkdtempSync(join(tmpdir(), 'one-network-feeds-')), 'feeds.json');
writeFileSync(
  feedsFile,
  JSON.stringify({
    'emergency-cap-poll': { enabled: true, url: `http://127.0.0.1:${port}/cap/feed.atom`, intervalS: 1 },
  }),
);
test.use({ serverOptions: { env: { FEEDS_FILE: feedsFile } } });

let serial = 0;
function reading(key: string, property: string, value: number, limit: number | null = null): ReadingRecord {
  const now = Date.now();
  serial += 1;
  return {
    kind: 'reading',
    ...envelope({ scheme: 'water-level', key }, now, {
      at: [118.79, 31.97],
      dedupeKey: `${key}/${property}/${serial}`,
    }),
    property,
    statistic: 'instant',
    intervalS: null,
    value,
    unit: 'm',
    limit,
    rawValue: value,
    rawUnit: 'm',
  };
}

const list = (page: Page, name = '当前告警'): Locator => page.getByRole('listbox', { name, exact: true });
const row = (page: Page, text: string): Locator => list(page).getByRole('option').filter({ hasText: text });
const detail = (page: Page): Locator => page.getByRole('complementary', { name: '告警详情' });

/** By keyboard, as an operator does: the list has the keys when the page is there. */
async function goTo(page: Page, text: string): Promise<void> {
  await list(page).focus();
  await page.keyboard.press('Home');
  const current = list(page).getByRole('option', { selected: true });
  for (let step = 0; step < 30; step += 1) {
    if ((await current.innerText()).includes(text)) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`${text} is not in the list`);
}

test('a chief shortens a delay; over the number twice is one alarm, acknowledged by keyboard, back it is gone', async ({
  context,
  page,
  server,
  watched: _,
}) => {
  await enter(context, server, 'chief');
  await page.goto('/alarms?tab=rules');
  await whenLive(page);
  await page.getByRole('button', { name: '修改：下穿通道积水须封闭' }).click();
  const dialog = page.getByRole('dialog', { name: '修改：下穿通道积水须封闭' });
  await dialog.getByLabel('恢复延时（秒）').fill('0');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(dialog).toBeHidden();
  const rule = page.getByRole('row').filter({ hasText: '下穿通道积水须封闭' });
  await expect(rule).toContainText('0 / 0');
  await expect(rule).not.toContainText('出厂值');

  await page.getByRole('tab', { name: /^当前告警/ }).click();
  await pushRecords(server, 'water-level', [reading('试验下穿通道', 'waterDepth', 0.42)]);
  await expect(row(page, '下穿通道积水须封闭')).toHaveCount(1);
  await pushRecords(server, 'water-level', [reading('试验下穿通道', 'waterDepth', 0.5)]);
  await expect(page.getByRole('navigation').getByRole('link', { name: /^告警/ })).toContainText('条未确认告警');

  await goTo(page, '下穿通道积水须封闭');
  await expect(detail(page)).toContainText('立即封闭通道');
  await expect(detail(page)).toContainText('0.42 m（限值 0.27 m）');
  await expect(row(page, '下穿通道积水须封闭')).toHaveCount(1);
  await expect(detail(page).getByRole('button', { name: /搁置/ })).toHaveCount(0);
  await page.keyboard.press('a');
  await expect(row(page, '下穿通道积水须封闭')).toContainText('已确认');

  await pushRecords(server, 'water-level', [reading('试验下穿通道', 'waterDepth', 0.02)]);
  await expect(row(page, '下穿通道积水须封闭')).toHaveCount(0);

  await page.goto('/');
  const signal = page.getByRole('option').filter({ hasText: '试验下穿通道' });
  await expect(signal).toHaveCount(1);
  await expect(signal).toContainText('已恢复');
});

test('an alarm is shelved with a reason, stands aside and is taken back; the other screen sees it', async ({
  browser,
  context,
  page,
  server,
  watched: _,
}) => {
  await enter(context, server, 'operator1');
  await page.goto('/alarms');
  await whenLive(page);
  await pushRecords(server, 'water-level', [reading('试验河水位站', 'waterLevel', 9.9, 8.7)]);
  await expect(row(page, '试验河水位站')).toHaveCount(1);
  const other = await operator(browser, server, 'chief', { to: '/alarms' });
  await expect(row(other.page, '试验河水位站')).toHaveCount(1);

  await goTo(page, '试验河水位站');
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog', { name: '搁置' });
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toContainText('请写明原因');
  await dialog.getByLabel('原因').fill('水尺检修');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expect(row(page, '试验河水位站')).toHaveCount(0);
  await expect(row(other.page, '试验河水位站')).toHaveCount(0);

  await other.page.getByRole('tab', { name: /^已搁置 1/ }).click();
  const shelved = list(other.page, '已搁置').getByRole('option');
  await expect(shelved).toContainText('水尺检修');
  await shelved.click();
  await other.page.keyboard.press('s');
  await expect(shelved).toHaveCount(0);
  await expect(row(page, '试验河水位站')).toHaveCount(1);
  await other.context.close();
});

test('a feed that falls silent is one alarm, over when it answers again', async ({
  context,
  page,
  server,
  watched: _,
}) => {
  await enter(context, server, 'admin');
  await page.goto('/alarms');
  await whenLive(page);
  const silent = row(page, '应急预警汇聚');
  await expect(silent).toHaveCount(1);
  await expect(silent).toContainText('数据接入中断');
  const feed = await startCapFeed(port, Date.now());
  await expect(silent).toContainText('已恢复', { timeout: 90_000 });
  await expect(silent).toHaveCount(1);
  await feed.close();
});

test('a chief writes a rule by keyboard; a value that is over it already is an alarm; copied and retired', async ({
  context,
  page,
  server,
  watched: _,
}) => {
  await enter(context, server, 'chief');
  await pushRecords(server, 'water-level', [reading('试验流量站', 'testFlow', 950)]);
  await page.goto('/alarms?tab=rules');
  await whenLive(page);
  await page.getByRole('button', { name: '新建规则' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: '新建规则' });
  await expect(dialog.getByLabel('名称（中文）')).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByText('请填写名称')).toBeVisible();
  await expect(dialog.getByRole('status')).toContainText('处需要更正');

  await dialog.getByLabel('名称（中文）').pressSequentially('试验流量过大');
  const first = dialog.getByRole('group', { name: '条件 1' });
  await first.getByLabel('项目', { exact: true }).fill('testFlow');
  await first.getByLabel('阈值').fill('900');
  await first.getByLabel('回差').fill('50');
  await first.getByLabel('单位').fill('m');
  await dialog.getByRole('button', { name: '添加条件' }).click();
  const second = dialog.getByRole('group', { name: '条件 2' });
  await second.getByLabel('项目', { exact: true }).fill('testFlow');
  await second.getByLabel('阈值').fill('2000');
  await dialog.getByLabel('恢复延时（秒）').fill('0');
  await dialog.getByLabel('不处置的后果（中文）').fill('下游漫滩');
  await dialog.getByLabel('处置（中文）').fill('通知下游巡查');
  await dialog.getByLabel('响应时限（秒）').fill('600');
  await expect(dialog.getByText('读作：testFlow ≥ 900 m 或 testFlow ≥ 2,000')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  const rule = page.getByRole('row').filter({ hasText: '试验流量过大' });
  await expect(rule).toContainText('0 / 0');

  await page.getByRole('tab', { name: /^当前告警/ }).click();
  await expect(row(page, '试验流量过大')).toHaveCount(1);
  await goTo(page, '试验流量过大');
  await expect(detail(page)).toContainText('通知下游巡查');
  await expect(detail(page)).toContainText('950 m（限值 900 m）');

  await page.getByRole('tab', { name: '规则', exact: true }).click();
  const more = page.getByRole('button', { name: '更多：试验流量过大' });
  await more.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: '复制为新规则' }).click();
  await dialog.getByLabel('名称（中文）').fill('试验流量很大');
  await dialog.getByLabel('名称（英文）').fill('Very large test flow');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('row').filter({ hasText: '试验流量很大' })).toHaveCount(1);

  await more.click();
  await page.getByRole('menuitem', { name: '退役' }).click();
  await page.getByRole('dialog', { name: '退役：试验流量过大' }).getByRole('button', { name: '退役' }).click();
  await expect(rule).toHaveCount(0);
  await page.getByRole('button', { name: '显示已退役（1）' }).click();
  await expect(rule).toContainText('已退役');
  await page.getByRole('tab', { name: /^当前告警/ }).click();
  await expect(row(page, '试验流量过大').filter({ hasNotText: '已恢复' })).toHaveCount(0);
});
