import { describe, expect, it } from 'vitest';
import { rankKinds } from './assist-kinds.ts';
import { placeIn } from './assist-place.ts';
import { summaryOf } from './assist-summary.ts';

describe('the place in a story', () => {
  it.each([
    ['喂，中山北路和湖南路路口两车追尾', '中山北路和湖南路路口'],
    ['着火了，在金陵花园3栋2单元1502室', '金陵花园3栋2单元1502室'],
    ['人在绕城高速K12+300，由东向西', '绕城高速K12+300'],
    ['市民来电反映在龙江体育馆老人晕倒', '龙江体育馆'],
    ['你好，托乐嘉小区，楼道有烟', '托乐嘉小区'],
    ['树倒了，新街口百货门口', '新街口百货门口'],
    ['我家着火了，快来', null],
    ['我们小区8栋楼下有人唱歌', null],
    ['停车场门口有人打架', null],
    ['', null],
  ])('%s', (story, place) => expect(placeIn(story)).toBe(place));

  it('is always words of the story', () => {
    for (const story of ['在在在在', '路路路路口', 'K1+1K2+2', '东向西', '１２号中山路', '😀中山路😀', '\u0000中山路'])
      expect(story).toContain(placeIn(story) ?? '');
  });
});

describe('kinds of a story', () => {
  it.each([
    ['公交车冒烟起火', 'statutory.fire.vehicle'],
    ['车库着火了', 'statutory.fire.building'],
    ['没有着火，是电梯坏了', 'statutory.lift.entrapment'],
    ['下穿通道积水', 'statutory.flood.underpass'],
    ['罐车追尾，甲苯流到路上', 'statutory.hazmat.leak'],
    ['河道超警', 'statutory.flood.river'],
    ['a building fire', 'statutory.fire.building'],
    ['今天天气不错', undefined],
  ])('%s', (story, first) => expect(rankKinds(story)[0]).toBe(first));
});

describe('the summary of a story', () => {
  it('says where and what in the words of who told it', () => {
    expect(summaryOf('喂，你好，我在这里等了很久，中山北路18号3楼着火了，烟很大，请快一点', '中山北路18号3楼')).toBe(
      '中山北路18号3楼着火了，烟很大',
    );
    expect(summaryOf('着火了', '中山路')).toBe('中山路，着火了');
    expect(summaryOf('你好，', null)).toBeNull();
  });
});
