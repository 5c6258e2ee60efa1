import { signIn } from '../actions/sign-in.ts';
import { expect, test } from '../fixtures/test.ts';

test('an operator signs in and sees the console; nothing leaves the origin', async ({ page, watched }) => {
  await signIn(page, 'operator1');
  await expect(page.getByRole('main')).toBeVisible();
  await expect(page.getByText('演示数据').first()).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(watched.outside).toEqual([]);
});

test('a wrong password is told in words, and the password is asked again', async ({ page, watched }) => {
  await page.goto('/sign-in');
  await page.getByLabel('账号', { exact: true }).fill('operator1');
  await page.getByLabel('密码', { exact: true }).fill('wrong');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: '账号或密码不正确' })).toBeVisible();
  await expect(page.getByLabel('密码', { exact: true })).toBeFocused();
  expect(watched.faults).toEqual([]);
});

test('who is not signed in is led to the sign-in and back', async ({ page, watched }) => {
  await page.goto('/feeds');
  await expect(page).toHaveURL(/\/sign-in\?to=%2Ffeeds/);
  await page.getByLabel('账号', { exact: true }).fill('admin');
  await page.getByLabel('密码', { exact: true }).fill('demo-2026');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/feeds$/);
  expect(watched.faults).toEqual([]);
});

test('every page carries the policy, with a nonce of its own', async ({ request, server }) => {
  const nonces = new Set<string>();
  for (const path of ['/sign-in', '/', '/wall', '/feeds', '/no-such-page']) {
    const answer = await request.get(`${server.url}${path}`);
    const policy = answer.headers()['content-security-policy'] ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    nonces.add(nonce);
    const inline = [...(await answer.text()).matchAll(/<script(?![^>]*\bsrc=)([^>]*)>/g)];
    for (const [tag] of inline) expect(tag).toContain(`nonce="${nonce}"`);
    expect(inline.length, path).toBeGreaterThan(0);
  }
  expect(nonces.size).toBe(5);
});
