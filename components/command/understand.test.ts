import { beforeAll, describe, expect, it } from 'vitest';
import { actingVerbs } from './act-of.ts';
import { createLexicon, type Lexicon } from './lexicon.ts';
import { someWorld } from './testing/some-world.ts';
import { understand } from './understand.ts';
import type { Understood } from './understood.ts';
import { verbs } from './verbs.ts';

let lexicon: Lexicon;
let opened: Lexicon;
beforeAll(async () => {
  lexicon = createLexicon(await someWorld());
  opened = createLexicon(await someWorld({ opened: { kind: 'incident', id: 'flood' } }));
});

const picked = (of: Understood) => {
  if (of.kind !== 'command') throw new Error(JSON.stringify(of));
  return { verb: of.verb.id, ...of.meant.picks, ...(of.meant.words ? { words: of.meant.words } : {}) };
};
const troubleOf = (of: Understood) => (of.kind === 'trouble' ? of.trouble.code : of.kind);

describe('verbs', () => {
  it('never share a name, are folded, and each can be carried out', () => {
    const names = verbs.flatMap((one) => one.names);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    expect(names.filter((name) => name !== name.normalize('NFKC').toLowerCase() || /[\s.、:>]/.test(name))).toEqual([]);
    expect(verbs.map((one) => one.id).filter((id) => id !== 'undo' && !actingVerbs.includes(id))).toEqual([]);
  });
});

describe('a dispatch', () => {
  it('is the same by characters, spelling, initials and codes, in any order', () => {
    const meant = { verb: 'send', unit: ['x1201', 'x1203'], incident: ['flood'] };
    for (const line of [
      '派 消1201 消1203 0413',
      'pai xf1201 xf1203 0413',
      '派遣 0413 xiao1203、消防1201',
      'd.消1201.消1203.0413',
      'D xf1201 xfc1203 20261125-0413',
      '派消1201 消1203 ytdjxctd',
      '派 消1203 消1201 应天大街',
      '消1201 消1203 0413 派',
      '派　消１２０１　消１２０３　０４１３',
    ])
      expect([line, picked(understand(line, lexicon))]).toEqual([line, meant]);
  });

  it('asks where digits are two things, and a choice settles it', () => {
    const asked = understand('D.1201.0413', lexicon);
    if (asked.kind !== 'ask') throw new Error(asked.kind);
    expect(asked.choices.map((one) => one.label)).toEqual(['消1201', '巡1201']);
    expect(picked(understand(asked.choices[1]!.line, lexicon))).toEqual({
      verb: 'send',
      unit: ['p1201'],
      incident: ['flood'],
    });
  });

  it('takes what is open where no incident is said, and says so', () => {
    const read = understand('派 消1201', opened);
    expect(picked(read)).toEqual({ verb: 'send', unit: ['x1201'], incident: ['flood'] });
    expect(read.kind === 'command' && read.meant.implied).toEqual(['incident']);
    expect(troubleOf(understand('派 消1201', lexicon))).toBe('missing');
    // 0412 is an incident of today and a unit that could go to what is open.
    expect(understand('派 0412 消1201', opened).kind).toBe('ask');
  });

  it('goes to departments too', () => {
    expect(picked(understand('pai shuiwu ga 0413：先救人，再封路 0412', lexicon))).toEqual({
      verb: 'send',
      department: ['police', 'water'],
      incident: ['flood'],
      words: '先救人，再封路 0412',
    });
  });
});

describe('incidents', () => {
  it('are called by their last digits today, by the whole number on other days', () => {
    expect(picked(understand('立案 0412', lexicon))).toEqual({ verb: 'file', incident: ['fire'] });
    expect(picked(understand('立案 1124-0412', lexicon))).toEqual({ verb: 'file', incident: ['old'] });
    expect(picked(understand('打开 #7', lexicon))).toEqual({ verb: 'open', incident: ['unnamed'] });
  });
  it('by a part of the title, asked about where two have it', () => {
    expect(picked(understand('打开 建筑火灾', lexicon))).toEqual({ verb: 'open', incident: ['fire'] });
    expect(understand('立案 火灾', lexicon).kind).toBe('ask');
    expect(troubleOf(understand('立案 0412 0413', lexicon))).toBe('disagree');
  });
  it('are merged by an arrow; without one the direction is asked', () => {
    expect(picked(understand('并案 0413 → 0412', lexicon))).toEqual({
      verb: 'merge',
      incident: ['flood'],
      onto: ['fire'],
    });
    expect(picked(understand('并案 0412', opened))).toEqual({ verb: 'merge', incident: ['flood'], onto: ['fire'] });
    const asked = understand('并案 0413 0412', lexicon);
    if (asked.kind !== 'ask') throw new Error(asked.kind);
    expect(asked.choices.map((one) => picked(understand(one.line, lexicon)).onto)).toEqual([['flood'], ['fire']]);
  });
});

describe('everything else', () => {
  it('reads values and words', () => {
    expect(picked(understand('定级 II 0412', lexicon))).toEqual({ verb: 'grade', grade: ['II'], incident: ['fire'] });
    expect(picked(understand('挂账 0412 2小时：等待拆除', lexicon))).toEqual({
      verb: 'suspend',
      minutes: ['120'],
      incident: ['fire'],
      words: '等待拆除',
    });
    expect(picked(understand('结案 误报 0412', lexicon))).toEqual({
      verb: 'close',
      closing: ['false-alarm'],
      incident: ['fire'],
    });
    expect(picked(understand('排除 110-77：重复', lexicon))).toEqual({
      verb: 'dismiss',
      signal: ['s1'],
      words: '重复',
    });
    expect(picked(understand('关联 路面积水 0413', lexicon))).toEqual({
      verb: 'attach',
      signal: ['s1'],
      incident: ['flood'],
    });
  });
  it('finds the incident by the unit that works on it, and the check-in by its call sign', () => {
    expect(picked(understand('到场 消0401', lexicon))).toEqual({
      verb: 'onScene',
      unit: ['x0401'],
      incident: ['fire'],
    });
    expect(picked(understand('签收 shuiwu', lexicon))).toEqual({
      verb: 'acknowledge',
      department: ['water'],
      incident: ['fire'],
    });
    expect(picked(understand('签到 xf0401', lexicon))).toEqual({ verb: 'hear', checkIn: ['c1'], incident: ['fire'] });
  });
  it('starts a plan at a level', () => {
    const read = picked(understand('预案 内涝 2 0413', lexicon));
    expect(read).toMatchObject({ verb: 'plan', level: ['2'], incident: ['flood'] });
    expect(read.plan).toHaveLength(1);
  });
  it('says what is wrong', () => {
    expect(understand('  ', lexicon)).toEqual({ kind: 'nothing' });
    expect(troubleOf(understand('xyzzy 0412', lexicon))).toBe('no-verb');
    expect(troubleOf(understand('派 消9999 0412', lexicon))).toBe('unknown');
    expect(troubleOf(understand('立案 消1201 0412', lexicon))).toBe('not-taken');
    expect(troubleOf(understand('反馈 0412', lexicon))).toBe('words-missing');
    expect(troubleOf(understand('立案 0412：多说一句', lexicon))).toBe('words-unwanted');
    expect(troubleOf(understand('派 0413', lexicon))).toBe('missing');
  });
});
