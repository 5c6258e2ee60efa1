import { expect, it } from 'vitest';
import {
  blank,
  type Filing,
  forgetFiling,
  isUntouched,
  type KeptFiling,
  keepFiling,
  keptFilings,
} from './kept-filing.ts';

function memory() {
  const held = new Map<string, string>();
  return {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  };
}
const filing: Filing = { mode: 'new', incident: 'i-1', from: blank, draft: { ...blank, text: '下穿通道积水' } };
const kept = (more: Partial<KeptFiling> = {}): KeptFiling => ({
  actor: 'a',
  tab: 't',
  open: false,
  keptAt: 1_000,
  filing,
  ...more,
});
const other: Filing = { ...filing, incident: 'i-2', draft: { ...blank, text: '另一件' } };

it('gives back what the same person put aside, until it is saved or given up', () => {
  const storage = memory();
  keepFiling(storage, kept());
  expect(keptFilings(storage, 'a', 2_000)).toEqual([kept()]);
  forgetFiling(storage, 'i-1');
  expect(keptFilings(storage, 'a', 2_000)).toEqual([]);
});

it('one draft does not push out another; the newest comes first, each is there once', () => {
  const storage = memory();
  keepFiling(storage, kept());
  keepFiling(storage, kept({ filing: other }));
  keepFiling(storage, kept({ filing: { ...filing, draft: { ...blank, text: '积水更深了' } } }));
  expect(keptFilings(storage, 'a', 2_000).map((one) => one.filing.draft.text)).toEqual(['积水更深了', '另一件']);
  forgetFiling(storage, 'i-1');
  expect(keptFilings(storage, 'a', 2_000).map((one) => one.filing.incident)).toEqual(['i-2']);
});

it('shows nobody what another person typed, and keeps it no longer; nor what is a day old', () => {
  const storage = memory();
  keepFiling(storage, kept());
  expect(keptFilings(storage, 'b', 2_000)).toEqual([]);
  expect(keptFilings(storage, 'a', 2_000)).toEqual([]);
  keepFiling(storage, kept());
  expect(keptFilings(storage, 'a', 1_000 + 24 * 3_600_000)).toEqual([]);
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
  const spoilt = ['{', '{}', '[null]', '[{"actor":"a"}]'].map((text) => ({ ...memory(), getItem: () => text }));
  for (const storage of [null, forbidden, ...spoilt]) {
    keepFiling(storage, kept());
    expect(keptFilings(storage, 'a', 2_000)).toEqual([]);
    forgetFiling(storage, 'i-1');
  }
});

it('does not keep a form in which nothing was entered; an answer to the card is something', () => {
  expect(isUntouched({ ...filing, draft: blank })).toBe(true);
  expect(isUntouched(filing)).toBe(false);
  expect(isUntouched({ ...filing, draft: { ...blank, answers: { trapped: '2' } } })).toBe(false);
});
