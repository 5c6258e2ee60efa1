import type { Page } from '@playwright/test';
import { type FakeEndpoint, json, openFakeEndpoint, says } from '../../server/assist/testing/fake-endpoint.ts';
import { incidentPanel, openFromQueue, side, whenLive } from '../actions/console.ts';
import { filedIncident, signedInApi } from '../fixtures/api.ts';
import { expectClean, operator } from '../fixtures/operator.ts';
import { startTestServer, type TestServer } from '../fixtures/server.ts';
import { expect, test } from '../fixtures/test.ts';

let endpoint: FakeEndpoint;
let server: TestServer;
test.beforeAll(async () => {
  test.setTimeout(180_000);
  endpoint = await openFakeEndpoint();
  server = await startTestServer({
    env: { AI_URL: endpoint.url, AI_MODEL: 'fake-model', AI_KEY: 'k', AI_TIMEOUT_MS: '20000' },
  });
});
test.afterAll(async () => {
  await server.stop();
  await endpoint.close();
});

const title = '中山北路老楼冒黑烟（简报）';
const dialog = (page: Page) => page.getByRole('dialog', { name: '简报草稿' });
const draft = async (page: Page) => {
  await incidentPanel(page).getByRole('button', { name: '简报草稿' }).click();
  await expect(dialog(page).getByRole('list', { name: '逐句来源' })).toBeVisible();
};

test('a model proposes beside the story and drafts a brief; each is marked, cited and left to a person', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  await filedIncident(await signedInApi(server, 'operator1'), { title, text: '三楼冒黑烟' });
  const desk = await operator(browser, server, 'operator1');
  const { page } = desk;
  await whenLive(page);

  await test.step('what the story says is proposed, marked, and entered by a click alone', async () => {
    endpoint.script.reply = says({
      kinds: ['statutory.lift.entrapment'],
      place: null,
      summary: '两人被困',
      same: [],
    });
    await page.keyboard.press('n');
    const form = side(page).getByRole('form', { name: '新建事件' });
    await form.getByLabel('情况描述').fill('两个人卡在里面下不来，我的电话13812345678');
    const proposals = form.getByRole('region', { name: 'AI 建议' });
    await expect(proposals).toContainText('AI 生成');
    await expect(proposals).toContainText('两人被困');
    const kind = form.getByRole('combobox', { name: '事件类型' });
    await expect(kind).toHaveValue('');
    await proposals.getByRole('button', { name: /^电梯困人/ }).click();
    await expect(kind).toHaveValue(/电梯困人/);
    expect(JSON.stringify(endpoint.received)).not.toContain('13812345678');
    await page.keyboard.press('Escape');
  });

  await test.step('a brief cites the log; a sentence that cites nothing is gone', async () => {
    endpoint.script.reply = says({
      sentences: [
        { text: '中山北路老楼三楼冒黑烟。', cites: [1] },
        { text: '火已扑灭。', cites: [77] },
      ],
    });
    await openFromQueue(page, title);
    await page.keyboard.press('t');
    await draft(page);
    await expect(dialog(page)).toContainText('fake-model');
    await expect(dialog(page)).toContainText('已剔除 1 处');
    await expect(dialog(page)).not.toContainText('火已扑灭');
    await dialog(page).getByRole('button', { name: '查看记录第 1 条' }).click();
    await expect(dialog(page)).toBeHidden();
    await expect(page.locator(':focus')).toHaveAttribute('id', /^log-line-\d+$/);
  });

  await test.step('kept in the log by a person, it still says that a machine drafted it', async () => {
    await draft(page);
    await dialog(page).getByLabel('编辑').fill('三楼冒黑烟，正在核实[1]');
    await dialog(page).getByRole('button', { name: '存入记录' }).click();
    const note = incidentPanel(page).getByRole('listitem').filter({ hasText: '正在核实[1]' });
    await expect(note).toContainText('AI 生成');
    await expect(note).toContainText('王敏');
  });

  await test.step('a model that fails is told of, and the template of the log stands in', async () => {
    endpoint.script.reply = (response) => json(response, 500, {});
    await draft(page);
    await expect(dialog(page)).toContainText('模板生成');
    await expect(dialog(page)).toContainText('模型无法访问');
    await expect(dialog(page).getByRole('list', { name: '逐句来源' })).toContainText('报称：三楼冒黑烟');
  });
  expectClean(desk);
});
