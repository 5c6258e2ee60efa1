import { describe, expect, it } from 'vitest';
import { random } from '../random.ts';
import { outbox, type Verdict } from './outbox.ts';

function box(answers: Verdict[], limit = 10) {
  const sent: number[][] = [];
  const told: string[] = [];
  let now = 0;
  const of = outbox<number>({
    name: 'x',
    limit,
    batch: 3,
    now: () => now,
    rng: random(1),
    told: (text) => told.push(text),
    send: async (batch) => {
      sent.push([...batch]);
      return answers.shift() ?? { verdict: 'taken', refused: 0, reason: null };
    },
  });
  return { of, sent, told, pass: (ms: number) => (now += ms) };
}

const later: Verdict = { verdict: 'later', reason: '断开', afterMs: 0 };

describe('an outbox', () => {
  it('sends in order and in batches', async () => {
    const { of, sent } = box([]);
    for (let i = 0; i < 7; i++) of.put(i);
    await of.flush();
    expect(sent).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
    expect(of.counts()).toEqual({ waiting: 0, sent: 7, refused: 0, dropped: 0, failing: false });
  });

  it('keeps what was not taken, waits longer each time, and says so once', async () => {
    const { of, sent, told, pass } = box([later, later]);
    of.put(1);
    await of.flush();
    await of.flush();
    expect(sent).toHaveLength(1);
    pass(500);
    await of.flush();
    pass(499);
    await of.flush();
    expect(sent).toHaveLength(2);
    pass(600);
    await of.flush();
    expect(sent).toEqual([[1], [1], [1]]);
    expect(of.counts()).toMatchObject({ waiting: 0, sent: 1, failing: false });
    expect(told).toEqual(['x：暂时送不出（断开），稍后重试', 'x：恢复送达']);
  });

  it('waits as long as the receiver asks', async () => {
    const { of, sent, pass } = box([{ ...later, afterMs: 9_000 }]);
    of.put(1);
    await of.flush();
    pass(8_999);
    await of.flush();
    expect(sent).toHaveLength(1);
    pass(1);
    await of.flush();
    expect(sent).toHaveLength(2);
  });

  it('counts what is refused and goes on', async () => {
    const { of } = box([
      { verdict: 'refused', reason: 'schema' },
      { verdict: 'taken', refused: 1, reason: 'value' },
    ]);
    for (let i = 0; i < 6; i++) of.put(i);
    await of.flush();
    expect(of.counts()).toMatchObject({ waiting: 0, sent: 2, refused: 4 });
  });

  it('drops the oldest when full, also while a batch is under way', async () => {
    const { of } = box([], 4);
    for (let i = 0; i < 6; i++) of.put(i);
    expect(of.counts()).toMatchObject({ waiting: 4, dropped: 2 });
    const flushing = of.flush();
    of.put(6);
    await flushing;
    expect(of.counts()).toMatchObject({ waiting: 0, dropped: 3 });
  });
});
