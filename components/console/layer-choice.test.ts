import { describe, expect, it } from 'vitest';
import { createLayerChoice, firstChoice, readChoice } from './layer-choice.ts';

const memory = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
};

describe('the choice of layers', () => {
  it('is kept for each operator', () => {
    const storage = memory();
    const mine = createLayerChoice('chen', () => storage);
    expect(mine.current()).toEqual(firstChoice);
    let told = 0;
    mine.subscribe(() => {
      told++;
    });
    mine.showKind('rain', true);
    mine.showKind('rain', true);
    mine.show('units', false);
    mine.show('alerts', true);
    expect(told).toBe(4);
    expect(createLayerChoice('chen', () => storage).current()).toEqual({ hidden: ['units'], kinds: ['rain'] });
    expect(createLayerChoice('li', () => storage).current()).toEqual(firstChoice);
    mine.showKind('rain', false);
    expect(mine.current().kinds).toEqual([]);
  });

  it('holds where a browser keeps nothing, and ignores what it cannot read', () => {
    const mine = createLayerChoice('chen', () => {
      throw new Error('denied');
    });
    mine.show('units', false);
    expect(mine.current().hidden).toContain('units');
    for (const odd of [null, '', '{', '7', '{"hidden":7}']) expect(readChoice(odd)).toEqual(firstChoice);
    expect(readChoice('{"hidden":["a",3],"kinds":["rain","moon"]}')).toEqual({ hidden: ['a'], kinds: ['rain'] });
  });
});
