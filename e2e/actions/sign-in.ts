import { expect, type Page } from '@playwright/test';

/** By keyboard alone, as an operator does. */
export async function signIn(page: Page, account: string, password = 'demo-2026', to = '/'): Promise<void> {
  await page.goto(to === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(to)}`);
  await page.getByLabel('账号', { exact: true }).fill(account);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL((url) => url.pathname === to);
}
