import { connect } from 'node:net';
import { incidentPanel, openFromQueue, queueRow, side, whenLive } from '../actions/console.ts';
import { layoutFaults } from '../actions/layout.ts';
import { filedIncident, signedInApi } from '../fixtures/api.ts';
import { enter, expectClean, operator } from '../fixtures/operator.ts';
import { callRecord, pushBody, pushRecords } from '../fixtures/push.ts';
import { openTerminal } from '../fixtures/terminal.ts';
import { expect, test } from '../fixtures/test.ts';

test('wrong passwords are told in words, and slowed down', async ({ page, watched: _ }) => {
  await page.goto('/sign-in');
  await page.getByLabel('账号', { exact: true }).fill('commander');
  const told = page.getByRole('alert');
  for (let tries = 0; tries < 8; tries += 1) {
    await page.getByLabel('密码', { exact: true }).fill(`wrong-${tries}`);
    const answer = page.waitForResponse(/session\.signIn/);
    await page.keyboard.press('Enter');
    await answer;
    await expect(told.filter({ hasText: /账号或密码不正确|尝试次数过多，请稍候再试/ })).toBeVisible();
    if (await told.filter({ hasText: '尝试次数过多' }).isVisible()) return;
  }
  throw new Error('eight wrong passwords were not slowed down');
});

test('long texts and emoji are kept whole and break nothing; what is too long is refused and stays in the form', async ({
  context,
  page,
  server,
  watched: _,
}) => {
  await enter(context, server, 'operator2');
  await page.goto('/');
  await whenLive(page);
  const long = `开头🌧️👨‍👩‍👧${'水'.repeat(4_900)}${'w'.repeat(80)}结尾🚒`;
  await page.keyboard.press('n');
  const form = side(page).getByRole('form', { name: '新建事件' });
  await form.getByLabel('情况描述').fill(long);
  await form.getByLabel('标题').evaluate((field: HTMLInputElement) => field.removeAttribute('maxlength'));
  await form.getByLabel('标题').fill(`${'长标题'.repeat(40)}🚨${'长'.repeat(500)}`);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('有内容缺失或超出范围')).toBeVisible();
  await expect(form.getByLabel('情况描述')).toHaveValue(long);
  await form.getByLabel('标题').fill(`${'长标题'.repeat(40)}🚨`);
  await page.keyboard.press('Control+Enter');
  await expect(incidentPanel(page)).toContainText('结尾🚒');
  await expect(queueRow(page, '长标题')).toContainText('🚨');
  expect(await layoutFaults(page)).toEqual([]);
  const api = await signedInApi(server, 'chief');
  const open = await api.incident.list.query({ live: true });
  expect(open.find((one) => one.title.startsWith('长标题'))?.text).toBe(long);
});

test('two tabs of one person stay the same, and the back button goes back', async ({ context, page, server }) => {
  const api = await signedInApi(server, 'chief');
  await filedIncident(api, { title: '两页之甲' });
  await filedIncident(api, { title: '两页之乙', at: [118.85, 32.1] });
  await enter(context, server, 'operator1');
  await page.goto('/');
  await whenLive(page);
  await openFromQueue(page, '两页之甲');
  await expect(incidentPanel(page).getByRole('heading', { name: '两页之甲' })).toBeVisible();
  await openFromQueue(page, '两页之乙');
  await expect(incidentPanel(page).getByRole('heading', { name: '两页之乙' })).toBeVisible();
  await page.goBack();
  await expect(incidentPanel(page).getByRole('heading', { name: '两页之甲' })).toBeVisible();
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(incidentPanel(second).getByRole('heading', { name: '两页之甲' })).toBeVisible();
  await incidentPanel(second).getByRole('tab', { name: '过程' }).click();
  await incidentPanel(page).getByRole('tab', { name: '过程' }).click();
  await incidentPanel(second).getByRole('textbox', { name: '添加记录' }).fill('另一页写下的话');
  await second.keyboard.press('Control+Enter');
  await expect(incidentPanel(page).getByRole('listitem').filter({ hasText: '另一页写下的话' })).toHaveCount(1);
  await page.goForward();
  await expect(incidentPanel(page).getByRole('heading', { name: '两页之乙' })).toBeVisible();
  await page.getByRole('link', { name: '数据接入' }).click();
  await expect(page).toHaveURL(/\/feeds$/);
  await page.goBack();
  await expect(incidentPanel(page).getByRole('heading', { name: '两页之乙' })).toBeVisible();
});

