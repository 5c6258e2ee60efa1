import type { CDPSession, Page } from '@playwright/test';
import { incidentPanel, queueRow, side, whenLive } from '../actions/console.ts';
import { filedIncident, signedInApi } from '../fixtures/api.ts';
import { enter } from '../fixtures/operator.ts';
import { expect, test } from '../fixtures/test.ts';

const form = (page: Page) => side(page).getByRole('form', { name: '新建事件' });
const story = (page: Page) => form(page).getByLabel('情况描述');
const bar = (page: Page) => page.getByRole('region', { name: '命令栏' });
const line = (page: Page) => bar(page).getByRole('textbox', { name: '命令栏' });
const said = (page: Page) => bar(page).getByRole('status');

/** Keys that would do something on this screen if the input method did not have them. */
const stray = [
  { key: 'n', code: 'KeyN', windowsVirtualKeyCode: 78, modifiers: 0 },
  { key: 'a', code: 'KeyA', windowsVirtualKeyCode: 65, modifiers: 0 },
  { key: '?', code: 'Slash', windowsVirtualKeyCode: 191, modifiers: 8 },
  { key: 'k', code: 'KeyK', windowsVirtualKeyCode: 75, modifiers: 2 },
  { key: 'Escape', code: 'Escape', windowsVirtualKeyCode: 27, modifiers: 0 },
  { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, modifiers: 2 },
  { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, modifiers: 0 },
  { key: 'Process', code: 'KeyD', windowsVirtualKeyCode: 229, modifiers: 0 },
] as const;

const press = (input: CDPSession, key: (typeof stray)[number]) =>
  input.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key });
const compose = (input: CDPSession, text: string) =>
  input.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });

/** Spelled, with stray keys meanwhile, and taken: as a person writes Chinese. */
async function write(input: CDPSession, spelled: string, text: string): Promise<void> {
  await compose(input, spelled);
  for (const key of stray) await press(input, key);
  await input.send('Input.insertText', { text });
}

/** Whoever sits here has no mouse; what is pressed besides text is counted. */
async function withoutMouse(page: Page) {
  let control = 0;
  await page.addInitScript(() => {
    Object.assign(window, { pointers: 0 });
    addEventListener(
      'pointerdown',
      () => Object.assign(window, { pointers: (window as never as { pointers: number }).pointers + 1 }),
      true,
    );
  });
  return {
    press: async (key: string) => {
      control += 1;
      await page.keyboard.press(key);
    },
    count: () => control,
    pointers: () => page.evaluate(() => (window as never as { pointers: number }).pointers),
  };
}

test.beforeEach(async ({ context, server, watched: _ }) => {
  await enter(context, server, 'operator1');
});

test('a whole call without a mouse, written by an input method: first dispatch within 12 control keys', async ({
  page,
  context,
}) => {
  const desk = await withoutMouse(page);
  await page.goto('/');
  await whenLive(page);
  const input = await context.newCDPSession(page);
  await desk.press('n');
  await expect(story(page)).toBeFocused();
  await write(input, "jian'zhu'huo'zai", '三层民房起火，有人被困（无鼠标）');
  const place = form(page).getByRole('combobox', { name: '地点' });
  for (let tabs = 0; tabs < 6 && !(await place.evaluate((of) => of === document.activeElement)); tabs += 1)
    await desk.press('Tab');
  await expect(place).toBeFocused();
  await page.keyboard.type('fzmjd');
  await expect(
    form(page)
      .getByRole('listbox', { name: '地点' })
      .getByRole('option', { name: /^夫子庙街道/ }),
  ).toBeVisible();
  await desk.press('Enter');
  await expect(place).toHaveValue(/夫子庙街道/);
  const kind = form(page).getByRole('combobox', { name: '事件类型' });
  for (let tabs = 0; tabs < 6 && !(await kind.evaluate((of) => of === document.activeElement)); tabs += 1)
    await desk.press('Tab');
  await page.keyboard.type('jzhz');
  await desk.press('Enter');
  await desk.press('Control+Enter');
  await expect(incidentPanel(page)).toContainText('三层民房起火');
  await desk.press('Control+k');
  await expect(line(page)).toBeFocused();
  await write(input, 'pai', '派 消0401 ');
  await page.keyboard.type('xf0301');
  await expect(said(page)).toContainText(/派遣 消0[34]01、消0[34]01 → \d{8}-\d{4}/);
  await expect(said(page)).toContainText('事件取自当前打开的内容');
  // What a record has just changed under the hand is read again before Enter counts.
  await expect(async () => {
    await desk.press('Enter');
    await expect(line(page)).toHaveValue('', { timeout: 1_000 });
  }).toPass();
  await expect(page.getByText(/^已执行：派遣/)).toBeVisible();
  const count = desk.count();
  test.info().annotations.push({ type: 'control keys to the first dispatch', description: String(count) });
  expect(count).toBeLessThanOrEqual(12);
  await expect(queueRow(page, '建筑火灾')).toContainText('力量 2');
  // And the rest of the call, in the same line.
  for (const [typed, preview] of [
    ['签收 消0401', '签收 消0401 →'],
    ['到场 消0401', '到场 消0401 →'],
    ['记：家属已在楼下', '记录'],
    ['定级 III', '定级'],
  ] as const) {
    await page.keyboard.type(typed);
    await expect(said(page)).toContainText(preview);
    await expect(async () => {
      await desk.press('Enter');
      await expect(line(page)).toHaveValue('', { timeout: 1_000 });
    }).toPass();
    await expect(page.getByText(new RegExp(`^已执行：${preview.split(' ')[0]}`))).toBeVisible();
  }
  await expect(queueRow(page, '建筑火灾')).toContainText('处置中');
  await page.keyboard.type('撤销');
  await expect(said(page)).toContainText('撤销：定级');
  await desk.press('Enter');
  await expect(page.getByText(/^已撤销：定级/)).toBeVisible();
  await desk.press('ArrowUp');
  await expect(line(page)).toHaveValue('撤销');
  expect(await desk.pointers()).toBe(0);
});

