import { rmSync } from 'node:fs';
import { incidentPanel, openFromQueue, openTab, queue, queueRow, whenLive } from '../actions/console.ts';
import { filedIncident, signedInApi } from '../fixtures/api.ts';
import { expectClean, operator } from '../fixtures/operator.ts';
import { newDataDir, startTestServer } from '../fixtures/server.ts';
import { expect, test } from '../fixtures/test.ts';

test('the server is killed under an open page: it is said, heals, and what was typed is saved once', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const dataDir = newDataDir();
  let server = await startTestServer({ dataDir });
  try {
    const before = await signedInApi(server, 'operator2');
    const incident = await filedIncident(before, { title: '断线前的事件' });
    const desk = await operator(browser, server, 'operator1');
    const { page } = desk;
    await whenLive(page);
    await openFromQueue(page, '断线前的事件');
    await openTab(page, '过程');

    await server.kill();
    await expect(page.getByRole('alert').filter({ hasText: '与服务器的连接已断开' })).toBeVisible({ timeout: 10_000 });
    await expect(page.getByRole('banner')).toContainText('连接断开');
    await expect(queueRow(page, '断线前的事件')).toBeVisible();

    await incidentPanel(page).getByRole('textbox', { name: '添加记录' }).fill('断线时写下的一句');
    await incidentPanel(page).getByRole('button', { name: '添加', exact: true }).click();
    await expect(page.getByText('尚未确认是否已保存')).toBeVisible();
    await expect(page.getByText('服务器没有应答。重试不会重复执行。')).toBeVisible();

    server = await startTestServer({ dataDir, ports: server.ports });
    const after = await signedInApi(server, 'operator2');
    await filedIncident(after, { title: '重启后的事件' });
    await whenLive(page);
    await expect(page.getByRole('alert').filter({ hasText: '与服务器的连接已断开' })).toBeHidden();
    await expect(queueRow(page, '重启后的事件')).toBeVisible();
    await expect(page.getByText('尚未确认是否已保存')).toBeHidden({ timeout: 30_000 });
    await expect(incidentPanel(page).getByRole('listitem').filter({ hasText: '断线时写下的一句' })).toHaveCount(1);

    const entries = await after.incident.timeline.query({ incident: incident as never });
    const notes = entries.filter((entry) => JSON.stringify(entry.content).includes('断线时写下的一句'));
    expect(notes).toHaveLength(1);
    const open = await after.incident.list.query({ live: true });
    await expect(queue(page).getByRole('option')).toHaveCount(open.length);
    for (const one of open) await expect(queueRow(page, one.title)).toContainText('立案');
    expectClean(desk);
    await desk.context.close();
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
