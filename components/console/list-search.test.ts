import { describe, expect, it } from 'vitest';
import { loadSpelling, searchFor } from './list-search.ts';

const gauge = { title: '下关水位站', also: '水务 sl651/0010100001' };

describe('the filter of a list', () => {
  it('takes words in any order, in the name and beside it', () => {
    expect(searchFor('', null)(gauge)).toBe(true);
    expect(searchFor('水务 下关', null)(gauge)).toBe(true);
    expect(searchFor('ＳＬ６５１', null)(gauge)).toBe(true);
    expect(searchFor('雨量', null)(gauge)).toBe(false);
  });

  it('takes pinyin, spelled out or by initials', async () => {
    const spell = await loadSpelling();
    for (const typed of ['xiaguan', 'xgswz', 'shuiwei xg']) expect(searchFor(typed, spell)(gauge)).toBe(true);
    expect(searchFor('xiaguan', null)(gauge)).toBe(false);
    expect(searchFor('donngshan', spell)(gauge)).toBe(false);
  });
});
