import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choose, type Judged, judge, prepared } from './fusion.ts';
import { addressOf } from './fusion-address.ts';
import { relateKinds, topicsOf } from './fusion-kind.ts';
import { featureNames, featureSigns, groupOf } from './fusion-pair.ts';
import { subjectOfSignal } from './fusion-subject.ts';
import { normalise } from './fusion-text.ts';
import { fusionWeights } from './fusion-weights.ts';
import { incidentKinds } from './incident-kind.ts';
import { nowhere } from './place.ts';
import type { Signal } from './signal.ts';
import { someSignal } from './testing/samples.ts';

const at: [number, number] = [118.78, 32.04];
const north = (metres: number): [number, number] => [at[0], at[1] + metres / 111_195];
const minutes = (count: number) => 1_000_000 + count * 60_000;
let serial = 0;
const said = (text: string, more: Partial<Signal> & { lonLat?: [number, number] | null; after?: number } = {}) => {
  serial += 1;
  const { lonLat = at, after = 0, ...rest } = more;
  return prepared(
    subjectOfSignal(
      someSignal(`s${serial}`, {
        title: '',
        text,
        proposedKind: null,
        place: { ...nowhere, lonLat, source: lonLat ? 'feed' : 'none' },
        observedAt: minutes(after),
        receivedAt: minutes(after),
        ...rest,
      }),
    ),
  );
};
const codes = (judged: Judged) => judged.reasons.map(({ code, speaksFor }) => `${speaksFor ? '+' : '-'}${code}`);

describe('an address in what was said', () => {
  it('is read from digits and from Chinese numbers', () => {
    expect(addressOf(normalise('在金陵花园三栋２单元一五〇二室'))).toMatchObject({
      buildings: ['3'],
      stairs: ['2'],
      floors: ['15'],
    });
    expect(addressOf(normalise('中山北路二十三号，近湖南路'))).toMatchObject({
      roads: ['中山北路', '湖南路'],
      houses: ['23'],
    });
  });
  it('knows stakes, carriageways and plates', () => {
    const read = addressOf(normalise('绕城高速K12+300由东向西，苏a·12345追尾'));
    expect(read).toMatchObject({ roads: ['绕城高速'], stakesM: [12_300], headings: ['东西'], plates: ['苏A12345'] });
    expect(addressOf(normalise('沪蓉高速16公里处')).stakesM).toEqual([16_000]);
  });
  it('takes no common word for a name', () => {
    expect(addressOf(normalise('这条马路边，我家小区门口，政府热线'))).toMatchObject({ roads: [], estates: [] });
  });
});

describe('what it is about', () => {
  const kind = (a: string, b: string) =>
    relateKinds(topicsOf(normalise(a), null), topicsOf(normalise(b), null)).relation;
  it.each([
    ['厨房着火了', '楼上失火', 'same'],
    ['厨房着火了', '楼道冒浓烟', 'related'],
    ['水管爆了', '家里停水了', 'related'],
    ['有人打架，流血了', '两车相撞，有人受伤', 'contradictory'],
    ['电梯困人', '广场舞太吵', 'contradictory'],
    ['追尾，没有人受伤', '有人晕倒', 'related'],
    ['你好', '着火了', 'unknown'],
  ])('%s / %s: %s', (a, b, relation) => {
    expect(kind(a, b)).toBe(relation);
    expect(kind(b, a)).toBe(relation);
  });
  it('has a topic for every kind that has words of its own', () => {
    const none = incidentKinds.filter(({ code }) => topicsOf('', code).length === 0).map(({ code }) => code);
    expect(none).toEqual(['municipal.other']);
  });
});

