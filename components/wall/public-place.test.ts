import { expect, it } from 'vitest';
import { publicPlace } from './public-place.ts';

it.each([
  ['鼓楼区中山北路 200 号 3 栋 2 单元 501 室', '鼓楼区中山北路 200 号'],
  ['新街口地铁站 2 号口', '新街口地铁站 2 号口'],
  ['秦淮区长白街 13913800001 王先生', '秦淮区长白街  王先生'],
  ['12 Zhongshan Road, Apt 501', '12 Zhongshan Road'],
  ['', ''],
])('%s → %s', (text, shown) => {
  expect(publicPlace(text)).toBe(shown);
});
