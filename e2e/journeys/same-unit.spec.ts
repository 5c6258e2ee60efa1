import { incidentPanel, notices, openFromQueue, rowIn, whenLive } from '../actions/console.ts';
import { chooseUnit, send } from '../actions/dispatch.ts';
import { filedIncident, signedInApi } from '../fixtures/api.ts';
import { expectClean, operator } from '../fixtures/operator.ts';
import { expect, test } from '../fixtures/test.ts';

const unit = '巡1103';

test('two operators send the same unit at once: one wins, the other reads by whom', async ({ browser, server }) => {
  const api = await signedInApi(server, 'chief');
  const titles = ['同一力量甲', '同一力量乙'] as const;
  for (const [index, title] of titles.entries()) await filedIncident(api, { title, at: [118.75 + index / 100, 32.02] });
  const desks = await Promise.all([operator(browser, server, 'operator1'), operator(browser, server, 'operator2')]);
  await Promise.all(desks.map(({ page }) => whenLive(page)));
  for (const [index, { page }] of desks.entries()) await openFromQueue(page, titles[index]!);
  for (const { page } of desks) await chooseUnit(page, unit);
  // Both orders are under way before the server has seen either: neither screen can have heard of the other.
  let open: () => void = () => undefined;
  const gate = new Promise<void>((done) => {
    open = done;
  });
  const asked = desks.map(({ page }) => page.waitForRequest(/incident\.send/));
  for (const { page } of desks)
    await page.route(/incident\.send/, async (route) => {
      await gate;
      await route.continue();
    });
  for (const { page } of desks) await send(page);
  await Promise.all(asked);
  open();

  const refused = desks.map(({ page }) => notices(page).getByText(/未执行：.+ 已先一步/));
  await expect.poll(async () => (await Promise.all(refused.map((one) => one.count()))).reduce((a, b) => a + b)).toBe(1);
  const loser = (await refused[0]!.count()) === 1 ? 0 : 1;
  const winner = loser === 0 ? 1 : 0;
  const names = ['王敏', '李强'];
  await expect(refused[loser]!).toHaveText(`未执行：${names[winner]} 已先一步`);
  await expect(notices(desks[loser]!.page)).toContainText(unit);
  await expect(rowIn(desks[loser]!.page, titles[winner]!, '派遣')).toBeVisible();
  await expect(rowIn(desks[winner]!.page, titles[loser]!, '立案')).toBeVisible();

  const incidents = await api.incident.list.query({ live: true });
  const held = incidents.flatMap((one) => one.assignments).filter((one) => one.callSign === unit);
  expect(held).toHaveLength(1);
  await expect(incidentPanel(desks[winner]!.page).getByRole('tab', { name: '力量与指令 1' })).toBeVisible();
  expectClean(...desks);
  await Promise.all(desks.map(({ context }) => context.close()));
});
