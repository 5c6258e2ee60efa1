import { dispatchableCount, roster } from '../../sim/roster.ts';
import { incidentPanel, openFromQueue, openTab, side, whenLive } from '../actions/console.ts';
import { send } from '../actions/dispatch.ts';
import { filedIncident, signedInApi } from '../fixtures/api.ts';
import { expectClean, operator } from '../fixtures/operator.ts';
import { openTerminal } from '../fixtures/terminal.ts';
import { expect, test } from '../fixtures/test.ts';

const place = [118.78, 32.05] as const;
const plan = '城市内涝处置预案';

/** The nearest of each kind that the weaker level asks for, and some for the stronger one. */
const reporting = (kind: string, count: number) =>
  roster(0, dispatchableCount)
    .filter((one) => one.kind === kind && one.link !== 'push')
    .slice(0, count)
    .map((one) => one.callSign);

test('a plan is started: its orders and tasks appear, recommended units go, a raise adds the difference only', async ({
  browser,
  server,
}) => {
  test.setTimeout(180_000);
  const api = await signedInApi(server, 'chief');
  const title = '下关路口积水';
  const incident = await filedIncident(api, { title, at: place });
  const cars = reporting('patrol-car', 3);
  for (const [index, callSign] of cars.entries()) {
    const terminal = await openTerminal(server, callSign);
    terminal.report([place[0] + index / 200, place[1]]);
    terminal.close();
  }
  const desk = await operator(browser, server, 'operator1');
  const { page } = desk;
  await whenLive(page);
  await openFromQueue(page, title);
  const read = async () => (await api.incident.get.query({ incident: incident as never })).incident;

  await test.step('the plan that fits is proposed, and started', async () => {
    await openTab(page, /^任务/);
    const section = incidentPanel(page).getByRole('region', { name: '预案', exact: true });
    await expect(section.getByText(plan)).toBeVisible();
    await section.getByRole('button', { name: '启动', exact: true }).click();
    await expect(section.getByRole('button', { name: '升至三级响应' })).toBeVisible();
    const of = await read();
    expect(of.plan).toMatchObject({ plan: 'waterlogging', level: 4 });
    expect(of.orders.map((order) => order.target.id).sort()).toEqual(['police', 'water']);
    for (const task of of.tasks) await expect(incidentPanel(page).getByText(task.title).first()).toBeVisible();
  });

  await test.step('the recommended unit is chosen already, with its reason, and what is short is said first', async () => {
    await incidentPanel(page).getByRole('button', { name: '派遣', exact: true }).click();
    const picker = side(page).getByRole('region', { name: '派遣力量' });
    const chosen = picker.getByRole('option', { selected: true });
    await expect(chosen).toHaveCount(1);
    await expect(chosen).toContainText(cars[0]!);
    await expect(chosen).toContainText('推荐');
    await expect(chosen).toContainText('未核实');
    // Nobody knows where the pump trucks are: none is recommended.
    await expect(picker.getByRole('list', { name: '力量缺口' })).toContainText('排水车 缺 1');
    await expect(picker.getByRole('region', { name: '派出后的覆盖' })).toContainText('巡逻车');
    await send(page);
    await expect.poll(async () => (await read()).assignments.length).toBe(1);
  });

  await test.step('raised, it asks for the difference only', async () => {
    const before = await read();
    await openTab(page, /^任务/);
    await incidentPanel(page).getByRole('button', { name: '升至三级响应' }).click();
    await expect.poll(async () => (await read()).plan?.level).toBe(3);
    const after = await read();
    const added = after.orders.slice(before.orders.length).map((order) => order.target.id);
    expect(added.sort()).toEqual(['fire', 'transport', 'urban-management']);
    expect(after.tasks.slice(0, before.tasks.length).map((task) => task.id)).toEqual(
      before.tasks.map((task) => task.id),
    );
    expect(new Set(after.tasks.map((task) => task.from?.task)).size).toBe(after.tasks.length);
    // One car is there; the level wants two.
    await expect
      .poll(async () => {
        const { picks } = await api.unit.recommend.query({ incidents: [incident as never] });
        return picks.filter((pick) => pick.kind === 'patrol-car').map((pick) => pick.callSign);
      })
      .toEqual([cars[1]]);
  });

  await test.step('the unit is moved to another incident in one step', async () => {
    const other = '另一处积水';
    const target = await filedIncident(api, { title: other, at: [118.8, 32.06] });
    await openTab(page, /^力量与指令/);
    const row = incidentPanel(page).getByRole('listitem').filter({ hasText: cars[0]! });
    await row.getByRole('button', { name: `${cars[0]} 的更多操作` }).click();
    await page.getByRole('menuitem', { name: '改派到…' }).click();
    const dialog = page.getByRole('dialog', { name: `改派 ${cars[0]}` });
    await dialog.getByRole('searchbox').fill(other);
    await dialog.getByRole('option').filter({ hasText: other }).click();
    await page.keyboard.press('Control+Enter');
    await expect(dialog).toBeHidden();
    await expect(row).toContainText('已改派');
    const moved = (await api.incident.get.query({ incident: target as never })).incident;
    expect(moved.assignments).toMatchObject([{ callSign: cars[0], state: 'assigned' }]);
  });
  expectClean(desk);
  await desk.context.close();
});

test('a plan is changed by two people: the second is shown what the first made of it', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const chief = await operator(browser, server, 'chief', { to: '/plans?plan=lift-entrapment' });
  const { page } = chief;
  const api = await signedInApi(server, 'chief');
  await expect(page.getByRole('heading', { level: 2 })).toBeVisible();
  await page.getByRole('button', { name: '修改', exact: true }).click();
  const editor = page.getByRole('region', { name: '修改预案' });
  const name = editor.getByRole('textbox', { name: '名称（中文）' });
  await name.fill('电梯困人处置预案（甲）');
  const [held] = (await api.plan.list.query()).filter((one) => one.id === 'lift-entrapment');
  const { version, changed: _changed, ...given } = held!;
  await api.plan.set.mutate({ commandId: crypto.randomUUID(), plan: { ...given, priority: 'P3' }, version });
  const conflict = editor.getByRole('alert', { name: '版本冲突' });
  await expect(conflict).toContainText('最低优先级');
  await page.keyboard.press('Control+Enter');
  await expect(editor).toBeVisible();
  await conflict.getByRole('button', { name: '保留我的修改并覆盖' }).click();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('article', { name: '电梯困人处置预案（甲）' })).toBeVisible();
  await page.getByRole('button', { name: '版本', exact: true }).click();
  const versions = page.getByRole('dialog').getByRole('list', { name: '版本' }).locator('> li');
  await expect(versions).toHaveCount(3);
  await expect(versions.first()).toContainText('电梯困人处置预案（甲）');
  expectClean(chief);
  await chief.context.close();
});