test('1,000 composed characters fire no shortcut, in the story and in the command bar', async ({ page, context }) => {
  test.setTimeout(180_000);
  await page.goto('/');
  await whenLive(page);
  const input = await context.newCDPSession(page);
  await page.keyboard.press('n');
  await expect(story(page)).toBeFocused();
  const address = page.url();
  const text = '应天大街下穿通道积水三车被困水深约六十厘米有人';
  for (let index = 0; index < 1_000; index += 1) {
    await compose(input, text[index % text.length] as string);
    await press(input, stray[index % stray.length] as (typeof stray)[number]);
    if (index % 10 === 9) await input.send('Input.insertText', { text: text[index % text.length] as string });
  }
  await expect(form(page)).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(bar(page)).toHaveCount(0);
  await expect(incidentPanel(page)).toHaveCount(0);
  expect(page.url()).toBe(address);
  expect((await story(page).inputValue()).length).toBeGreaterThanOrEqual(100);
  await page.keyboard.press('Control+k');
  await compose(input, 'xinjian');
  for (const key of stray) await press(input, key);
  await expect(bar(page)).toBeVisible();
  await expect(line(page)).toHaveValue('xinjian');
  await form(page).getByRole('button', { name: '取消' }).click();
});

test('what is ambiguous is asked, what may not be done is said, and neither is carried out', async ({
  page,
  server,
}) => {
  const api = await signedInApi(server, 'chief');
  const incident = await filedIncident(api, { title: '命令栏测试积水' });
  await page.goto(`/?open=incident/${incident}`);
  await whenLive(page);
  await expect(incidentPanel(page)).toContainText('命令栏测试积水');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('派 0401');
  await expect(said(page)).toContainText('有几种意思');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^已执行/)).toHaveCount(0);
  await page.keyboard.press('1');
  await expect(said(page)).toContainText('派遣');
  await line(page).fill('结案 误报');
  await expect(said(page)).toContainText('不能执行');
  await page.keyboard.press('Enter');
  await expect(line(page)).toHaveValue('结案 误报');
  await line(page).fill('派 消9999');
  await expect(said(page)).toContainText('不认识“消9999”');
  await page.keyboard.press('Enter');
  const { incident: of } = await api.incident.get.query({ incident: incident as never });
  expect(of.state).toBe('filed');
  expect(of.orders).toEqual([]);
});

test('a key of one’s own works at once and after a reload; a taken one is said', async ({ page }) => {
  await page.goto('/');
  await whenLive(page);
  await page.keyboard.press('Shift+?');
  const help = page.getByRole('dialog');
  const change = help.getByRole('button', { name: '更改按键：新建事件' });
  await change.click();
  await page.keyboard.press('q');
  await expect(help.getByText('Q 已用于“到待办队列”，再按一次则互换')).toBeVisible();
  await page.keyboard.press('g');
  await expect(help.getByRole('button', { name: '恢复默认按键：新建事件' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.reload();
  await whenLive(page);
  await page.keyboard.press('n');
  await expect(form(page)).toHaveCount(0);
  await page.keyboard.press('g');
  await expect(form(page)).toBeVisible();
  await form(page).getByRole('button', { name: '取消' }).click();
});
