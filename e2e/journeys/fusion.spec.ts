import { incidentPanel, openFromQueue, queueRow, side, whenLive } from '../actions/console.ts';
import { answerDialog } from '../actions/dispatch.ts';
import { expectClean, operator } from '../fixtures/operator.ts';
import { callRecord, pushRecords } from '../fixtures/push.ts';
import { expect, test } from '../fixtures/test.ts';

const north = (metres: number) => [118.79, 32.07 + metres / 111_000] as const;
const call = (number: string, text: string, metres: number) =>
  callRecord({ number, text, place: '金陵花园', at: north(metres) });

test('calls about one fire wait as one row, are taken up together, and one can be taken out', async ({
  browser,
  server,
}) => {
  const desk = await operator(browser, server, 'operator1');
  const { page } = desk;
  await whenLive(page);

  await test.step('three calls are one row with a count; another building is another row', async () => {
    await pushRecords(server, 'police-110', [call('F-1', '金陵花园12栋厨房着火了，火很大', 0)]);
    await pushRecords(server, 'police-110', [
      call('F-2', '金陵花园12栋有人家里起火，往外冒黑烟', 30),
      call('F-3', '12栋着火了，楼道里全是烟，在金陵花园', -20),
      call('F-4', '金陵花园3栋阳台着火', 70),
    ]);
    await expect(queueRow(page, '厨房着火了')).toContainText('3 条');
    await expect(queueRow(page, '3栋阳台着火')).toBeVisible();
    await expect(queueRow(page, '往外冒黑烟')).toHaveCount(0);
  });

  await test.step('each says why, and one is taken out with a reason', async () => {
    await openFromQueue(page, '厨房着火了');
    const group = side(page).getByRole('region', { name: '同一事情的其他线索 2' });
    await expect(group).toContainText('楼栋相同');
    await group.getByRole('listitem').filter({ hasText: '全是烟' }).getByRole('button', { name: '单列' }).click();
    await answerDialog(page, '另一处');
    await expect(queueRow(page, '全是烟')).toBeVisible();
    await expect(queueRow(page, '厨房着火了')).toContainText('2 条');
  });

  await test.step('one key takes them up; what comes then joins the incident by itself', async () => {
    await page.keyboard.press('a');
    await expect(incidentPanel(page).getByRole('heading', { name: '关联线索 2' })).toBeVisible();
    await pushRecords(server, 'police-110', [call('F-5', '金陵花园12栋起火，厨房那边火光很大', 10)]);
    await expect(incidentPanel(page).getByRole('heading', { name: '关联线索 3' })).toBeVisible();
  });
  expectClean(desk);
});
