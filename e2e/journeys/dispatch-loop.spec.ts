import {
  incidentPanel,
  onTheOther,
  openByKeyboard,
  openFromQueue,
  queueRow,
  rowIn,
  side,
  whenLive,
} from '../actions/console.ts';
import { answerDialog, chooseUnit, pressFocused, pressMove, send } from '../actions/dispatch.ts';
import { signedInApi } from '../fixtures/api.ts';
import { expectClean, operator } from '../fixtures/operator.ts';
import { callRecord, pushRecords } from '../fixtures/push.ts';
import { openTerminal } from '../fixtures/terminal.ts';
import { expect, test } from '../fixtures/test.ts';

const place = [118.7785, 32.05] as const;
const nearby = [118.7792, 32.0506] as const;
const sent = '巡1102';
const beijing = (at: number): string =>
  new Date(at + 8 * 3_600_000).toISOString().slice(5, 19).replace('T', ' ').replace('-', '/');

test('an SOS and a call become one incident: sent, arrived, reported, verified, closed, each step seen by the other', async ({
  browser,
  server,
}) => {
  test.setTimeout(180_000);
  const [one, two] = await Promise.all([
    operator(browser, server, 'operator1'),
    operator(browser, server, 'operator2'),
  ]);
  const [mouse, keys] = [one.page, two.page];
  await Promise.all([whenLive(mouse), whenLive(keys)]);
  const api = await signedInApi(server, 'chief');
  const terminal = await openTerminal(server, '巡1101');
  const title = '巡1101 紧急求助';

  await test.step('the terminal cries for help; both hear it', async () => {
    terminal.report(place);
    terminal.report(place, true);
    await expect(queueRow(keys, title)).toBeVisible();
    await expect(queueRow(mouse, title)).toBeVisible(onTheOther);
    await expect(keys.getByRole('region', { name: '呼入' })).toBeVisible();
  });

  await test.step('operator 2 files it by keyboard', async () => {
    await openByKeyboard(keys, title);
    await expect(side(keys).getByRole('region', { name: '线索', exact: true })).toBeVisible();
    await keys.keyboard.press('a');
    await expect(rowIn(keys, title, '立案')).toBeVisible();
    await expect(rowIn(mouse, title, '立案')).toBeVisible(onTheOther);
    await expect(incidentPanel(keys)).toBeVisible();
  });

  await test.step('a call about the same place joins it', async () => {
    const call = callRecord({
      number: '110-2026-0001',
      text: '路口有警车求助，车头冒烟',
      place: '珠江路路口',
      at: nearby,
    });
    await pushRecords(server, 'police-110', [call]);
    await expect(queueRow(mouse, '路口有警车求助')).toBeVisible();
    await expect(queueRow(keys, '路口有警车求助')).toBeVisible(onTheOther);
    await openFromQueue(mouse, title);
    await openByKeyboard(keys, '路口有警车求助');
    await expect(side(keys).getByRole('region', { name: '附近可能相同的事件' })).toContainText(title);
    await keys.keyboard.press('j');
    await expect(side(keys).getByRole('button', { name: '打开事件' })).toBeVisible();
    await expect(incidentPanel(mouse).getByRole('heading', { name: '关联线索 2' })).toBeVisible(onTheOther);
    await expect(queueRow(mouse, '路口有警车求助')).toHaveCount(0);
  });

  await test.step('operator 1 sends a unit', async () => {
    await openByKeyboard(keys, title);
    await chooseUnit(mouse, sent);
    await send(mouse);
    await expect(rowIn(mouse, title, '派遣')).toBeVisible();
    await expect(rowIn(keys, title, '派遣')).toBeVisible(onTheOther);
    await keys.keyboard.press('o');
    await expect(incidentPanel(keys).getByRole('listitem').filter({ hasText: sent })).toContainText('已派');
  });

  await test.step('it acknowledges, departs, arrives and is clear', async () => {
    for (const [button, state, step] of [
      ['签收', '签收', '签收'],
      ['出动', '出动', '途中'],
      ['到场', '处置中', '到场'],
    ] as const) {
      await pressFocused(keys, button);
      await expect(rowIn(keys, title, state)).toBeVisible();
      await expect(rowIn(mouse, title, state)).toBeVisible(onTheOther);
      await expect(incidentPanel(keys).getByRole('listitem').filter({ hasText: sent })).toContainText(step);
    }
    await pressFocused(keys, '任务完成');
    await expect(incidentPanel(keys).getByRole('listitem').filter({ hasText: sent })).toContainText('任务完成');
  });

  const incident = decodeURIComponent(new URL(keys.url()).searchParams.get('open') ?? '').replace('incident/', '');

  await test.step('reported, by keyboard', async () => {
    await pressMove(keys, '反馈', 'r');
    await answerDialog(keys, '车辆已拖离，无人受伤');
    await expect(rowIn(keys, title, '反馈')).toBeVisible();
    await expect(rowIn(mouse, title, '反馈')).toBeVisible(onTheOther);
  });

  await test.step('verified by another person', async () => {
    const verifier = await operator(browser, server, 'verifier', { to: `/?open=incident/${incident}` });
    await pressMove(verifier.page, '核查通过', 'v');
    await answerDialog(verifier.page, '现场核实无误');
    await expect(rowIn(verifier.page, title, '核查')).toBeVisible();
    await expect(rowIn(mouse, title, '核查')).toBeVisible(onTheOther);
    await expect(rowIn(keys, title, '核查')).toBeVisible(onTheOther);
    expectClean(verifier);
    await verifier.context.close();
  });

  const chief = await operator(browser, server, 'chief', { to: `/?open=incident/${incident}` });
  await test.step('closed by the chief', async () => {
    await pressMove(chief.page, '结案', 'c');
    await answerDialog(chief.page, null);
    await expect(queueRow(chief.page, title)).toHaveCount(0);
    await expect(queueRow(mouse, title)).toHaveCount(0, onTheOther);
    await expect(queueRow(keys, title)).toHaveCount(0, onTheOther);
  });

  await test.step('the review shows the clocks of the log', async () => {
    const { page } = chief;
    const { incident: of } = await api.incident.get.query({ incident: incident as never });
    const entries = await api.incident.timeline.query({ incident: incident as never });
    await page.goto(`/review/${incident}`);
    const log = page.getByRole('table', { name: '事件日志' });
    await expect(log.getByRole('row')).toHaveCount(entries.length + 1);
    for (const [index, entry] of entries.entries())
      await expect(log.getByRole('row').nth(index + 1)).toContainText(beijing(entry.recordedAt).slice(6));
    await page.getByRole('tab', { name: '时钟' }).click();
    const clocks = page.getByRole('table', { name: '各时钟' });
    const { clocks: read } = of.cycles[0]!;
    for (const name of ['T0', 'T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T8', 'T9', 'T10'] as const) {
      const at = read[name];
      expect(at, name).toEqual(expect.any(Number));
      await expect(clocks.getByRole('row').filter({ has: page.getByText(name, { exact: true }) })).toContainText(
        beijing(at as number),
      );
    }
    // The same moments stand in the log: every clock that a step stamped is the time of an entry.
    const logged = new Set(entries.map((entry) => entry.recordedAt));
    for (const name of ['T2', 'T3', 'T8', 'T9', 'T10'] as const)
      expect(
        [...logged].some((at) => Math.abs(at - (read[name] as number)) < 1_000),
        name,
      ).toBe(true);
  });
  terminal.close();
  expectClean(one, two, chief);
  await Promise.all([one, two, chief].map(({ context }) => context.close()));
});
