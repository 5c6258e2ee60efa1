import { describe, expect, it } from 'vitest';
import { record } from '@/server/wire/record.ts';
import { isRefusal } from '../refusal.ts';
import { damageDocument, documentPieces } from '../testing/damage-document.ts';
import { everyRound, fuzzRounds, fuzzTimeout, knownReason } from '../testing/fuzz-rounds.ts';
import { seeded } from '../testing/seeded.ts';
import { csv } from './csv.ts';

const rounds = fuzzRounds();
const cases =
  '案件编号,案件类别,标题,问题描述,地址,经度,纬度,状态,上报时间,受理时间,派遣时间,处置截止时间\r\n' +
  'A-1,0103,井盖缺失,"他说""快来"", 很急",中山南路 1 号,118.78,32.04,已受理,2026-07-01 08:00,2026-07-01 08:10:30,,2026-07-02 08:00\r\n' +
  'A-2,0104,路灯,"两\n行",,,,,2026年7月1日 8时05分,,,\r\n';
const capacity =
  'facility;resource;available;baseline;maximum;state;asOf;revision;lon;lat\nH1;icu-bed;0;20;22;full;2026-07-01T08:00:00Z;3;118.78;32.04\n';
const cells = [
  '"',
  '""',
  '\r\n',
  '\t',
  ';',
  '\u0000',
  '\ufeff',
  '编号',
  'number,',
  '已满',
  '-',
  '46204.5',
  '6/5/2026 8:00',
];
const seeds = [
  ...[cases, capacity, '机构编码,床位类型,空床数,统计时间\nH1,icu-bed,0,2026-07-01 08:00\n'].map((text) =>
    Buffer.from(text),
  ),
  Buffer.from(`\ufeff${capacity}`, 'utf16le'),
  // 编号,标题,上报时间 / 1,树,2026-07-01 08:00 in GB 18030.
  Buffer.from('b1e0bac52cb1eacce22cc9cfb1a8cab1bce40a312ccaf72c323032362d30372d30312030383a30300a', 'hex'),
];

describe('damaged tables', () => {
  it(`${rounds} of them: never a throw, and what is read is sound (seed 7)`, fuzzTimeout, async () => {
    const below = seeded(7);
    const pieces = [...documentPieces, ...cells];
    let records = 0;
    await everyRound(rounds, (round) => {
      const seed = seeds[round % seeds.length]!;
      // Half keep their header, so that the damage reaches the cells.
      const kept = below(2) === 0 ? seed.indexOf('\n') + 1 : 0;
      const table = csv.decode(
        Buffer.concat([seed.subarray(0, kept), damageDocument(seed.subarray(kept), below, pieces)]),
      );
      if (isRefusal(table)) {
        knownReason(table);
        return;
      }
      const options = { zone: '+08:00', ignore: round % 3 === 0 ? ['雨'] : [] };
      for (const one of csv.map(table, { receivedAt: Date.UTC(2026, 6, 1, 12), crs: 'bd09', options })) {
        if (isRefusal(one)) knownReason(one);
        else if (++records % 8 === 0) expect(record.safeParse(one).error, `round ${round}`).toBeUndefined();
      }
    });
    expect(records).toBeGreaterThan(rounds / 10);
  });
});
