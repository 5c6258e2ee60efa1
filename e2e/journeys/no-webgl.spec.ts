import { chromium } from '@playwright/test';
import { incidentPanel, queueRow, rowIn, side, whenLive } from '../actions/console.ts';
import { answerDialog, chooseUnit, pressFocused, pressMove, send } from '../actions/dispatch.ts';
import { newId, signedInApi } from '../fixtures/api.ts';
import { expectClean, operator } from '../fixtures/operator.ts';
import { expect, test } from '../fixtures/test.ts';

test('without WebGL the list side files, dispatches and closes', async ({ server, browserName: _ }, info) => {
  const { executablePath, args = [] } = info.project.use.launchOptions ?? {};
  const browser = await chromium.launch({
    executablePath,
    args: [...args.filter((arg) => !/swiftshader|blocklist/.test(arg)), '--disable-gpu', '--disable-3d-apis'],
  });
  try {
    const desk = await operator(browser, server, 'chief');
    const { page } = desk;
    await whenLive(page);
    await expect(page.getByText('这台设备不能显示地图（WebGL 不可用）')).toBeVisible();

    await page.keyboard.press('n');
    const form = side(page).getByRole('form', { name: '新建事件' });
    await form.getByLabel('情况描述').fill('无地图也能立案');
    await form.getByRole('combobox', { name: '地点' }).fill('新街口');
    await form.getByRole('listbox', { name: '地点' }).getByRole('option').first().click();
    await form.getByRole('combobox', { name: '事件类型' }).fill('积水');
    await page.keyboard.press('Enter');
    await form.getByLabel('标题').fill('无图事件');
    await page.keyboard.press('Control+Enter');
    await expect(rowIn(page, '无图事件', '立案')).toBeVisible();

    await chooseUnit(page, '巡1104');
    await send(page);
    await expect(rowIn(page, '无图事件', '派遣')).toBeVisible();
    await page.keyboard.press('o');
    for (const step of ['签收', '出动', '到场', '任务完成']) await pressFocused(page, step);
    await expect(incidentPanel(page).getByRole('listitem').filter({ hasText: '巡1104' })).toContainText('任务完成');
    await pressMove(page, '反馈', 'r');
    await answerDialog(page, '积水已排除');
    await expect(rowIn(page, '无图事件', '反馈')).toBeVisible();

    // Another person verifies; how that looks has its own journey.
    const verifier = await signedInApi(server, 'verifier');
    const incident = new URL(page.url()).searchParams.get('open')?.replace('incident/', '') as never;
    await verifier.incident.move.mutate({ commandId: newId(), incident, command: { move: 'confirm', text: '' } });
    await expect(rowIn(page, '无图事件', '核查')).toBeVisible();
    await pressMove(page, '结案', 'c');
    await answerDialog(page, null);
    await expect(queueRow(page, '无图事件')).toHaveCount(0);

    await page.getByRole('link', { name: '复盘评价' }).click();
    await page.getByRole('link', { name: '无图事件' }).click();
    await expect(page.getByRole('table', { name: '事件日志' })).toContainText('结案');
    await page.goto('/wall');
    await expect(page.getByRole('region', { name: '在办事件' })).toBeVisible();
    expectClean(desk);
  } finally {
    await browser.close();
  }
});
