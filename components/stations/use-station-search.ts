'use client';
import { useEffect, useMemo, useState } from 'react';
import { type Searched, type Speller, searchStations } from './station-search.ts';

let loading: Promise<Speller> | null = null;

/** The table of readings is large: it comes when somebody types Latin letters. */
function loadSpeller(): Promise<Speller> {
  loading ??= import('pinyin-pro').then(({ pinyin }) => {
    const known = new Map<string, readonly string[]>();
    return (name) => {
      const held = known.get(name);
      if (held) return held;
      const parts = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true });
      const spelt = [parts.join(''), parts.map((part) => part[0] ?? '').join('')].map((one) => one.toLowerCase());
      known.set(name, spelt);
      return spelt;
    };
  });
  return loading;
}

/** Ids of what the text asks for; null: nothing was asked. */
export function useStationSearch(lines: readonly Searched[], text: string): ReadonlySet<string> | null {
  const [speller, setSpeller] = useState<Speller | null>(null);
  const wanted = /[a-z]/i.test(text);
  useEffect(() => {
    if (!wanted || speller) return;
    let open = true;
    loadSpeller().then(
      (found) => open && setSpeller(() => found),
      () => undefined, // without the table names are still found by their letters
    );
    return () => {
      open = false;
    };
  }, [wanted, speller]);
  return useMemo(() => searchStations(lines, text, speller), [lines, text, speller]);
}
