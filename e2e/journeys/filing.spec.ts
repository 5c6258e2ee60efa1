import type { Page } from '@playwright/test';
import { incidentPanel, queueRow, side, whenLive } from '../actions/console.ts';
import { enter } from '../fixtures/operator.ts';
import { expect, test } from '../fixtures/test.ts';

const form = (page: Page) => side(page).getByRole('form', { name: '新建事件' });
const story = (page: Page) => form(page).getByLabel('情况描述');
const place = (page: Page) => form(page).getByRole('combobox', { name: '地点' });
const kind = (page: Page) => form(page).getByRole('combobox', { name: '事件类型' });

test.beforeEach(async ({ context, page, server, watched: _ }) => {
  await enter(context, server, 'operator1');
  await page.goto('/');
  await whenLive(page);
});

test('from a point on the map, by keyboard: crosshair, Enter, story, type, Ctrl+Enter', async ({ page }) => {
  const map = page.getByRole('region', { name: '城市地图' });
  await expect(map).toBeVisible();
  await page.keyboard.press('p');
  await expect(page.getByRole('button', { name: '在地图上点选立案' })).toHaveAttribute('aria-pressed', 'true');
  await map.focus();
  await page.keyboard.press('Enter');
  await expect(form(page).getByText(/^118\.\d{5}, 3\d\.\d{5} · 地图点选$/)).toBeVisible();
  await expect(place(page)).toHaveValue(/区/);
  await story(page).fill('路面塌陷约两米，无人受伤（地图点选）');
  await kind(page).fill('lmtx');
  await page.keyboard.press('Enter');
  await expect(form(page).getByText('将直接立案，可立即派遣')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(incidentPanel(page)).toContainText('路面塌陷约两米');
  await expect(queueRow(page, '路面塌陷')).toContainText('立案');
});

test('a place is found by characters, pinyin and initials; the number exists before all is known', async ({ page }) => {
  await page.keyboard.press('n');
  await expect(story(page)).toBeFocused();
  await story(page).fill('电话中说不清，先记下（地名查找）');
  const found = form(page)
    .getByRole('listbox', { name: '地点' })
    .getByRole('option', { name: /^夫子庙街道/ });
  for (const words of ['夫子庙', 'fuzimiao', 'fzm']) {
    await place(page).fill(words);
    await expect(found).toBeVisible();
    await place(page).fill('');
    await expect(found).toBeHidden();
  }
  await place(page).fill('fzmjd');
  await expect(found).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(place(page)).toHaveValue(/夫子庙街道/);
  await expect(form(page).getByText('先保存编号，之后补充地点和类型')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(incidentPanel(page)).toContainText('夫子庙街道');
  await expect(incidentPanel(page).getByRole('button', { name: '补充' }).first()).toBeVisible();
});

test('keys of an input method fire no shortcut', async ({ page, context }) => {
  await page.keyboard.press('n');
  await expect(story(page)).toBeFocused();
  const input = await context.newCDPSession(page);
  await input.send('Input.imeSetComposition', { text: 'jishui', selectionStart: 6, selectionEnd: 6 });
  await expect(story(page)).toHaveValue('jishui');
  for (const key of ['Escape', 'Control+Enter', 'Enter']) {
    await page.keyboard.press(key);
    await expect(form(page)).toBeVisible();
  }
  await input.send('Input.imeSetComposition', { text: '积水', selectionStart: 2, selectionEnd: 2 });
  await input.send('Input.insertText', { text: '积水' });
  await expect(story(page)).toHaveValue(/积水/);
  await expect(incidentPanel(page)).toHaveCount(0);
  // In the place search Enter takes the input method's word, not the first place of the list.
  await place(page).focus();
  await input.send('Input.imeSetComposition', { text: '夫', selectionStart: 1, selectionEnd: 1 });
  await expect(form(page).getByRole('listbox', { name: '地点' }).getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(form(page).getByText('没有坐标', { exact: true })).toBeVisible();
  await expect(place(page)).toHaveValue('夫');
  // Outside a field, too: a composition that is going on keeps the letters.
  await input.send('Input.insertText', { text: '夫子庙' });
  await expect(place(page)).toHaveValue('夫子庙');
  await form(page).getByRole('button', { name: '取消' }).click();
});

test('Escape puts the draft aside; it comes back with N and after a reload, and goes when given up', async ({
  page,
}) => {
  await page.keyboard.press('n');
  await story(page).fill('还没写完的情况');
  await page.keyboard.press('Escape');
  await expect(form(page)).toBeHidden();
  await page.keyboard.press('n');
  await expect(story(page)).toHaveValue('还没写完的情况');
  await expect(page.getByText('已恢复未提交的草稿')).toBeVisible();
  await page.reload();
  await expect(story(page)).toHaveValue('还没写完的情况');
  await form(page).getByRole('button', { name: '取消' }).click();
  await expect(form(page)).toBeHidden();
  await page.keyboard.press('n');
  await expect(story(page)).toHaveValue('');
});
