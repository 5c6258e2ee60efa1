import type { Page } from '@playwright/test';
import { incidentPanel, onTheOther, openFromQueue, openTab, queueRow, rowIn, whenLive } from '../actions/console.ts';
import { filedIncident, newId, signedInApi } from '../fixtures/api.ts';
import { expectClean, operator } from '../fixtures/operator.ts';
import { expect, test } from '../fixtures/test.ts';

/** One red point. */
const photo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
const picture = (name: string) => ({ name, mimeType: 'image/png', buffer: photo });
const note = (page: Page) => incidentPanel(page).getByRole('textbox', { name: '添加记录' });
const log = (page: Page, text: string) => incidentPanel(page).getByRole('listitem').filter({ hasText: text });
const isDrawn = (page: Page, name: string) =>
  expect(incidentPanel(page).getByRole('img', { name }).first()).toHaveJSProperty('naturalWidth', 1, onTheOther);

test('one room: a mention, a file, a drawing, a task shown by a photo and checked by another, a major incident', async ({
  browser,
  server,
}) => {
  test.setTimeout(180_000);
  const title = '隧道口积水需会商';
  const chiefApi = await signedInApi(server, 'chief');
  const incident = await filedIncident(chiefApi, { title, at: [118.79, 32.04] });
  const task = newId();
  const owner = { kind: 'role', id: 'dispatcher' } as const;
  await chiefApi.incident.followUp.mutate({
    commandId: newId(),
    incident: incident as never,
    command: { act: 'addTask', task, title: '确认围挡到位', owner, dueAt: Date.now() + 3_600_000, evidence: true },
  });
  const [one, two] = await Promise.all([operator(browser, server, 'operator1'), operator(browser, server, 'chief')]);
  const [desk, chief] = [one.page, two.page];
  await Promise.all([whenLive(desk), whenLive(chief)]);

  await test.step('a note names the duty chief by the initials of the name', async () => {
    await openFromQueue(desk, title);
    await desk.keyboard.press('t');
    await expect(note(desk)).toBeFocused();
    await desk.keyboard.type('@cjg');
    await expect(desk.getByRole('option', { name: /陈建国/ })).toHaveAttribute('aria-selected', 'true');
    await desk.keyboard.press('Enter');
    await desk.keyboard.type('水位上涨，请指示');
    await desk.keyboard.press('Control+Enter');
    await expect(log(desk, '@陈建国 水位上涨，请指示')).toHaveCount(1);
    await expect(note(desk)).toHaveValue('');
  });

  await test.step('the duty chief is told, and reads it', async () => {
    const mark = chief.getByRole('banner').getByRole('button', { name: '提及我 1' });
    await expect(mark).toBeVisible(onTheOther);
    await mark.click();
    await chief.getByRole('link', { name: /水位上涨，请指示/ }).click();
    await expect(log(chief, '@陈建国 水位上涨，请指示')).toHaveCount(1);
    await expect(mark).toBeHidden();
  });

  await test.step('a picture is kept and shown to the other; a program is not taken', async () => {
    await incidentPanel(desk)
      .getByLabel('添加附件')
      .setInputFiles([
        picture('涵洞.png'),
        { name: '照片.png', mimeType: 'image/png', buffer: Buffer.from('MZ\x90\0\x03\0', 'latin1') },
      ]);
    const sending = incidentPanel(desk).getByRole('list', { name: '正在上传的附件' });
    await expect(sending.getByRole('listitem').filter({ hasText: '涵洞.png' })).toContainText('已保存');
    await expect(sending.getByRole('alert')).toContainText('这种文件不能上传');
    await sending.getByRole('button', { name: '取消 照片.png' }).click();
    await note(desk).fill('涵洞口现状');
    await note(desk).press('Control+Enter');
    await expect(log(chief, '涵洞口现状').getByRole('link', { name: '涵洞.png', exact: true })).toBeVisible(onTheOther);
    await isDrawn(chief, '涵洞.png');
  });

  await test.step('a circle by keys, a point by mouse: the other has both, and takes one away', async () => {
    await incidentPanel(desk).getByRole('button', { name: '标绘', exact: true }).click();
    const pen = incidentPanel(desk).getByRole('group', { name: '标绘工具' });
    await pen.getByRole('radio', { name: '圆' }).click();
    await pen.getByRole('combobox', { name: '含义' }).click();
    await desk.getByRole('option', { name: '危险区' }).click();
    await pen.getByRole('textbox', { name: '说明文字' }).fill('警戒范围');
    await pen.getByRole('combobox', { name: '点位' }).fill('118.79, 32.04');
    await expect(pen.getByRole('option').first()).toContainText('118.79');
    await pen.getByRole('combobox', { name: '点位' }).press('Enter');
    await expect(pen.getByRole('status')).toContainText('已有 1 个点');
    await pen.getByRole('spinbutton', { name: '半径（米）' }).fill('300');
    await desk.keyboard.press('Control+Enter');
    await expect(log(chief, '危险区 · 警戒范围').filter({ hasText: '半径 300' })).toBeVisible(onTheOther);

    await incidentPanel(desk).getByRole('button', { name: '标绘', exact: true }).click();
    await pen.getByRole('textbox', { name: '说明文字' }).fill('指挥点');
    await desk.getByRole('region', { name: /地图/ }).first().click();
    await expect(pen.getByRole('status')).toContainText('已有 1 个点');
    await pen.getByRole('button', { name: '完成标绘' }).click();
    await expect(log(chief, '标注 · 指挥点')).toBeVisible(onTheOther);

    await incidentPanel(chief).getByRole('button', { name: '移除 标注 · 指挥点' }).click();
    await chief.getByRole('dialog').getByRole('button', { name: '移除', exact: true }).click();
    await expect(incidentPanel(desk).getByRole('button', { name: '移除 标注 · 指挥点' })).toHaveCount(0, onTheOther);
  });

  await test.step('the task is done with a photo, and checked by somebody else', async () => {
    await openTab(desk, /任务/);
    await incidentPanel(desk).getByRole('button', { name: '签收', exact: true }).click();
    await incidentPanel(desk).getByRole('button', { name: '办结', exact: true }).click();
    const dialog = desk.getByRole('dialog');
    await dialog.getByRole('button', { name: '确定', exact: true }).click();
    await expect(dialog).toContainText('须填写办理情况或附上照片、文件');
    await dialog.getByLabel('添加附件').setInputFiles(picture('围挡.png'));
    await expect(dialog.getByRole('listitem')).toContainText('已保存');
    await dialog.getByRole('button', { name: '确定', exact: true }).click();
    await expect(dialog).toBeHidden();
    await openTab(chief, /任务/);
    await isDrawn(chief, '围挡.png');
    await incidentPanel(chief).getByRole('button', { name: '核查通过' }).click();
    await chief.getByRole('dialog').getByRole('button', { name: '确定', exact: true }).click();
    await expect(log(desk, '确认围挡到位').getByText('已核查', { exact: true })).toBeVisible(onTheOther);
  });

  await test.step('the duty chief makes it a major incident in place, and the plan calls the departments', async () => {
    await chief.keyboard.press('Shift+U');
    const dialog = chief.getByRole('dialog', { name: '升级为重大事件' });
    await dialog.getByRole('textbox', { name: '升级理由' }).fill('多处积水，人员被困');
    await expect(dialog).toContainText('将通知：');
    await chief.keyboard.press('Control+Enter');
    await expect(dialog).toBeHidden();
    for (const page of [desk, chief]) {
      await expect(
        incidentPanel(page).getByRole('banner').or(incidentPanel(page)).getByText('重大事件', { exact: true }).first(),
      ).toBeVisible(onTheOther);
      await expect(queueRow(page, title)).toContainText('重大事件', onTheOther);
      await expect(rowIn(page, title, '派遣')).toBeVisible(onTheOther);
    }
    await expect(log(chief, '升级为重大事件')).toContainText('多处积水，人员被困');
    const { incident: of } = await chiefApi.incident.get.query({ incident: incident as never });
    expect(of.major?.reason).toBe('多处积水，人员被困');
    expect(of.plan).not.toBeNull();
    expect(of.orders.some((order) => order.target.kind === 'department')).toBe(true);
    await openTab(chief, /力量与指令/);
  });

  expectClean(one, two);
});
