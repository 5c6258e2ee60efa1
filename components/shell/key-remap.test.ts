import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  chordNow,
  judgeKey,
  keepRemap,
  knownChords,
  noRemap,
  readRemap,
  swapKeys,
  withKey,
  withoutKey,
} from './key-remap.ts';
import { findBinding } from './keyboard.ts';

const components = fileURLToPath(new URL('..', import.meta.url));
const walk = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : /(?<!\.test)\.tsx?$/.test(name) ? [path] : [];
  });

const memory = () => {
  const held = new Map<string, string>();
  return {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
  };
};

describe('the keys of the product', () => {
  it('are all known, so that none is given away twice', () => {
    const written = walk(components).flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/\bchord: '([^']+)'/g)].map((match) => match[1] as string),
    );
    expect(written.length).toBeGreaterThan(40);
    expect(written.filter((chord) => !knownChords.includes(chord))).toEqual([]);
    expect(new Set(knownChords).size).toBe(knownChords.length);
  });
});

describe('keys of one’s own', () => {
  it('fire instead of the product’s, everywhere', () => {
    const remap = withKey(noRemap, 'n', 'g');
    const bindings = [{ chord: 'n', label: '', group: '', run: () => undefined }];
    const calm = { composing: false, inField: false, dialogOpen: false };
    expect(findBinding(bindings, 'g', calm, remap)).toBe(bindings[0]);
    expect(findBinding(bindings, 'n', calm, remap)).toBeNull();
    expect(findBinding(bindings, 'g', { ...calm, composing: true }, remap)).toBeNull();
    expect(chordNow(withoutKey(remap, 'n'), 'n')).toBe('n');
  });

  it('are refused where another has them, where a browser takes them, and where every dialog means something by them', () => {
    expect(judgeKey(noRemap, 'n', 'g')).toEqual({ kind: 'good' });
    expect(judgeKey(noRemap, 'n', 'n')).toEqual({ kind: 'unchanged' });
    expect(judgeKey(noRemap, 'n', 'x')).toEqual({ kind: 'taken', by: 'x' });
    expect(judgeKey(withKey(noRemap, 'x', 'g'), 'n', 'g')).toEqual({ kind: 'taken', by: 'x' });
    expect(judgeKey(withKey(noRemap, 'x', 'g'), 'n', 'x')).toEqual({ kind: 'good' });
    for (const chord of ['escape', 'enter', 'ctrl+w', 'tab', 'f5'])
      expect(judgeKey(noRemap, 'n', chord)).toEqual({ kind: 'reserved' });
    expect(judgeKey(noRemap, 'n', 'ctrl+control')).toEqual({ kind: 'incomplete' });
  });

  it('change places without one being lost', () => {
    const swapped = swapKeys(noRemap, 'n', 'x');
    expect([chordNow(swapped, 'n'), chordNow(swapped, 'x')]).toEqual(['x', 'n']);
    expect(swapKeys(swapped, 'n', 'x')).toEqual({});
  });

  it('are kept for the account, and what makes no sense any more is not', () => {
    const storage = memory();
    keepRemap(storage, 'a', withKey(noRemap, 'n', 'g'));
    expect(readRemap(storage, 'a')).toEqual({ n: 'g' });
    expect(readRemap(storage, 'b')).toEqual({});
    for (const kept of ['{', '[1]', '{"n":"x"}', '{"escape":"g"}', '{"zz":"g"}', '{"n":3}']) {
      storage.setItem('keys/a', kept);
      expect([kept, readRemap(storage, 'a')]).toEqual([kept, {}]);
    }
    expect(readRemap(null, 'a')).toEqual({});
  });
});
