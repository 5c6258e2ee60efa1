import { describe, expect, it } from 'vitest';
import { checkBrief, checkProposal } from './assist-check.ts';
import { linesForModel } from './assist-log.ts';

const told = '中山北路 18号着火，三楼，我的电话13812345678';
const context = { told, shown: '中山北路 18号着火,三楼,我的电话[电话]', incidents: ['a', 'b'] };
const raw = { kinds: [], place: null, summary: null, same: [] };
const check = (more: object) => checkProposal({ ...raw, ...more }, context);

describe('a model’s proposal', () => {
  it('is kept where it is true of what was told', () => {
    expect(
      check({ kinds: ['statutory.fire.building'], place: '中山北路18号', summary: '中山北路18号3楼着火', same: [2] }),
    ).toEqual({
      value: { kinds: ['statutory.fire.building'], place: '中山北路18号', summary: '中山北路18号3楼着火', same: ['b'] },
      dropped: 0,
    });
  });
  it('may say 两人 of what was told as 两个人', () => {
    const told = '两个人卡在里面';
    const of = (summary: string) =>
      checkProposal({ ...raw, summary }, { told, shown: told, incidents: [] }).value.summary;
    expect([of('两人被困'), of('2人被困'), of('三人被困')]).toEqual(['两人被困', '2人被困', null]);
  });
  it.each([
    ['a kind that is not in the table', { kinds: ['statutory.fire.castle', 'dispatch 消1201'] }, 2],
    ['a place that nobody named', { place: '汉中路' }, 1],
    ['a placeholder for a place', { place: '我的电话[电话]' }, 1],
    ['an incident that it was not shown', { same: [0, 3, -1, 1.5] }, 4],
    ['a figure that nobody told', { summary: '中山北路28号着火' }, 1],
    ['an address to go to', { summary: '着火 http://evil.example' }, 1],
    ['markup', { summary: '<img src=x>着火' }, 1],
    ['a hidden character', { summary: '着火\u202e了' }, 1],
    ['a novel', { summary: '火'.repeat(200) }, 1],
  ])('loses %s, counted', (_name, more, dropped) => {
    expect(check(more)).toEqual({ value: { kinds: [], place: null, summary: null, same: [] }, dropped });
  });
});

describe('a model’s brief', () => {
  const at = Date.parse('2026-07-01T00:05:09Z');
  const lines = linesForModel([
    { kind: 'noteAdded', content: { text: '水深0.6米', by: { id: 'u', name: '王敏' }, at }, recordedAt: at },
    {
      kind: 'orderSent',
      content: { order: { text: '去两台泵', target: { kind: 'unit', callSign: '排水3' } } },
      recordedAt: at,
    },
  ]);
  const kept = (text: string, cites: number[]) => checkBrief({ sentences: [{ text, cites }] }, lines);

  it('stands on lines of the log', () => {
    expect(kept('水深0.6米。', [1]).value).toEqual([{ text: '水深0.6米。', cites: [1] }]);
    for (const time of ['08:05', '8时05分', '8点5分9秒', '07-01 08:05:09', '7月1日8时5分'])
      expect(kept(`${time}水深0.6米。`, [1]).value).toHaveLength(1);
    expect(kept('08:05 派出排水3。', [2, 2, 1]).value).toEqual([{ text: '08:05 派出排水3。', cites: [1, 2] }]);
  });
  it.each([
    ['a line that does not exist', '水深0.6米。', [1, 3]],
    ['no line', '水深0.6米。', []],
    ['a figure that its line does not hold', '水深1.6米。', [1]],
    ['a figure of another line', '派出排水3。', [1]],
    ['a second of the clock for a figure', '9人受伤。', [1]],
    ['another time', '08:06水深0.6米。', [1]],
    ['another day', '7月2日水深0.6米。', [1]],
    ['a link', '见 www.evil.example', [1]],
    ['nothing', ' ', [1]],
  ])('loses a sentence with %s', (_name, text, cites) => expect(kept(text, cites)).toEqual({ value: [], dropped: 1 }));

  it('is drafted from lines without the names of those who wrote them', () => {
    expect(lines[0]).toEqual({ n: 1, at: '07-01 08:05:09', what: 'noteAdded', facts: 'text=水深0.6米' });
    expect(JSON.stringify(lines)).not.toContain('王敏');
  });
  it('reads the first and the last lines of a long log', () => {
    const long = linesForModel(
      Array.from({ length: 400 }, (_, n) => ({ kind: 'noteAdded', content: { text: `${n}` }, recordedAt: n })),
    );
    expect([long.length, long[0]?.n, long[29]?.n, long[30]?.n, long.at(-1)?.n]).toEqual([150, 1, 30, 281, 400]);
  });
});
