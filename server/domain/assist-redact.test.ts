import { describe, expect, it } from 'vitest';
import { redact } from './assist-redact.ts';

describe('what never leaves the house', () => {
  it.each([
    ['我的电话13812345678，快来', '我的电话[电话],快来'],
    ['138-1234-5678', '[电话]'],
    ['138 1234 5678', '[电话]'],
    ['+86 13812345678', '[电话]'],
    ['＋８６１３８１２３４５６７８', '[电话]'],
    ['座机025-83456789转2', '座机[电话]转2'],
    ['(025)83456789', '[电话]'],
    ['打83456789找我', '打[电话]找我'],
    ['400-820-8820', '[电话]'],
    ['幺三八幺二三四五六七八', '[电话]'],
    ['一三八，一二三四，五六七八', '[电话]'],
    ['身份证320106199001011234', '身份证[证件号]'],
    ['32010619900101123X', '[证件号]'],
    ['320106 19900101 123x', '[证件号]'],
    ['护照E12345678', '护照[证件号]'],
    ['卡号6222021234567890123', '卡号[卡号]'],
    ['写信到 wang.min@example.com', '写信到 [邮箱]'],
  ])('%s', (told, clean) => expect(redact(told)).toBe(clean));

  it.each([
    '中山北路18号3栋2单元1502室',
    '绕城高速K12+300由东向西',
    '苏A12345追尾，三人受伤',
    '水深1.2米，损失30000元',
    '2026年7月1日08:30',
    '[电话]',
  ])('keeps what tells where and what: %s', (told) => expect(redact(told)).toBe(told.normalize('NFKC')));

  it('has no run of seven digits left in any text', () => {
    for (const filler of ['', ' ', '-', '的', 'a'])
      for (let length = 7; length <= 24; length += 1)
        expect(redact(`x${filler}${'3912847560'.repeat(3).slice(0, length)}${filler}y`)).not.toMatch(/\d{9,}/);
  });
});
