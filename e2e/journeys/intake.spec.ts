import type { Page } from '@playwright/test';
import { incidentPanel, side, whenLive } from '../actions/console.ts';
import { enter } from '../fixtures/operator.ts';
import { expect, test } from '../fixtures/test.ts';

const form = (page: Page) => side(page).getByRole('form', { name: '新建事件' });
const story = (page: Page) => form(page).getByLabel('情况描述');
const place = (page: Page) => form(page).getByRole('combobox', { name: '地点' });
const kind = (page: Page) => form(page).getByRole('combobox', { name: '事件类型' });
const suggestions = (page: Page) => form(page).getByRole('region', { name: '建议' });
const card = (page: Page) => form(page).getByRole('region', { name: '询问卡' });

test.beforeEach(async ({ context, page, server, watched: _ }) => {
  await enter(context, server, 'operator1');
  await page.goto('/');
  await whenLive(page);
});

test('the story proposes place, kind and grade; each is taken by a key, and none by itself', async ({ page }) => {
  await page.keyboard.press('n');
  await story(page).fill('夫子庙大成殿旁着火了，3人死亡');
  await expect(suggestions(page).getByRole('button', { name: /^夫子庙/ })).toBeVisible();
  await expect(suggestions(page).getByRole('button', { name: /^建筑火灾/ })).toBeVisible();
  await expect(suggestions(page)).toContainText('建议定级：');
  await expect(suggestions(page)).toContainText('第493号');
  await expect(place(page)).toHaveValue('');
  await expect(kind(page)).toHaveValue('');
  const keyOf = async (name: RegExp) =>
    /Alt\+(\d)/.exec(await suggestions(page).getByRole('button', { name }).innerText())![1]!;
  await page.keyboard.press(`Alt+${await keyOf(/^夫子庙/)}`);
  await expect(place(page)).toHaveValue(/夫子庙/);
  await page.keyboard.press(`Alt+${await keyOf(/^建筑火灾/)}`);
  await expect(kind(page)).toHaveValue('建筑火灾');
  // What was chosen stays, whatever is told after it.
  await story(page).fill('夫子庙大成殿旁着火了，3人死亡；新街口那边电梯困人');
  await expect(suggestions(page).getByRole('button', { name: /^电梯困人/ })).toHaveCount(0);
  await expect(kind(page)).toHaveValue('建筑火灾');
  await expect(place(page)).toHaveValue(/夫子庙/);
  await page.keyboard.press('Control+Enter');
  await expect(incidentPanel(page)).toContainText('按 3 确认');
  await page.keyboard.press('3');
  await expect(incidentPanel(page).getByText('按 3 确认')).toBeHidden();
});

test('the card is answered by keys, its answers stand in the story, and the next one goes on', async ({ page }) => {
  await page.keyboard.press('n');
  await story(page).fill('询问卡：桥下积水');
  await kind(page).fill('csnl');
  await page.keyboard.press('Enter');
  await expect(card(page)).toBeVisible();
  await page.keyboard.press('Alt+q');
  await page.keyboard.press('2'); // an underpass
  await page.keyboard.type('3'); // trapped
  await page.keyboard.press('Enter');
  await page.keyboard.press('3'); // to the waist
  await page.keyboard.press('y'); // still rising
  await expect(suggestions(page).getByRole('button', { name: /^下穿通道积水/ })).toBeVisible();
  await expect(suggestions(page).getByRole('button', { name: /^P1/ })).toBeVisible();
  await expect(card(page)).toContainText('弃车');
  await page.keyboard.press('Control+Enter');
  await expect(incidentPanel(page)).toContainText('· 有几人被困？ 3');
  await expect(incidentPanel(page)).toContainText('· 还在上涨吗？ 是');
  await page.keyboard.press('m');
  const again = side(page).getByRole('form', { name: '修改事件信息' });
  await expect(again.getByRole('textbox', { name: '有几人被困？' })).toHaveValue('3');
  await again.getByRole('textbox', { name: '有几人被困？' }).fill('5');
  await page.keyboard.press('Control+Enter');
  await expect(incidentPanel(page)).toContainText('· 有几人被困？ 5');
  await expect(incidentPanel(page)).not.toContainText('· 有几人被困？ 3');
});

test('pointing at the map begins a draft of its own; the one put aside is still there', async ({ page }) => {
  await page.keyboard.press('n');
  await story(page).fill('先放一边的草稿');
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  await page.getByRole('region', { name: '城市地图' }).focus();
  await page.keyboard.press('Enter');
  await expect(form(page).getByText(/地图点选$/)).toBeVisible();
  await expect(story(page)).toHaveValue('');
  await story(page).fill('地图上的另一件');
  await form(page).getByRole('button', { name: '另有 1 份草稿' }).click();
  await expect(story(page)).toHaveValue('先放一边的草稿');
  await form(page).getByRole('button', { name: '另有 1 份草稿' }).click();
  await expect(story(page)).toHaveValue('地图上的另一件');
  await form(page).getByRole('button', { name: '取消' }).click();
  await page.keyboard.press('n');
  await expect(story(page)).toHaveValue('先放一边的草稿');
  await form(page).getByRole('button', { name: '取消' }).click();
});

test('a tab that dies takes nothing with it', async ({ page, context }) => {
  await page.keyboard.press('n');
  await story(page).fill('说到一半浏览器崩溃');
  await kind(page).fill('dtkr');
  await page.keyboard.press('Enter');
  await page.close({ runBeforeUnload: false });
  const reopened = await context.newPage();
  await reopened.goto('/');
  await whenLive(reopened);
  await expect(story(reopened)).toHaveValue('说到一半浏览器崩溃');
  await expect(kind(reopened)).toHaveValue('电梯困人');
  await form(reopened).getByRole('button', { name: '取消' }).click();
});

test('a second tab does not take the draft from the first', async ({ page, context }) => {
  await page.keyboard.press('n');
  await story(page).fill('第一个窗口正在写');
  const other = await context.newPage();
  await other.goto('/');
  await whenLive(other);
  await expect(form(other)).toBeHidden();
  await other.keyboard.press('n');
  await expect(story(other)).toHaveValue('');
  await expect(story(page)).toHaveValue('第一个窗口正在写');
});

test('a position in any form, on the datum that is chosen', async ({ page }) => {
  await page.keyboard.press('n');
  for (const text of ['32.06045, 118.80123', 'N32°03′37.62″ E118°48′4.43″', '50R 669973 3548972']) {
    await place(page).fill(text);
    await expect(form(page).getByRole('listbox', { name: '地点' }).getByRole('option').first()).toContainText('118.80');
  }
  await place(page).fill('118.80650, 32.05840');
  await form(page).getByRole('combobox', { name: '坐标系' }).click();
  await page.getByRole('option', { name: /GCJ-02/ }).click();
  // The list gives the focus back when it has closed; what is focused before that loses it again.
  await expect(form(page).getByRole('combobox', { name: '坐标系' })).toBeFocused();
  await place(page).focus();
  await expect(form(page).getByRole('listbox', { name: '地点' }).getByRole('option').first()).toContainText('GCJ-02');
  await form(page).getByRole('button', { name: '取消' }).click();
});
