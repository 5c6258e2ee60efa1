import type { Page } from '@playwright/test';
import { incidentPanel, onTheOther, openFromQueue, side, whenLive } from '../actions/console.ts';
import { filedIncident, signedInApi } from '../fixtures/api.ts';
import { expectClean, operator } from '../fixtures/operator.ts';
import { expect, test } from '../fixtures/test.ts';

const form = (page: Page) => side(page).getByRole('form', { name: '修改事件信息' });
const notice = (page: Page) => form(page).getByRole('alert', { name: '他人同时修改' });
const field = (page: Page, name: string) => form(page).getByRole('textbox', { name, exact: true });
const pickKind = async (page: Page, code: string) => {
  await form(page).getByRole('combobox', { name: '事件类型' }).fill(code);
  await page.keyboard.press('Enter');
};

async function edit(page: Page, title: string): Promise<void> {
  await openFromQueue(page, title);
  await expect(incidentPanel(page)).toBeVisible();
  await page.keyboard.press('m');
  await expect(form(page)).toBeVisible();
}

test('what another operator saves shows at once in the open form, and words of both can be kept', async ({
  browser,
  server,
}) => {
  const api = await signedInApi(server, 'chief');
  const id = await filedIncident(api, { title: '两人同改甲', text: '路口积水' });
  const desks = await Promise.all([operator(browser, server, 'operator1'), operator(browser, server, 'operator2')]);
  const [first, second] = [desks[0]!.page, desks[1]!.page];
  await Promise.all([whenLive(first), whenLive(second)]);
  await edit(first, '两人同改甲');
  await edit(second, '两人同改甲');

  await field(second, '情况描述').fill('路口积水\n水深半米');
  await field(first, '标题').fill('两人同改甲：两车被困');
  await first.keyboard.press('Control+Enter');
  await expect(form(first)).toBeHidden();
  await expect(notice(second)).toContainText(/标题已由王敏（.+）修改，表单已更新/, onTheOther);
  await expect(field(second, '标题')).toHaveValue('两人同改甲：两车被困');
  await expect(field(second, '情况描述')).toHaveValue('路口积水\n水深半米');

  await first.keyboard.press('m');
  await field(first, '情况描述').fill('路口积水\n两车被困');
  await first.keyboard.press('Control+Enter');
  await expect(form(first)).toBeHidden();
  await expect(notice(second)).toContainText('请选择后再保存', onTheOther);
  await expect(notice(second)).toContainText('王敏');
  await expect(notice(second)).toContainText('两车被困');
  await second.keyboard.press('Control+Enter');
  await expect(form(second)).toBeVisible();
  await second.keyboard.press('Alt+b');
  await expect(field(second, '情况描述')).toHaveValue(/两车被困\n— .+ —\n路口积水\n水深半米/);
  await second.keyboard.press('Control+Enter');
  await expect(form(second)).toBeHidden();
  const { incident } = await api.incident.get.query({ incident: id as never });
  expect(incident.title).toBe('两人同改甲：两车被困');
  expect(incident.text).toContain('两车被困');
  expect(incident.text).toContain('水深半米');
  expectClean(...desks);
  await Promise.all(desks.map(({ context }) => context.close()));
});

test('every field at the same moment: one is saved, the other is told of each field and chooses', async ({
  browser,
  server,
}) => {
  const api = await signedInApi(server, 'chief');
  const id = await filedIncident(api, { title: '两人同改乙', text: '原话' });
  const desks = await Promise.all([operator(browser, server, 'operator1'), operator(browser, server, 'operator2')]);
  await Promise.all(desks.map(({ page }) => whenLive(page)));
  for (const { page } of desks) await edit(page, '两人同改乙');
  const written = [
    { title: '标题一', text: '话一', place: '地点一', kind: 'jzhz', priority: 'P1' },
    { title: '标题二', text: '话二', place: '地点二', kind: 'rqxl', priority: 'P3' },
  ];
  for (const [index, { page }] of desks.entries()) {
    const mine = written[index]!;
    await field(page, '标题').fill(mine.title);
    await field(page, '情况描述').fill(mine.text);
    await form(page).getByRole('combobox', { name: '地点' }).fill(mine.place);
    await pickKind(page, mine.kind);
    await form(page).getByRole('radio', { name: mine.priority, exact: true }).click();
  }
  let open: () => void = () => undefined;
  const gate = new Promise<void>((done) => {
    open = done;
  });
  const asked = desks.map(({ page }) => page.waitForRequest(/incident\.move/));
  for (const { page } of desks)
    await page.route(/incident\.move/, async (route) => {
      await gate;
      await route.continue();
    });
  for (const { page } of desks) await page.keyboard.press('Control+Enter');
  await Promise.all(asked);
  open();

  const closed = async () => (await Promise.all(desks.map(({ page }) => form(page).isHidden()))).filter(Boolean).length;
  await expect.poll(closed).toBe(1);
  const loser = (await form(desks[0]!.page).isVisible()) ? 0 : 1;
  const { page } = desks[loser]!;
  const [mine, theirs] = [written[loser]!, written[1 - loser]!];
  for (const name of ['标题', '情况描述', '地点', '事件类型', '优先级'])
    await expect(notice(page).getByRole('group', { name })).toContainText(['王敏', '李强'][1 - loser]!);
  const choose = (name: string, choice: string) =>
    notice(page).getByRole('group', { name }).getByRole('button', { name: choice }).click();
  await choose('标题', '用我的');
  await choose('情况描述', '两者都留');
  await choose('地点', '用对方的');
  await choose('事件类型', '用对方的');
  await choose('优先级', '用我的');
  await expect(notice(page)).toBeHidden();
  await page.keyboard.press('Control+Enter');
  await expect(form(page)).toBeHidden();
  const { incident } = await api.incident.get.query({ incident: id as never });
  expect(incident).toMatchObject({ title: mine.title, priority: mine.priority, place: { text: theirs.place } });
  expect(incident.kind).toBe(theirs.kind === 'jzhz' ? 'statutory.fire.building' : 'statutory.gas.leak');
  expect(incident.text).toContain(mine.text);
  expect(incident.text).toContain(theirs.text);
  expectClean(...desks);
  await Promise.all(desks.map(({ context }) => context.close()));
});
