import { randomUUID } from 'node:crypto';
import { batchBody, envelope, type ReadingRecord } from '../../sim/push/record.ts';
import { whenLive } from '../actions/console.ts';
import { enter } from '../fixtures/operator.ts';
import { expect, test } from '../fixtures/test.ts';

const body = (): string =>
  batchBody([
    {
      kind: 'reading',
      ...envelope({ scheme: 'water-level', key: '试验令牌站' }, Date.now(), {
        at: [118.8, 32],
        dedupeKey: randomUUID(),
      }),
      ...{ property: 'waterLevel', statistic: 'instant', intervalS: null, unit: 'm', limit: null },
      ...{ value: 1, rawValue: 1, rawUnit: 'm' },
    } satisfies ReadingRecord,
  ]);

test('an administrator issues a token for one source, shown once, and takes it back', async ({
  context,
  page,
  server,
  watched: _,
}) => {
  const push = (token: string) =>
    fetch(`http://127.0.0.1:${server.ports.push}/v1/push`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: body(),
    }).then(({ status }) => status);

  await enter(context, server, 'admin');
  await page.goto('/accounts');
  await whenLive(page);
  await page.getByRole('button', { name: '数据源令牌' }).click();
  const dialog = page.getByRole('dialog', { name: '数据源令牌' });
  const issue = dialog.getByRole('button', { name: '签发' });
  await expect(issue).toBeDisabled();
  await dialog.getByRole('combobox', { name: '数据源' }).click();
  await page.getByRole('option', { name: /water-level/ }).click();
  await dialog.getByLabel('用于（系统名称）').fill('水务监测平台');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('status')).toContainText('之后无法再看到');
  const token = await dialog.getByRole('status').locator('code').innerText();
  expect(token.length).toBeGreaterThan(30);
  const row = dialog.getByRole('row').filter({ hasText: '水务监测平台' });
  await expect(row).toContainText('水务');
  expect(await push(token)).toBe(200);

  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: '数据源令牌' }).click();
  await expect(dialog.getByText(token)).toHaveCount(0);
  await dialog.getByRole('button', { name: /^撤销 water-level 水务监测平台/ }).click();
  await expect(row).toHaveCount(0);
  await expect.poll(() => push(token)).toBe(401);
});
