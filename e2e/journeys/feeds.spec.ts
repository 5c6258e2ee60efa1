import { whenLive } from '../actions/console.ts';
import { enter } from '../fixtures/operator.ts';
import { pushBody } from '../fixtures/push.ts';
import { openTerminal } from '../fixtures/terminal.ts';
import { expect, test } from '../fixtures/test.ts';

test('a refused message is in quarantine with its reason and can be decoded again; the feed goes on', async ({
  context,
  page,
  server,
  watched: _,
}) => {
  await enter(context, server, 'admin');
  await page.goto('/feeds');
  await whenLive(page);
  const terminal = await openTerminal(server, '急0701');
  // A whole frame whose check byte is wrong, then one that is right.
  terminal.raw(Buffer.from('7e0002000001440000000300010000ff7e', 'hex'));
  terminal.report([118.78, 32.05]);
  const answer = await pushBody(server, 'urban-12345', '{"profile":"one-network-push/1","records":[{"kind":"case"');
  expect(answer.status).toBe(400);

  const rows = page.getByRole('table', { name: '数据接入' }).getByRole('row');
  const vehicles = rows.filter({ hasText: '交通车载终端' });
  await expect(vehicles).toContainText('在线');
  await expect(vehicles).toContainText(/待查 \d/);
  await vehicles.getByRole('button').click();
  const drawer = page.getByRole('complementary', { name: /交通车载终端/ });
  await drawer.getByRole('tab', { name: '最近记录' }).click();
  await expect(drawer).toContainText('位置');
  await drawer.getByRole('tab', { name: /^隔离 \d/ }).click();
  const held = drawer.getByRole('listitem').filter({ hasText: '校验码不符' }).first();
  await held.getByText('校验码不符').first().click();
  await expect(held).toContainText('7e000200');
  await held.getByRole('button', { name: '重新解码' }).click();
  await expect(held.getByRole('status')).toContainText('仍被拒收：校验码不符');

  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await rows.filter({ hasText: '12345 热线' }).getByRole('button').click();
  const cases = page.getByRole('complementary', { name: /12345 热线/ });
  await cases.getByRole('tab', { name: /^隔离 \d/ }).click();
  await expect(cases.getByRole('listitem').filter({ hasText: '报文不完整' }).first()).toBeVisible();
  terminal.close();
});
