import { expect, type Page } from '@playwright/test';
import { incidentPanel, side } from './console.ts';

/** Opens the picker and chooses exactly this unit, whatever was proposed. */
export async function chooseUnit(page: Page, callSign: string): Promise<void> {
  await incidentPanel(page).getByRole('button', { name: '派遣', exact: true }).click();
  const picker = side(page).getByRole('region', { name: '派遣力量' });
  const candidates = picker.getByRole('listbox', { name: '可派力量' });
  await picker.getByRole('textbox', { name: '呼号、类型或部门' }).fill(callSign);
  const wanted = candidates.getByRole('option').filter({ hasText: callSign });
  await expect(wanted).toBeVisible();
  // The proposal may come in the middle of choosing; it comes once, and what is chosen after it stands.
  await expect(async () => {
    for (const other of await candidates.getByRole('option', { selected: true }).all())
      if (!(await other.innerText()).includes(callSign)) await other.click();
    if ((await wanted.getAttribute('aria-selected')) !== 'true') await wanted.click();
    await expect(picker.getByText('已选 1 个力量、0 个部门')).toBeVisible({ timeout: 2_000 });
  }).toPass();
}

export const send = (page: Page): Promise<void> =>
  side(page).getByRole('region', { name: '派遣力量' }).getByRole('button', { name: '派遣', exact: true }).click();

/** The focused step, once the one before is acknowledged. */
export async function pressFocused(page: Page, name: string): Promise<void> {
  const button = incidentPanel(page).getByRole('button', { name, exact: true });
  await expect(button).toBeEnabled();
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
}

/** A move by its letter, once it can be made. */
export async function pressMove(page: Page, name: string, key: string): Promise<void> {
  await expect(incidentPanel(page).getByRole('button', { name, exact: true })).toBeEnabled();
  await page.keyboard.press(key);
}

/** Ctrl+Enter in the dialog that a move opened, with the words it asks for. */
export async function answerDialog(page: Page, words: string | null): Promise<void> {
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  if (words) await dialog.getByRole('textbox').first().fill(words);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
}