test('back in the same moment as opening goes back all the same', async ({ context, page, server }) => {
  const api = await signedInApi(server, 'chief');
  await filedIncident(api, { title: '刚开之甲' });
  await filedIncident(api, { title: '刚开之乙', at: [118.85, 32.1] });
  await enter(context, server, 'operator1');
  await page.goto('/');
  await whenLive(page);
  await openFromQueue(page, '刚开之甲');
  await expect(incidentPanel(page).getByRole('heading', { name: '刚开之甲' })).toBeVisible();
  // However the address is written: before anything has drawn it, somebody has pressed Back.
  await page.evaluate(() => {
    for (const of of [History.prototype, history]) {
      const push = of.pushState;
      of.pushState = (...written) => {
        of.pushState = push;
        push.apply(history, written);
        setTimeout(() => history.back(), 0);
      };
    }
    addEventListener('popstate', () => document.body.setAttribute('data-went-back', ''));
  });
  await openFromQueue(page, '刚开之乙');
  await expect(page.locator('body[data-went-back]')).toBeAttached();
  await expect(incidentPanel(page).getByRole('heading', { name: '刚开之甲' })).toBeVisible();
});

test('a push of 20 MB and a torn stream are refused; the feeds and the page go on', async ({ browser, server }) => {
  const desk = await operator(browser, server, 'operator1');
  await whenLive(desk.page);
  const huge = await pushBody(
    server,
    'police-110',
    `{"profile":"one-network-push/1","records":["${'x'.repeat(20 << 20)}"]}`,
  );
  expect(huge.status).toBe(413);

  // Half a frame, then the line is cut.
  await new Promise<void>((done, fail) => {
    const torn = connect({ host: '127.0.0.1', port: server.ports.jt808 }, () =>
      torn.write(Buffer.from('7e0200002c0144000000010001', 'hex'), () => torn.destroy()),
    );
    torn.once('error', fail);
    torn.once('close', () => done());
  });
  const terminal = await openTerminal(server, '急0101');
  terminal.report([118.81, 32.03], true);
  await pushRecords(server, 'police-110', [
    callRecord({ number: '110-after', text: '大包之后的来电', place: '光华门', at: [118.811, 32.02] }),
  ]);
  await expect(queueRow(desk.page, '大包之后的来电')).toBeVisible();
  await expect(queueRow(desk.page, '急0101 紧急求助')).toBeVisible();
  terminal.close();
  expectClean(desk);
  await desk.context.close();
});

test('a session that another tab ended is asked for again, and nothing that was typed is lost', async ({
  context,
  page,
  server,
}) => {
  await enter(context, server, 'operator2');
  await page.goto('/');
  await whenLive(page);
  await page.keyboard.press('n');
  const story = side(page).getByRole('form', { name: '新建事件' }).getByLabel('情况描述');
  await story.fill('正写到一半');
  const other = await context.newPage();
  await other.goto('/stationing');
  await other.getByRole('button', { name: /^当前账号/ }).click();
  await other.getByRole('menuitem', { name: '退出登录' }).click();
  await expect(other).toHaveURL(/\/sign-in/);
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByLabel('账号', { exact: true }).fill('operator2');
  await page.getByLabel('密码', { exact: true }).fill('demo-2026');
  await page.keyboard.press('Enter');
  await expect(story).toHaveValue('正写到一半');
});
