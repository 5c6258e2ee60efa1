import { beforeAll, describe, expect, it } from 'vitest';
import english from '@/messages/en.json' with { type: 'json' };
import chinese from '@/messages/zh-CN.json' with { type: 'json' };
import { wasRefused } from '@/server/domain/refusal.ts';
import { actOf } from './act-of.ts';
import { lex, type Token } from './lex.ts';
import { createLexicon, type Lexicon } from './lexicon.ts';
import { keyOf, type Meant, type Slot, slots } from './meant.ts';
import { previewOf } from './preview.ts';
import { readyToRun } from './ready.ts';
import { someWorld } from './testing/some-world.ts';
import { understand } from './understand.ts';
import { type Verb, verbBefore, verbNamed, verbs } from './verbs.ts';

/** Mulberry32: the same lines at every run. */
function seeded(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number) => Math.floor(next() * count);
  const one = <T>(of: readonly T[]): T => of[below(of.length)] as T;
  const shuffled = <T>(of: readonly T[]): T[] =>
    of
      .map((value) => [next(), value] as const)
      .sort((a, b) => a[0] - b[0])
      .map(([, value]) => value);
  return { next, below, one, shuffled };
}

/** Words a tired person might type, with what each of them alone can mean: slot and id. Null: more than one thing, or nothing. */
const argumentWords = [
  '消1201',
  '消1203',
  '巡1201',
  '1201',
  'xf1201',
  'ga1201',
  'x1201',
  '巡0412',
  '急0701',
  '0701',
  '消9999',
  '0412',
  '0413',
  '1124-0412',
  '20261125-0412',
  '#7',
  '412',
  '火灾',
  'jzhz',
  '应天大街',
  'ytdj',
  '水务',
  'shuiwu',
  '公安',
  'fire',
  'xf',
  'II',
  'iv',
  '2级',
  '2',
  'P1',
  '30m',
  '2小时',
  '30分',
  '误报',
  '重复',
  '80分',
  '路面积水',
  '电梯困人',
  'dtkr',
  '110-77',
  '内涝',
  '!',
  '→',
  '（',
  '告警',
  'alarms',
  '×3',
  '💥',
  'ＡＢＣ',
  '%',
  'unit/x1201',
  'unit/none',
  'unit/%E0',
] as const;
const verbWords = verbs.flatMap((one) => one.names);
const tails = ['', '', '', '：等待拆除', ':fell 0412', '：', '：派 消1201 0413'] as const;
const gaps = [' ', '  ', '、', '，', '.', '　', ''] as const;

/** Every way to read each word, by brute force: how many different commands the line could be. */
function thinkable(tokens: readonly Token[], verb: Verb, read: Lexicon): Set<string> {
  const taken = Object.keys(verb.takes) as Slot[];
  let ways: { slot: Slot; id: string }[][] = [[]];
  for (const token of tokens) {
    const readings = read
      .read(token.text, taken)
      .filter((one) => !(verb.takes.onto && token.onto) || one.slot === 'onto');
    ways = ways.flatMap((way) => readings.map(({ slot, id }) => [...way, { slot, id }])).slice(0, 5_000);
  }
  const found = new Set<string>();
  for (const way of ways) {
    const idsOf = (slot: Slot) => [...new Set(way.filter((one) => one.slot === slot).map((one) => one.id))].sort();
    const fits = taken.every((slot) => {
      const count = idsOf(slot).length;
      if (verb.takes[slot] === 'any') return true;
      if (count > 1) return false;
      if (verb.takes[slot] !== 'one' || count === 1) return true;
      // Orders and steps of units are where the records say; nobody works on what is open here.
      const recorded = verb.takes.unit === 'one' || verb.takes.unit === 'maybe';
      return slot === 'incident' && !recorded ? read.world.opened?.kind === 'incident' : false;
    });
    const needs = verb.needs?.some((slot) => idsOf(slot).length > 0) ?? true;
    if (fits && needs) found.add(JSON.stringify(slots.map(idsOf)));
  }
  return found;
}

let world: Awaited<ReturnType<typeof someWorld>>;
let lexicon: Lexicon;
let opened: Lexicon;
beforeAll(async () => {
  world = await someWorld();
  lexicon = createLexicon(world);
  opened = createLexicon({ ...world, language: 'en', opened: { kind: 'incident', id: 'flood' } });
});