describe('two signals', () => {
  it('about one fire are joined, with reasons', () => {
    const judged = judge(
      said('金陵花园3栋厨房着火了'),
      said('金陵花园3栋有人家起火，冒黑烟', { lonLat: north(40), after: 3 }),
    );
    expect(judged).toMatchObject({ verdict: 'join', veto: null, minutes: 3 });
    expect(Math.round(judged.distanceM!)).toBe(40);
    expect(codes(judged)).toEqual(
      expect.arrayContaining(['+distance', '+minutes', '+kindSame', '+estate', '+building']),
    );
  });
  it.each([
    ['other kinds', '金陵花园3栋着火了', '金陵花园3栋广场舞太吵', {}, 'kind'],
    ['another building', '金陵花园3栋着火了', '金陵花园12栋着火了', { lonLat: north(70) }, 'building'],
    ['another stake', '绕城高速K12+300追尾', '绕城高速K18+000追尾', { lonLat: null }, 'stake'],
    ['far away', '路口追尾', '路口追尾', { lonLat: north(5_000) }, 'far'],
    ['the next day', '金陵花园3栋电梯困人', '金陵花园3栋电梯困人', { after: 24 * 60 }, 'late'],
    ['an exercise', '金陵花园3栋着火了', '金陵花园3栋着火了', { reality: 'exercise' as const }, 'reality'],
  ])('are never joined: %s', (_, a, b, more, veto) => {
    expect(judge(said(a), said(b, more))).toMatchObject({ verdict: 'apart', veto });
  });
  it.each([
    ['the other carriageway', '绕城高速由东向西K12+300追尾', '绕城高速由西向东K12+300追尾', {}],
    ['two floors that differ', '金陵花园着火了，3楼', '金陵花园着火了，16楼', {}],
    ['nothing but a district', '这里着火了', '着火了，快来', { lonLat: null }],
    ['the same minute and nothing else', '你好，帮帮忙', '有件事要反映', { lonLat: null }],
    ['a lift beside a fire', '金陵花园3栋着火了', '金陵花园3栋电梯困人', {}],
  ])('are left to a person: %s', (_, a, b, more) => {
    expect(judge(said(a), said(b, more)).verdict).not.toBe('join');
  });
  it('without a place in common are not even proposed', () => {
    expect(judge(said('着火了'), said('起火', { lonLat: null })).verdict).toBe('apart');
  });
  it('a floor that is off by one does not part', () => {
    expect(judge(said('金陵花园3栋12楼着火了'), said('金陵花园3栋13楼起火', { after: 2 })).verdict).toBe('join');
  });
  it('are judged the same either way, whatever was said', () => {
    const words = fc.oneof(
      fc.string(),
      fc.constantFrom('着火了', '中山北路3号', '金陵花园3栋1502室', 'K12+300', '苏A12345', '电梯困人'),
    );
    const signal = fc.record({
      text: fc.array(words, { maxLength: 4 }).map((parts) => parts.join('')),
      lonLat: fc.option(
        fc.tuple(fc.double({ min: 118, max: 119, noNaN: true }), fc.double({ min: 31, max: 32, noNaN: true })),
      ),
      after: fc.integer({ min: 0, max: 3_000 }),
    });
    fc.assert(
      fc.property(signal, signal, (x, y) => {
        const [a, b] = [said(x.text, x), said(y.text, y)];
        const [one, other] = [judge(a, b), judge(b, a)];
        expect(one).toEqual({ ...other, distanceM: one.distanceM, score: one.score });
        expect(one.score).toBeCloseTo(other.score, 9);
        expect(one.score).toBeGreaterThanOrEqual(0);
        expect(one.score).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500, seed: 20261125 },
    );
  });
});

describe('a group', () => {
  it('knows what any of its callers said', () => {
    const vague = said('我们这里着火了');
    const exact = said('金陵花园3栋厨房着火', { after: 1 });
    const other = said('金陵花园12栋着火了', { lonLat: north(60), after: 4 });
    expect(judge(other, vague).veto).toBeNull();
    expect(judge(other, groupOf(vague, [exact])).veto).toBe('building');
  });
});

describe('the choice', () => {
  const of = (score: number, verdict: Judged['verdict'] = 'join'): Judged => ({
    score,
    verdict,
    veto: null,
    reasons: [],
    distanceM: 1,
    minutes: 1,
  });
  it('takes what is clearly ahead, and asks where two are as good', () => {
    expect(
      choose([
        { target: 'a', judged: of(0.97) },
        { target: 'b', judged: of(0.6, 'propose') },
      ]).join?.target,
    ).toBe('a');
    const tie = choose([
      { target: 'a', judged: of(0.97) },
      { target: 'b', judged: of(0.96) },
    ]);
    expect(tie.join).toBeNull();
    expect(tie.proposals.map(({ target }) => target)).toEqual(['a', 'b']);
    expect(choose([{ target: 'a', judged: of(0.99, 'apart') }])).toEqual({ join: null, proposals: [] });
  });
});

it('every weight keeps to the sign that its reason is told with', () => {
  for (const name of featureNames) {
    const weight = fusionWeights.features[name]!;
    expect(featureSigns[name] === '+' ? weight >= 0 : weight <= 0).toBe(true);
  }
});
