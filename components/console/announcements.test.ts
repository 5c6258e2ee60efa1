import { describe, expect, it } from 'vitest';
import { hear, type News, quietMs, say, silent } from './announcements.ts';

const news = (key: string, critical = false): News => ({ key, critical, words: key });

describe('the live region', () => {
  it('says the critical first and nothing for two seconds after', () => {
    const heard = hear(silent, [news('a'), news('b', true)]);
    const first = say(heard, 10_000);
    expect(first.said).toEqual({ kind: 'one', words: 'b' });
    expect(say(first.next, 10_000 + quietMs - 1).said).toBeNull();
    expect(say(first.next, 10_000 + quietMs).said).toEqual({ kind: 'one', words: 'a' });
  });

  it('sums up a flood', () => {
    const heard = hear(
      silent,
      Array.from({ length: 500 }, (_, index) => news(String(index), index < 3)),
    );
    const { said, next } = say(heard, 10_000);
    expect(said).toEqual({ kind: 'flood', count: 500, critical: 3 });
    expect(next.waiting).toEqual([]);
  });

  it('names the only critical one even in a flood', () => {
    const heard = hear(silent, [news('x', true), ...Array.from({ length: 9 }, (_, index) => news(String(index)))]);
    expect(say(heard, 10_000).said).toEqual({ kind: 'one', words: 'x' });
  });

  it('replaces what was not said yet about the same thing', () => {
    expect(hear(hear(silent, [news('a')]), [{ ...news('a'), words: 'later' }]).waiting.map((one) => one.words)).toEqual(
      ['later'],
    );
  });
});
