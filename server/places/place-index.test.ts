import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fold, none, type Prepared, rankOf, termsOf } from './gazetteer.ts';
import { createPlaceIndex } from './place-index.ts';

type Line = {
  code?: string;
  level?: 'street';
  name: string;
  bare?: string;
  aliases?: string[];
  pinyin: string[];
  initials: string[];
};
const lines = ['jurisdictions', 'landmarks'].flatMap((name) =>
  readFileSync(fileURLToPath(new URL(`nanjing/${name}.jsonl`, import.meta.url)), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line),
);
const made = [
  {
    name: 'Xinjiekou Square 新街口广场',
    pinyin: ['xinjiekouguangchang'],
    initials: ['xjkgc'],
    aliases: ['Deji Plaza'],
  },
  {
    name: '中山路与汉中路路口',
    pinyin: ['zhongshanluhanzhonglu'],
    initials: ['zslhzl'],
    aliases: ['中山路汉中路', 'A1'],
  },
];
const prepared = [...lines, ...made].map(({ name, ...more }: Line): Prepared => {
  const entry = {
    code: more.code ?? null,
    level: more.level ?? ('landmark' as const),
    name,
    bare: more.bare ?? name,
    aliases: more.aliases ?? [],
    pinyin: more.pinyin,
    initials: more.initials,
    choice: true,
    rough: null,
  };
  const forms = [name, entry.bare, ...entry.aliases].map(fold);
  const chain = fold(`江宁区${name}`);
  return {
    entry,
    forms,
    chain,
    all: [...forms, ...entry.pinyin, ...entry.initials, chain, entry.code ?? ''].join('\n'),
  };
});
const among = createPlaceIndex(prepared);

it('leaves out no name that a search would have ranked', () => {
  const part = fc
    .tuple(fc.constantFrom(...prepared), fc.nat(), fc.nat(12))
    .map(([{ entry, forms, chain }, from, length]) => {
      const all = [...forms, chain, ...entry.pinyin, ...entry.initials];
      const text = all[from % all.length]!;
      const at = from % Math.max(1, text.length);
      return text.slice(at, at + 1 + length);
    });
  fc.assert(
    fc.property(fc.oneof(part, fc.string({ maxLength: 4 })), (text) => {
      const terms = termsOf(text);
      if (terms.length === 0) return;
      const ranked = (names: readonly Prepared[]) => names.filter((one) => rankOf(one, terms) !== none);
      expect(ranked(among(terms.at(-1)!) ?? prepared)).toEqual(ranked(prepared));
    }),
    { numRuns: 400 },
  );
});

it('a search ranks few of them', () => {
  for (const term of ['夫子庙', 'xinjiekou', 'zslhzl']) expect(among(term)!.length).toBeLessThan(prepared.length / 10);
});
