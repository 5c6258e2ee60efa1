import { describe, expect, it } from 'vitest';
import { type Refused, refused } from '@/server/domain/refusal.ts';
import { gathererFor, takeTogether } from './gather-waves.ts';

type Wave = { readonly name: string; readonly about: readonly string[]; readonly by?: string };
const gathering = {
  most: 3,
  size: ({ about }: Wave) => about.length,
  mayGoTogether: (a: Wave, b: Wave) => a.by === b.by,
  speaksOf: ({ about }: Wave) => about,
};
const wave = (name: string, about: readonly string[] = [name], by = 'x'): Wave => ({ name, about, by });

describe('what goes together', () => {
  it.each([
    ['as much as fits', [wave('a'), wave('b'), wave('c'), wave('d')], 3],
    ['one that is larger than fits, alone', [wave('a', ['1', '2', '3', '4']), wave('b')], 1],
    ['never two about one thing', [wave('a'), wave('b', ['a']), wave('c')], 1],
    ['never those of two senders', [wave('a'), wave('b', ['b'], 'y')], 1],
  ])('%s', (_, waiting, count) => {
    expect(takeTogether(waiting, gathering)).toBe(count);
  });
});

describe('a gatherer', () => {
  const setUp = (answer: (names: string[]) => readonly string[] | Refused) => {
    const ran: string[][] = [];
    const of = gathererFor<Wave, string>(gathering)({});
    const run = async (waves: readonly Wave[]) => {
      const names = waves.map(({ name }) => name);
      ran.push(names);
      await Promise.resolve();
      return answer(names);
    };
    return { ran, add: (one: Wave) => of.add(one, run) };
  };

  it('runs the first at once and what came meanwhile together, each answered for itself and in order', async () => {
    const { ran, add } = setUp((names) => names.map((name) => `${name}!`));
    const answers = await Promise.all([wave('a'), wave('b'), wave('c'), wave('d'), wave('e')].map(add));
    expect(answers).toEqual(['a!', 'b!', 'c!', 'd!', 'e!']);
    expect(ran).toEqual([['a'], ['b', 'c', 'd'], ['e']]);
  });

  it('lets one that cannot be stored refuse no other', async () => {
    const { ran, add } = setUp((names) => (names.includes('bad') ? refused('bad_input', 'x') : names));
    const answers = await Promise.all([wave('a'), wave('bad'), wave('c')].map(add));
    expect(answers).toEqual(['a', refused('bad_input', 'x'), 'c']);
    expect(ran).toEqual([['a'], ['bad', 'c'], ['bad'], ['c']]);
  });

  it('tells all when nothing can be saved, and goes on after a fault', async () => {
    const gone = setUp((names) => (names.includes('a') ? names : refused('not_saved', 'gone')));
    expect(await Promise.all([wave('a'), wave('b'), wave('c')].map(gone.add))).toMatchObject([
      'a',
      { refused: 'not_saved' },
      { refused: 'not_saved' },
    ]);
    expect(gone.ran).toHaveLength(2);
    const broken = setUp((names) => {
      if (names.includes('b')) throw new Error('fault');
      return names;
    });
    const settled = await Promise.allSettled([wave('a'), wave('b'), wave('c')].map(broken.add));
    expect(settled.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await broken.add(wave('d'))).toBe('d');
  });
});
