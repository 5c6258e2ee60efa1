import { expect, type Locator, type Page } from '@playwright/test';

/** What one does is on the other's screen without anybody asking again; how fast is measured by `npm run bench screens`. */
export const onTheOther = { timeout: 15_000 } as const;

export const queue = (page: Page): Locator => page.getByRole('listbox', { name: '待办队列', exact: true });
export const queueRow = (page: Page, text: string): Locator =>
  queue(page).getByRole('option').filter({ hasText: text });
export const side = (page: Page): Locator => page.getByRole('complementary', { name: '详情' });
export const incidentPanel = (page: Page): Locator => side(page).getByRole('region', { name: /^事件 / });
export const notices = (page: Page): Locator => page.getByRole('region', { name: /^通知/ });

/** Records are here and follow the server. */
export async function whenLive(page: Page): Promise<void> {
  await expect(page.getByRole('banner').getByText('实时', { exact: true })).toBeVisible({ timeout: 20_000 });
}

export async function openFromQueue(page: Page, text: string): Promise<void> {
  await queueRow(page, text).click();
}

/** Q goes to the list, arrows to the row, Enter opens it. */
export async function openByKeyboard(page: Page, text: string): Promise<void> {
  await page.keyboard.press('q');
  const list = queue(page);
  await expect(list).toBeFocused();
  await page.keyboard.press('Home');
  const current = list.getByRole('option', { selected: true });
  for (let step = 0; step < 60; step += 1) {
    if ((await current.innerText()).includes(text)) return page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`${text} is not in the queue`);
}

/** The row of an incident while it is in this state; an ended one leaves the queue of open things. */
export const rowIn = (page: Page, text: string, state: string): Locator =>
  queueRow(page, text).filter({ has: page.getByText(state, { exact: true }) });

export async function openTab(page: Page, name: RegExp | string): Promise<void> {
  await incidentPanel(page).getByRole('tab', { name }).click();
}
