import { onTheOther, whenLive } from '../actions/console.ts';
import { expectClean, operator } from '../fixtures/operator.ts';
import { expect, test } from '../fixtures/test.ts';

test('a liaison checks in, steps away, comes back and leaves: desk and wall follow', async ({ browser, server }) => {
  const liaison = await operator(browser, server, 'liaison-water', { to: '/stationing' });
  const desk = await operator(browser, server, 'operator1');
  const wall = await operator(browser, server, 'wall', { to: '/wall', viewport: { width: 1920, height: 1080 } });
  await whenLive(desk.page);
  await whenLive(liaison.page);
  const seat = liaison.page.getByRole('region', { name: '我的席位' });
  const atDesk = desk.page.getByRole('region', { name: '部门进驻' }).getByRole('listitem').filter({ hasText: '水务' });
  const atWall = wall.page.getByRole('region', { name: '进驻部门' });
  const cards = liaison.page.getByRole('listitem').filter({ has: liaison.page.getByRole('heading', { name: '水务' }) });
  await expect(seat).toContainText('您尚未签到');
  await expect(atDesk).toContainText('空席');
  // Somebody of another department may be present already.
  await expect(atWall).toContainText(/在席 \d+\/10/);
  const others = Number(/在席 (\d+)\/10/.exec(await atWall.innerText())?.[1]);
  const without = `在席 ${others}/10`;
  const withOurs = `在席 ${others + 1}/10`;

  await liaison.page.keyboard.press('c');
  await expect(seat).toContainText('郑江');
  await expect(atDesk).toContainText('在席', onTheOther);
  await expect(atWall).toContainText(withOurs, onTheOther);
  await expect(cards).toContainText('郑江');

  // The record is on the screen before the command is acknowledged; keys wait for that, as the buttons do.
  const ready = (name: RegExp) => expect(seat.getByRole('button', { name }).first()).toBeEnabled();
  await ready(/暂离/);
  await liaison.page.keyboard.press('w');
  const away = liaison.page.getByRole('dialog', { name: '暂离席位' });
  await away.getByLabel('备注（可不填）').fill('到现场看水位');
  await liaison.page.keyboard.press('Control+Enter');
  await expect(away).toBeHidden();
  await expect(atDesk).toContainText('暂离', onTheOther);
  await expect(atWall).toContainText(without, onTheOther);
  await expect(cards).toContainText('到现场看水位');

  await ready(/返席/);
  await liaison.page.keyboard.press('b');
  await expect(atDesk).toContainText('在席', onTheOther);
  await expect(atWall).toContainText(withOurs, onTheOther);

  await ready(/签退/);
  await liaison.page.keyboard.press('x');
  await liaison.page.getByRole('dialog', { name: '签退' }).getByRole('button', { name: '签退', exact: true }).click();
  await expect(atDesk).toContainText('空席', onTheOther);
  await expect(liaison.page.getByRole('complementary', { name: '席位与变动' })).toContainText('郑江 办理签退');
  expectClean(liaison, desk, wall);
  await Promise.all([liaison, desk, wall].map(({ context }) => context.close()));
});
