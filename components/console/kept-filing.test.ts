import { expect, it } from 'vitest';
import { blank, continues, type Filing, forgetFiling, isUntouched, keepFiling, keptFiling } from './kept-filing.ts';

function memory() {
  const held = new Map<string, string>();
  return {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  };
}
const filing: Filing = { mode: 'new', incident: 'i-1', from: blank, draft: { ...blank, text: '下穿通道积水' } };

it('gives back what the same person put aside, until it is saved or given up', () => {
  const storage = memory();
  keepFiling(storage, { actor: 'a', open: false, filing });
  expect(keptFiling(storage, 'a')).toEqual({ actor: 'a', open: false, filing });
  forgetFiling(storage);
  expect(keptFiling(storage, 'a')).toBeNull();
});

it('shows nobody what another person typed, and keeps it no longer', () => {
  const storage = memory();
  keepFiling(storage, { actor: 'a', open: true, filing });
  expect(keptFiling(storage, 'b')).toBeNull();
  expect(keptFiling(storage, 'a')).toBeNull();
});

it('works on where storage is missing, full, forbidden or spoilt', () => {
  const forbidden = {
    getItem: (): string => {
      throw new Error('denied');
    },
    setItem: () => {
      throw new Error('quota');
    },
    removeItem: () => {
      throw new Error('denied');
    },
  };
  for (const storage of [null, forbidden, { ...memory(), getItem: () => '{' }]) {
    keepFiling(storage, { actor: 'a', open: true, filing });
    expect(keptFiling(storage, 'a')).toBeNull();
    forgetFiling(storage);
  }
});

it('does not keep a form in which nothing was entered', () => {
  expect(isUntouched({ ...filing, draft: blank })).toBe(true);
  expect(isUntouched(filing)).toBe(false);
});

it('gives changes back only to the same incident, as long as nobody else changed it', () => {
  const edit: Filing = { mode: 'edit', incident: 'i-1', from: blank, draft: { ...blank, title: '积水' } };
  expect(continues(edit, { ...edit, draft: blank })).toBe(true);
  expect(continues(edit, { ...edit, incident: 'i-2' })).toBe(false);
  expect(continues(edit, { ...edit, from: { ...blank, text: '他人已补充' } })).toBe(false);
  expect(continues(filing, { ...filing, incident: 'i-9' })).toBe(true);
  expect(continues(filing, edit)).toBe(false);
});