describe('5,000 command lines that nobody thought about', () => {
  it('are carried out only where the preview is exactly one command', () => {
    const dice = seeded(20_261_125);
    const count = { run: 0, held: 0 };
    for (let index = 0; index < 5_000; index += 1) {
      // Half of the lines are near to sense: only those can go wrong.
      const meantFor = dice.one(verbs);
      const taken = Object.keys(meantFor.takes) as Slot[];
      const likely = argumentWords.filter((word) => lexicon.read(word, taken).length > 0);
      const sensible = dice.next() < 0.6 && likely.length > 0;
      const words: readonly string[] = sensible ? likely : argumentWords;
      const parts = Array.from({ length: dice.below(sensible ? 4 : 6) }, () => dice.one(words));
      if (sensible || dice.next() < 0.85)
        parts.splice(
          dice.next() < 0.8 ? 0 : dice.below(parts.length + 1),
          0,
          dice.one(sensible ? meantFor.names : verbWords),
        );
      const line = `${parts.join(dice.one(gaps))}${dice.one(tails)}`;
      const read = dice.next() < 0.5 ? lexicon : opened;
      const understood = understand(line, read);
      const ready = readyToRun(understood, read.world);
      if (understood.kind !== 'command') {
        expect([line, ready]).toEqual([line, null]);
        count.held += 1;
        continue;
      }
      const { meant, verb } = understood;
      const act = actOf(meant, { world: read.world, newId: () => 'new' });
      // What is read aloud is what is done: typed in again without a screen behind it, it is the same command.
      const said = previewOf(meant, read, verb.names[0] as string);
      const again = understand(said, lexicon);
      expect([line, said, again.kind === 'command' ? keyOf(again.meant) : again]).toEqual([line, said, keyOf(meant)]);
      // Nothing typed is passed over, and nothing is done that was neither typed nor said to come from the screen.
      const { tokens } = lex(line);
      const meantBy = tokens.map((token) => read.read(token.text, Object.keys(verb.takes) as Slot[]));
      const pickedAll = slots.flatMap((slot) => (meant.picks[slot] ?? []).map((id) => ({ slot, id })));
      const named = (one: { slot: Slot; id: string }) =>
        meantBy.some((readings) => readings.some((each) => each.slot === one.slot && each.id === one.id));
      const glued = tokens.some(
        (token) => verbNamed(token.text.normalize('NFKC').toLowerCase()) === null && verbBefore(token.text) !== null,
      );
      if (!glued)
        expect([line, pickedAll.filter((one) => !meant.implied.includes(one.slot) && !named(one))]).toEqual([line, []]);
      const unread = meantBy.filter(
        (readings) => !readings.some((each) => pickedAll.some((one) => one.slot === each.slot && one.id === each.id)),
      );
      expect([line, unread.length <= 1]).toEqual([line, true]);
      const rest = tokens.filter((token) => verbNamed(token.text.normalize('NFKC').toLowerCase()) !== verb);
      if (!glued && rest.length === tokens.length - 1)
        expect([line, thinkable(rest, verb, read).size <= 1]).toEqual([line, true]);
      if (ready) {
        expect(wasRefused(act)).toBe(false);
        count.run += 1;
      } else count.held += 1;
    }
    // Neither is the test empty.
    expect(count.run).toBeGreaterThan(150);
    expect(count.held).toBeGreaterThan(2_000);
  });

  it('never lose or add an argument: lines made from a meaning are read as that meaning, in any order', () => {
    const dice = seeded(7);
    const units = [...world.units.keys()];
    for (let index = 0; index < 1_000; index += 1) {
      const chosen = [...new Set([dice.one(units), dice.one(units)])].sort();
      const department = dice.next() < 0.5 ? [dice.one(world.departments)] : [];
      const incident = dice.one(['fire', 'flood', 'old', 'digits', 'unnamed']);
      const meant: Meant = {
        verb: 'send',
        picks: { unit: chosen, incident: [incident], ...(department.length ? { department } : {}) },
        words: dice.one(['', '先救人', '0412 消1201']),
        implied: [],
      };
      const parts = [
        ...chosen.map((id) => lexicon.write('unit', id)),
        ...department.map((id) => lexicon.write('department', id)),
        lexicon.write('incident', incident),
      ];
      const line = `${dice.one(['派', 'pai', 'D'])} ${dice.shuffled(parts).join(dice.one([' ', '、', '.']))}${meant.words ? `：${meant.words}` : ''}`;
      const understood = understand(line, dice.next() < 0.5 ? lexicon : opened);
      expect([line, understood.kind === 'command' ? keyOf(understood.meant) : understood]).toEqual([
        line,
        keyOf(meant),
      ]);
    }
  });
});

describe('the words of the preview', () => {
  it('are verbs of the same command in both languages', () => {
    for (const words of [chinese, english]) {
      const said = (words as unknown as { commandBar: { verb: Record<string, string> } }).commandBar.verb;
      expect(Object.keys(said).sort()).toEqual(verbs.map((one) => one.id).sort());
      for (const one of verbs)
        expect([one.id, verbNamed((said[one.id] ?? '').toLowerCase())?.id]).toEqual([one.id, one.id]);
    }
  });
});
