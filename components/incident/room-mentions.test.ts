import { describe, expect, it } from 'vitest';
import {
  findMentionable,
  type Mentionable,
  mentionAt,
  mentionedIn,
  mentionParts,
  withMention,
} from './room-mentions.ts';

const one = (id: string, name: string, also = ''): Mentionable => ({ id, name, also });
const all = [
  one('a1', '王敏', 'operator1'),
  one('a2', '王敏敏'),
  one('department/water', '水务'),
  one('role/duty-chief', '值班长'),
];
const spelled: Record<string, string> = {
  王敏: 'wangmin wm',
  王敏敏: 'wangminmin wmm',
  水务: 'shuiwu sw',
  值班长: 'zhibanzhang zbz',
};
const spell = (text: string) => spelled[text] ?? text;

describe('a mention', () => {
  it('is being written after an @ until a space', () => {
    expect(mentionAt('请 @wa', 5)).toEqual({ from: 2, query: 'wa' });
    expect(mentionAt('请＠', 2)).toEqual({ from: 1, query: '' });
    expect(mentionAt('请 @王敏 到', 7)).toBeNull();
    expect(mentionAt('a@b', 3)).toBeNull();
    expect(mentionAt('没有', 2)).toBeNull();
  });

  it('is found by characters, spelling, initials', () => {
    const ids = (query: string) => findMentionable(all, query, spell).map((found) => found.id);
    expect(ids('')).toHaveLength(4);
    expect(ids('王')).toEqual(['a1', 'a2']);
    expect(ids('wmm')).toEqual(['a2']);
    expect(ids('sw')).toEqual(['department/water']);
    expect(ids('banzhang')).toEqual(['role/duty-chief']);
    expect(ids('operator1')).toEqual(['a1']);
    expect(ids('xyz')).toEqual([]);
  });

  it('takes the place of what was typed', () => {
    expect(withMention('请 @wm到场', 5, '王敏')).toEqual({ text: '请 @王敏 到场', caret: 6 });
  });

  it('is read back from the text, the longest name first, and whoever was chosen', () => {
    const names = all.map((each) => each.name);
    expect(mentionParts('@王敏敏 和@王敏', names)).toEqual([
      { text: '@王敏敏', named: true },
      { text: ' 和', named: false },
      { text: '@王敏', named: true },
    ]);
    expect(mentionedIn('@王敏敏 @水务 @nobody @水务', all, new Map())).toEqual(['a2', 'department/water']);
    const twins = [one('x', '李强'), one('y', '李强')];
    expect(mentionedIn('@李强', twins, new Map([['李强', 'y']]))).toEqual(['y']);
    expect(mentionedIn('@李强', twins, new Map())).toEqual(['x', 'y']);
  });
});
