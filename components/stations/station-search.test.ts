import { expect, it } from 'vitest';
import { searchStations } from './station-search.ts';

const lines = [
  { id: 'sl651/0060190001', name: '下关水位站', entry: { address: '鼓楼区' } },
  { id: 'hj212/3201', name: '仙林空气自动站', entry: { address: '' } },
  { id: 'mqtt/a-1', name: 'a-1', entry: null },
];
const spellings: Record<string, string[]> = { 下关水位站: ['xiaguanshuiweizhan', 'xgswz'], 'a-1': ['a-1'] };
const spell = (name: string) => spellings[name] ?? ['xianlinkongqizidongzhan', 'xlkqzdz'];
const search = (text: string, speller: typeof spell | null = spell) => [
  ...(searchStations(lines, text, speller) ?? ['*']),
];

it('finds by name, number, address, pinyin and initials; all words have to match', () => {
  expect(search('')).toEqual(['*']);
  expect(search('水位')).toEqual(['sl651/0060190001']);
  expect(search('019')).toEqual(['sl651/0060190001']);
  expect(search('鼓楼 水位')).toEqual(['sl651/0060190001']);
  expect(search('XGSW')).toEqual(['sl651/0060190001']);
  expect(search('xianlin')).toEqual(['hj212/3201']);
  expect(search('xia')).toEqual(['sl651/0060190001', 'hj212/3201']);
  expect(search('ｈｊ２１２')).toEqual(['hj212/3201']);
  expect(search('xgsw', null)).toEqual([]);
  expect(search('下关 空气')).toEqual([]);
});
